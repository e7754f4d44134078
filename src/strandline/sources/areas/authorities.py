"""The contracts of authority codes, regions, boundaries and statistical neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from strandline.kernel.missing import MissingReason
from strandline.sources import contract as c
from strandline.sources.tokens import TokenSet

DFE = "Department for Education"
NEIGHBOURS = 10
EDITION = "dated as the edition at hand when the contract was written; state --published for another"
NO_REGION = TokenSet(name="authority lists", reasons={"NA": MissingReason.NOT_APPLICABLE})


def edition(year: int, month: int, day: int) -> c.Published:
    """The publication date of a list that does not say when it is from: that of the edition known, unless stated."""
    return c.Published(dates={"": date(year, month, day)})


AUTHORITY_REGIONS = c.register(
    c.Contract(
        kind="authority_regions",
        name="Authorities and regions of the performance tables",
        title="Local authority and region codes",
        publisher=DFE,
        period=c.Period(known=("2018-2019", "2022-2023")),
        published=c.Published(dates={"2018-2019": date(2019, 12, 13), "2022-2023": date(2023, 12, 14)}),
        key=("la_code",),
        containers=("csv",),
        columns=(
            c.Column("LEA", "la_code", kind=c.INTEGER, filled=True),
            c.Column("LA Name", "la_name", filled=True),
            c.Column("REGION", "region_code", kind=c.INTEGER, filled=True),
            c.Column("REGION NAME", "region_name", filled=True),
        ),
        expects=c.Expects(
            final_newline=True,
            rows={"2018-2019": 151, "2022-2023": 153},
            last_row={"la_code": "865"},
            why="every authority of the year",
        ),
        la_column="la_code",
        notes=("regions are those of the tables, which divide some: North East A, South West B",),
    )
)

AUTHORITY_CODES = c.register(
    c.Contract(
        kind="authority_codes",
        name="Authority code list",
        title="Local authority codes, regions and types, former authorities included",
        publisher=DFE,
        period=c.Period(),
        published=edition(2023, 4, 1),
        key=("la_code",),
        tokens=NO_REGION,
        containers=("xlsx",),
        columns=(
            c.Column("LA Number", "la_code", kind=c.INTEGER, filled=True),
            c.Column("LA Name", "la_name", filled=True),
            c.Column("Region", "region", kind=c.CODE),
            c.Column("Type", "la_type", kind=c.CODE),
        ),
        expects=c.Expects(why="a workbook that is cut cannot be opened"),
        notes=(EDITION, "NA in region and type: the row is a region or the nation (970 to 1000), not an authority"),
    )
)


def _neighbours(table: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """One row per authority and neighbour, in order of nearness; `former` marks those below the heading."""
    former = (pl.col("row_kind") == "heading").cum_max().alias("former")
    authorities = table.with_columns(former).filter(pl.col("row_kind") != "heading")
    places = [
        authorities.select(
            "la_code",
            "la_name",
            "former",
            pl.lit(place, pl.Int64).alias("place"),
            pl.col(f"neighbour_{place}").alias("neighbour_la_code"),
            pl.col(f"closeness_{place}").str.to_lowercase().alias("closeness"),
        )
        for place in range(1, NEIGHBOURS + 1)
    ]
    long = pl.concat(places).filter(pl.col("neighbour_la_code").is_not_null())
    return {"table": long.sort("la_code", "place")}


def _neighbour_columns() -> tuple[c.Column, ...]:
    columns = []
    for place in range(1, NEIGHBOURS + 1):
        closeness = "SNP" if place == 1 else f"SNP ({place})"
        columns.append(c.Column(f"SN{place}", f"neighbour_{place}", kind=c.INTEGER))
        columns.append(c.Column(closeness, f"closeness_{place}"))
    return tuple(columns)


STATISTICAL_NEIGHBOURS = c.register(
    c.Contract(
        kind="statistical_neighbours",
        name="Statistical neighbours",
        title="Children's services statistical neighbours",
        publisher=DFE,
        period=c.Period(),
        published=edition(2025, 5, 1),
        key=("la_code",),
        containers=("xlsx",),
        columns=(
            c.Column("LA num", "la_code", kind=c.INTEGER, filled=True),
            c.Column("LA Name", "la_name", filled=True),
            c.Column("LA number", "la_code_again", kind=c.INTEGER),
            c.Column("GOInd", "region_code", kind=c.INTEGER),
            c.Column("GOReg", "region"),
            *_neighbour_columns(),
        ),
        special=(c.SpecialRows("heading", "la_name", "Old SNs:"),),
        shapes=_neighbours,
        expects=c.Expects(why="a workbook that is cut cannot be opened"),
        notes=(EDITION, "closeness is printed in two cases (Very close, Very Close): read in small letters"),
    )
)

BOUNDARIES = c.register(
    c.Contract(
        kind="authority_boundaries",
        name="Authority boundaries",
        title="Counties and unitary authorities, generalised boundaries",
        publisher="Office for National Statistics",
        licence=f"{c.OPEN_GOVERNMENT_LICENCE}; contains OS data, Crown copyright and database right",
        period=c.Period(),
        published=edition(2023, 5, 1),
        key=("gss_code",),
        containers=("geojson",),
        columns=(
            c.Column("code", "gss_code", filled=True),
            c.Column("name", "la_name", filled=True),
            c.Column("geometry", "geometry_geojson", filled=True),
        ),
        expects=c.Expects(why="a collection that is cut is not JSON"),
        notes=(EDITION, "coordinates are longitude and latitude (WGS 84)"),
    )
)
