"""
One row per inspection, from files that print several inspections beside each school.

Shape:   a checked table with columns `<block>__<field>` → `inspections`, one row per block that holds an inspection
         date, in the columns INSPECTIONS; and `schools`, the columns that belong to no block.
Missing: a judgement that was not made is null; the `missing` table of the release says why, under the stored name
         of the column (`latest__quality_of_education`). `overall_token` keeps what was printed as overall
         effectiveness, "Not judged" included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
import polars.selectors as cs

from strandline.sources.registers.dates import known

AREAS = (
    "rc_inclusion",
    "rc_curriculum_teaching",
    "rc_achievement",
    "rc_attendance_behaviour",
    "rc_personal_development",
    "rc_leadership_governance",
    "rc_early_years",
    "rc_post_16",
)
JUDGEMENTS = (
    "quality_of_education",
    "behaviour_attitudes",
    "personal_development",
    "leadership_management",
    "early_years",
    "sixth_form",
)
EARLIER_JUDGEMENTS = (
    "achievement",
    "behaviour_safety",
    "quality_of_teaching",
    "outcomes",
    "personal_development_behaviour_welfare",
)
INSPECTIONS: Mapping[str, type[pl.DataType]] = {
    "urn": pl.Int64,
    "inspected_urn": pl.Int64,
    "inspection_number": pl.String,
    "event": pl.String,
    "which": pl.String,
    "inspected_on": pl.Date,
    "published_on": pl.Date,
    "overall_grade": pl.Int64,
    "overall_token": pl.String,
    "category_of_concern": pl.String,
    **dict.fromkeys(JUDGEMENTS, pl.Int64),
    **dict.fromkeys(EARLIER_JUDGEMENTS, pl.Int64),
    "safeguarding_effective": pl.Boolean,
    **dict.fromkeys(AREAS, pl.String),
    "rc_safeguarding": pl.String,
    "ungraded_outcome": pl.String,
    "inspection_type": pl.String,
}
NULL = "NULL"  # what a text cell holds, from 2025, where there is nothing
GRADES = frozenset({"overall_grade", *JUDGEMENTS, *EARLIER_JUDGEMENTS})
CONCERNS = {
    "NTI": "notice_to_improve",
    "SWK": "serious_weaknesses",
    "SM": "special_measures",
    "RSI": "requires_significant_improvement",
}


@dataclass(frozen=True, slots=True)
class Block:
    """
    One inspection beside each school: the prefix of its columns, what it is, and its place in time.

    `states_concern`: the file prints a category of concern where there is one, so that none printed means none.
    """

    prefix: str
    event: str
    which: str
    states_concern: bool = True


def tables_of(checked: pl.DataFrame, *, blocks: Iterable[Block]) -> dict[str, pl.DataFrame]:
    """The two tables of a file of management information: `schools` and `inspections`."""
    plain = checked.with_columns(cs.string().replace(NULL, None))
    own = [name for name in plain.columns if "__" not in name]
    return {"schools": schools_of(plain.select(own)), "inspections": events_of(plain, blocks=blocks)}


def schools_of(schools: pl.DataFrame) -> pl.DataFrame:
    """The columns that describe the school, with the authority's code taken from its LAESTAB; sorted by URN."""
    dates = [known("opened_on")] if "opened_on" in schools.columns else []
    return schools.with_columns((pl.col("laestab") // 10_000).alias("la_code"), *dates).sort("urn")


def events_of(checked: pl.DataFrame, *, blocks: Iterable[Block]) -> pl.DataFrame:
    """Every inspection in the file, sorted by URN and date."""
    found = [_events_of_block(checked, block=block) for block in blocks]
    return pl.concat(found).sort("urn", "inspected_on", "event", "which", maintain_order=True)


def _events_of_block(checked: pl.DataFrame, *, block: Block) -> pl.DataFrame:
    mark = f"{block.prefix}__"
    held = {name.removeprefix(mark): pl.col(name) for name in checked.columns if name.startswith(mark)}
    happened = held["inspected_on"].is_not_null()
    if "converted_to_graded" in held:  # it became the graded inspection, which has a block of its own
        happened &= held["converted_to_graded"].fill_null(value=False).not_()
    fields = _fields(held, block=block)
    return checked.filter(happened).select(
        fields.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in INSPECTIONS.items()
    )


def _fields(held: Mapping[str, pl.Expr], *, block: Block) -> dict[str, pl.Expr]:
    """Each field of an inspection as an expression over the block's columns; what the block lacks is left out."""
    urn = pl.col("urn")
    fields = {
        **held,
        "urn": urn,
        "inspected_urn": pl.coalesce(held["inspected_urn"], urn) if "inspected_urn" in held else urn,
        "event": pl.lit(block.event),
        "which": pl.lit(block.which),
    }
    for name in held:
        if name in GRADES:
            point = held[name].cast(pl.Int64, strict=False)
            fields[name] = pl.when(point.is_between(1, 4)).then(point)
        elif name in AREAS or name == "rc_safeguarding":
            fields[name] = held[name].str.to_lowercase().str.replace_all(r"[ -]", "_")
    if "overall_grade" in held:
        fields["overall_token"] = held["overall_grade"]
    if "category_of_concern" in held:
        stated = held["category_of_concern"].replace_strict(CONCERNS, default=None, return_dtype=pl.String)
        fields["category_of_concern"] = stated.fill_null("none") if block.states_concern else stated
    return fields
