"""
The performance tables' own list of schools, with the predecessor or successor where a school changed in the year.

`ICLOSE` is 1 open, 2 closed, 3 proposed to close, at the time the file was made; `OTHERURN` is the school that this
one became or was, 999999 where there is more than one.

Source: DfE, school performance tables 2017-2018, `england_spine.xlsx`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from strandline.sources.contract import CODE, DATE, INTEGER, Column, Contract, Expects, Period, Published, register
from strandline.sources.tokens import REGISTER

DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
STATUSES = {"1": "Open", "2": "Closed", "3": "Open, but proposed to close"}
SEVERAL = 999_999
FIRST_CHANGES = (date(2017, 9, 1), date(2018, 8, 31))

SCHOOLS = {
    "minorgroup": "establishment_type_group",
    "nftype": "establishment_type",
    "agel": "statutory_low_age",
    "ageh": "statutory_high_age",
    "reldenom": "religious_character",
    "admpol": "admissions_policy",
}


def _whole(name: str, stored_as: str, *, lowest: int = 0, highest: int | None = None, filled: bool = False) -> Column:
    return Column(name, stored_as, kind=INTEGER, lowest=lowest, highest=highest, filled=filled)


def _one_or_none(name: str) -> Column:
    return Column(name, name.casefold(), kind=CODE, values=("0", "1"), filled=True)


def _tables(checked: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    schools = checked.rename(SCHOOLS).with_columns(
        pl.col("iclose").replace_strict(STATUSES, return_dtype=pl.String).alias("status"),
        *(pl.col(name) == "1" for name in ("isnew", "isprimary", "issecondary", "ispost16", "rebrokered")),
        pl.when(pl.col("other_urn") != SEVERAL).then(pl.col("other_urn")).alias("other_urn"),
    )
    return {"schools": schools.drop("iclose", "telephone").sort("urn")}


def _is_of_2017_2018(text: pl.DataFrame) -> bool:
    """The columns are the same from year to year; the first openings that the file reports tell the year."""
    opened = text["opened_on"].drop_nulls().str.slice(0, 10)
    first = opened.min()
    return first is None or FIRST_CHANGES[0].isoformat() <= str(first) <= FIRST_CHANGES[1].isoformat()


SPINE = register(
    Contract(
        kind="school_spine",
        name="Performance tables spine 2017-18",
        title="School performance tables 2017-2018: list of schools",
        publisher="Department for Education",
        columns=(
            _whole("URN", "urn", lowest=10_000, highest=9_999_999, filled=True),
            _whole("LA", "la_code", lowest=200, highest=999, filled=True),
            _whole("ESTAB", "establishment_number", highest=9_999),
            _whole("LAESTAB", "laestab", lowest=1_000_000, highest=9_999_999),
            Column("SCHNAME", "school_name", filled=True),
            Column("OTHERSCHNAME", "other_school_name"),
            Column("STREET"),
            Column("LOCALITY"),
            Column("ADDRESS3"),
            Column("TOWN"),
            Column("POSTCODE"),
            Column("TELNUM", "telephone"),
            Column("ICLOSE", kind=CODE, values=tuple(STATUSES), filled=True),
            Column("OPENDATE", "opened_on", kind=DATE, formats=DAYS),
            Column("CLOSEDATE", "closed_on", kind=DATE, formats=DAYS),
            _one_or_none("ISNEW"),
            Column("MINORGROUP", filled=True),
            Column("NFTYPE", filled=True),
            Column("OTHERNFTYPE", "other_establishment_type"),
            _one_or_none("ISPRIMARY"),
            _one_or_none("ISSECONDARY"),
            _one_or_none("ISPOST16"),
            _whole("AGEL", "agel", highest=99),
            _whole("AGEH", "ageh", highest=99),
            Column("GENDER"),
            Column("SIXFGENDER", "sixth_form_gender"),
            Column("RELDENOM"),
            Column("ADMPOL"),
            _whole("OTHERURN", "other_urn", lowest=10_000, highest=9_999_999),
            Column("NEWACFLAG", "new_academy_flag"),
            Column("RE-BROKERED", "rebrokered", kind=CODE, values=("0", "1"), filled=True),
        ),
        period=Period(known=("2017-2018",)),
        published=Published(dates={"2017-2018": date(2019, 11, 7)}),
        key=("urn",),
        la_column="la_code",
        tokens=REGISTER,
        recognises=_is_of_2017_2018,
        shapes=_tables,
        expects=Expects(national_rows=24_000, why="a workbook that is cut does not open"),
        notes=("Made again after the tables: openings and closures run to 7 November 2019.",),
    )
)
