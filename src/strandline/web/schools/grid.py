"""
From the National Grid to longitude and latitude.

Source: Ordnance Survey, A guide to coordinate systems in Great Britain: annexe C (from eastings and northings to
latitude and longitude), annexe B (to and from Cartesian coordinates), section 6.6 (the seven-parameter Helmert
transformation between OSGB36 and WGS84). The guide gives its accuracy as about five metres; it is used for a map.
"""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan
from typing import Final

AIRY: Final = (6_377_563.396, 6_356_256.909)
WGS84: Final = (6_378_137.0, 6_356_752.3142)
SCALE: Final = 0.9996012717
ORIGIN_LATITUDE: Final = radians(49)
ORIGIN_LONGITUDE: Final = radians(-2)
ORIGIN_NORTHING: Final = -100_000.0
ORIGIN_EASTING: Final = 400_000.0
SHIFT_METRES: Final = (446.448, -125.157, 542.060)
SHIFT_PARTS: Final = -20.4894e-6
TURNS: Final = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))


def longitude_latitude(*, easting: float, northing: float) -> tuple[float, float]:
    """
    The WGS84 longitude and latitude of a point of the National Grid.

    Units: metres → degrees, to six decimals (about ten centimetres, finer than the transformation is good for).
    """
    latitude, longitude = _from_grid(easting, northing)
    x, y, z = _moved(*_cartesian(latitude, longitude, AIRY))
    latitude, longitude = _geodetic(x, y, z, WGS84)
    return round(degrees(longitude), 6), round(degrees(latitude), 6)


def _meridional_arc(latitude: float) -> float:
    a, b = AIRY
    n = (a - b) / (a + b)
    less, more = latitude - ORIGIN_LATITUDE, latitude + ORIGIN_LATITUDE
    return (
        b
        * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _from_grid(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude on the Airy ellipsoid (annexe C2)."""
    a, b = AIRY
    e2 = 1 - (b / a) ** 2
    latitude = (northing - ORIGIN_NORTHING) / (a * SCALE) + ORIGIN_LATITUDE
    while abs(rest := northing - ORIGIN_NORTHING - _meridional_arc(latitude)) >= 1e-5:
        latitude += rest / (a * SCALE)
    nu = a * SCALE / sqrt(1 - e2 * sin(latitude) ** 2)
    rho = a * SCALE * (1 - e2) / (1 - e2 * sin(latitude) ** 2) ** 1.5
    eta2 = nu / rho - 1
    t, s = tan(latitude), 1 / cos(latitude)
    seven = t / (2 * rho * nu)
    eight = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    nine = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    ten = s / nu
    eleven = s / (6 * nu**3) * (nu / rho + 2 * t**2)
    twelve = s / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    twelve_a = s / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    d = easting - ORIGIN_EASTING
    return (
        latitude - seven * d**2 + eight * d**4 - nine * d**6,
        ORIGIN_LONGITUDE + ten * d - eleven * d**3 + twelve * d**5 - twelve_a * d**7,
    )


def _cartesian(latitude: float, longitude: float, ellipsoid: tuple[float, float]) -> tuple[float, float, float]:
    a, b = ellipsoid
    e2 = 1 - (b / a) ** 2
    nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
    return nu * cos(latitude) * cos(longitude), nu * cos(latitude) * sin(longitude), (1 - e2) * nu * sin(latitude)


def _moved(x: float, y: float, z: float) -> tuple[float, float, float]:
    """From the Airy to the WGS84 axes: turned, scaled and shifted a little (section 6.6)."""
    (dx, dy, dz), (rx, ry, rz), scale = SHIFT_METRES, TURNS, 1 + SHIFT_PARTS
    return dx + scale * x - rz * y + ry * z, dy + rz * x + scale * y - rx * z, dz - ry * x + rx * y + scale * z


def _geodetic(x: float, y: float, z: float, ellipsoid: tuple[float, float]) -> tuple[float, float]:
    a, b = ellipsoid
    e2 = 1 - (b / a) ** 2
    p = hypot(x, y)
    latitude, before = atan2(z, p * (1 - e2)), 0.0
    while abs(latitude - before) > 1e-12:
        before = latitude
        nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
        latitude = atan2(z + e2 * nu * sin(latitude), p)
    return latitude, atan2(y, x)
