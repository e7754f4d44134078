"""The contracts of the Local Authority Interactive Tool: measures of authorities by period, and their dictionary."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from strandline.kernel.missing import MissingReason
from strandline.sources import contract as c
from strandline.sources.areas.authorities import EDITION, edition
from strandline.sources.tokens import TokenSet

TOOL = TokenSet(name="local authority interactive tool", reasons={"-": MissingReason.NOT_AVAILABLE})
NOT_STATED = TokenSet(name="dictionary of the tool", reasons={"NA": MissingReason.NOT_APPLICABLE})


def ends_in(period: pl.Expr) -> pl.Expr:
    """The calendar year in which a printed period ends: 2019/20 and 2020 (Rev) are 2020, 2014-16 is 2016."""
    bare = period.str.replace(r"\s*\(.*\)$", "")
    first, last = bare.str.extract(r"^(\d{4})"), bare.str.extract(r"(\d{2,4})$")
    whole = pl.when(last.str.len_chars() == 4).then(last).otherwise(first.str.slice(0, 2) + last)
    return whole.cast(pl.Int64, strict=False)


def _with_year(table: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    return {"table": table.with_columns(ends_in(pl.col("period")).alias("ends_in")).sort("measure", "la_code")}


LAIT = c.register(
    c.Contract(
        kind="lait",
        name="Local Authority Interactive Tool",
        title="Local Authority Interactive Tool: measures by authority and period",
        publisher="Department for Education",
        period=c.Period(),
        published=edition(2026, 4, 1),
        key=("measure", "period", "la_code"),
        tokens=TOOL,
        containers=("parquet", "csv"),
        columns=(
            c.Column("Short Desc", "measure", filled=True),
            c.Column("Data item", "data_item"),
            c.Column("Years", "period", filled=True),
            c.Column("LA and Regions", "area_name", filled=True),
            c.Column("Values", "value", kind=c.NUMBER),
            c.Column("LA Number", "la_code", kind=c.INTEGER, filled=True),
            c.Column("Region", "region", filled=True),
        ),
        shapes=_with_year,
        expects=c.Expects(why="a Parquet file that is cut cannot be read"),
        notes=(
            EDITION,
            "a dash is read as not available: the tool does not say whether it is suppressed",
            "codes from 970 are regions and the nation, not authorities",
        ),
    )
)

LAIT_DICTIONARY = c.register(
    c.Contract(
        kind="lait_dictionary",
        name="Dictionary of the Local Authority Interactive Tool",
        title="Local Authority Interactive Tool: what each measure means",
        publisher="Department for Education",
        period=c.Period(),
        published=edition(2026, 4, 1),
        tokens=NOT_STATED,
        containers=("csv",),
        columns=(
            c.Column("Measure_code", "measure_code", kind=c.CODE),
            c.Column("Topic", "topic"),
            c.Column("Measure", "title"),
            c.Column("Chart_title", "chart_title"),
            c.Column("Measure_short", "measure", filled=True),
            c.Column("Polarity", "polarity", kind=c.CODE),
            c.Column("y_axis_name", "unit_words"),
            c.Column("state_funded_flag", "coverage", kind=c.CODE),
            c.Column("Table_status", "source_table"),
            c.Column("Description", "description"),
            c.Column("Last Update", "updated_text"),
            c.Column("Next Update", "next_update_text"),
            c.Column("Data Owner (DO) /Supplier and Contact Details", "owner"),
            c.Column("Methodology", "methodology"),
            c.Column("Hyperlink(s)", "links"),
            c.Column("dps", "decimal_places", kind=c.CODE),
            c.Column("Year_Type", "year_type", kind=c.CODE),
            c.Column("No_Quartile", "no_quartile", kind=c.CODE),
        ),
        expects=c.Expects(final_newline=True, national_rows=440, why="one row for each of some 450 measures"),
        notes=(EDITION, "the dates of updates are serial numbers of a spreadsheet: kept as printed"),
    )
)
