"""
Two third-party files of inspections: a history of grades, and the latest inspection of each school.

Neither is the publisher's own file; each is a kind of its own, and neither gives publication dates. The history
holds a few contradictions as it was scraped (the word "Satisfactory" after it had been abolished, an inspection
twice): every row is kept as printed, and the word stays in `overall_token`.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from strandline.sources.contract import CODE, DATE, Column, Contract, Expects, Period, Published, register
from strandline.sources.inspections import columns as read
from strandline.sources.inspections.events import AREAS, CONCERNS, INSPECTIONS
from strandline.sources.tokens import OFSTED

WORDS = {"Outstanding": 1, "Good": 2, "Satisfactory": 3, "Requires Improvement": 3, "Inadequate": 4}
DERIVED_WORDS = {"Outstanding": 1, "Good": 2, "Requires improvement": 3, "Inadequate": 4}
CARD_WORDS = {
    "exceptional": "exceptional",
    "strong": "strong_standard",
    "expected": "expected_standard",
    "needs-attention": "needs_attention",
    "urgent": "urgent_improvement",
}
SUB_JUDGEMENTS = {
    "sub_education": "quality_of_education",
    "sub_behaviour": "behaviour_attitudes",
    "sub_personal": "personal_development",
    "sub_leadership": "leadership_management",
    "sub_eyfs": "early_years",
    "sub_sixthForm": "sixth_form",
}
CARD_AREAS = {
    "rc_inclusion": "rc_inclusion",
    "rc_curriculum": "rc_curriculum_teaching",
    "rc_achievement": "rc_achievement",
    "rc_behaviour": "rc_attendance_behaviour",
    "rc_personal": "rc_personal_development",
    "rc_earlyYears": "rc_early_years",
    "rc_postSixteen": "rc_post_16",
    "rc_leadership": "rc_leadership_governance",
}


def _history(checked: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    return {
        "inspections": _in_order(
            checked,
            inspected_urn=pl.col("urn"),
            event=pl.lit("graded"),
            which=pl.lit("history"),
            overall_token=pl.col("overall"),
            overall_grade=pl.col("overall").replace_strict(WORDS, return_dtype=pl.Int64),
        )
    }


def _latest(checked: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    grades = {
        name: pl.col(name).replace_strict(DERIVED_WORDS, default=None, return_dtype=pl.Int64)
        for name in SUB_JUDGEMENTS.values()
    }
    areas = {name: pl.col(name).replace_strict(CARD_WORDS, default=None, return_dtype=pl.String) for name in AREAS}
    concern = pl.col("concern").replace_strict(CONCERNS, default=None, return_dtype=pl.String)
    is_card = pl.col("framework") == "report_card"
    inspections = _in_order(
        checked,
        inspected_urn=pl.col("urn"),
        event=pl.col("framework"),
        which=pl.lit("latest"),
        overall_token=pl.col("overall"),
        overall_grade=pl.col("overall").replace_strict(DERIVED_WORDS, default=None, return_dtype=pl.Int64),
        category_of_concern=pl.when(is_card).then(concern.fill_null("none")).otherwise(concern),
        rc_safeguarding=pl.col("rc_safeguarding").str.replace(" ", "_"),
        **grades,
        **areas,
    )
    return {"schools": checked.select("urn", "school_name").sort("urn"), "inspections": inspections}


def _in_order(checked: pl.DataFrame, **fields: pl.Expr) -> pl.DataFrame:
    held = {name: pl.col(name) for name in checked.columns} | fields
    return checked.select(
        held.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in INSPECTIONS.items()
    ).sort("urn", "inspected_on", maintain_order=True)


HISTORY = register(
    Contract(
        kind="inspection_history",
        name="Inspection history, URN and grade",
        title="Graded judgements since September 2005, scraped from reports",
        publisher="Third party, from Ofsted's reports",
        columns=(
            read.urn("URN", "urn", filled=True),
            Column("Rating", "overall", kind=CODE, filled=True, values=tuple(WORDS)),
            Column("Inspection Date", "inspected_on", kind=DATE, filled=True, formats=("%Y%m%d",)),
        ),
        period=Period(snapshot=True, latest=("inspected_on",), from_latest=True),
        published=Published(days_after=0),
        shapes=_history,
        expects=Expects(
            final_newline=True,
            last_row={"urn": "147331"},
            rows={"2020-02-26": 60_134},
            why="one edition, scraped once: 60,134 rows that follow one another by URN",
        ),
        notes=("No publication dates, no sub-judgements and no category of concern.",),
    )
)

LATEST = register(
    Contract(
        kind="inspections_latest_derived",
        name="Latest inspection of each school, with report cards",
        title="Latest graded inspection or report card of each school",
        publisher="Third party, from Ofsted's management information",
        columns=(
            read.urn("urn", "urn", filled=True),
            Column("name", "school_name", filled=True),
            Column("date", "inspected_on", kind=DATE, filled=True, formats=("%Y-%m-%d",)),
            Column("overall", "overall", kind=CODE, values=tuple(DERIVED_WORDS)),
            Column("framework", "framework", kind=CODE, filled=True, values=("graded", "report_card")),
            *(
                Column(name, stored_as, kind=CODE, values=tuple(DERIVED_WORDS))
                for name, stored_as in SUB_JUDGEMENTS.items()
            ),
            *(Column(name, stored_as, kind=CODE, values=tuple(CARD_WORDS)) for name, stored_as in CARD_AREAS.items()),
            Column("rc_safeguarding", "rc_safeguarding", kind=CODE, values=("met", "not met")),
            Column("rc_concern", "concern", kind=CODE, values=("SM", "RSI")),
        ),
        period=Period(snapshot=True, latest=("inspected_on",), from_latest=True),
        published=Published(days_after=10),
        key=("urn",),
        tokens=OFSTED,
        shapes=_latest,
        expects=Expects(
            final_newline=True,
            national_rows=20_000,
            why="one row for each school inspected since 2009, sorted by URN",
        ),
        notes=("Grades of inspections from September 2024 on have no overall effectiveness.",),
    )
)
