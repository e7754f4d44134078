"""From the National Grid to degrees."""

from __future__ import annotations

import pytest

from strandline.web.schools.grid import longitude_latitude


def test_the_ordnance_surveys_worked_example_is_met_within_the_transformations_five_metres() -> None:
    """Caister water tower, TG 51409 13177: OSGB36 52°39′27.2531″N 1°43′4.5177″E; WGS84 about 52.657977, 1.716038."""
    longitude, latitude = longitude_latitude(easting=651_409.903, northing=313_177.270)
    assert latitude == pytest.approx(52.657977, abs=5e-5)
    assert longitude == pytest.approx(1.716038, abs=8e-5)


@pytest.mark.parametrize(
    ("easting", "northing", "longitude", "latitude"),
    [
        (530_034, 180_381, -0.1276, 51.5074),  # Charing Cross
        (406_689, 286_822, -1.9026, 52.4796),  # Birmingham
        (398_500, 653_000, -2.025, 55.77),  # Berwick-upon-Tweed
    ],
)
def test_known_places_lie_where_they_are(easting: int, northing: int, longitude: float, latitude: float) -> None:
    assert longitude_latitude(easting=easting, northing=northing) == pytest.approx((longitude, latitude), abs=0.02)
