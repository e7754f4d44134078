"""
The contracts of trims: official tables from which a third party kept some columns and renamed them.

Every column is named after the publisher's field that stands in it. That was settled by comparing the trims with the
originals of Hampshire, school by school, and not by the trimmers' headings, two of which mislead: "Writing Score",
"Writing Meet Std" and "Writing Exceed Std" hold grammar, punctuation and spelling; "Eng Maths Grade 5" and "EBacc
Grade 5" of 2016, a year without grade 5, hold A* to C. Suppressed figures were blanked by the trimmer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl

from strandline.sources import contract as c
from strandline.sources.results.layouts import academic
from strandline.sources.results.measures import KS2_PROGRESS_TRIM, KS2_TRIM, KS4_TRIM
from strandline.sources.results.performance_tables import KS2, KS4
from strandline.sources.tokens import PERFORMANCE_TABLES

TRIMMED = "Department for Education; trimmed by a third party"
BLANKED = "the trimmer blanked suppressed figures: a blank may be suppressed, not applicable or not published"


def figure(field: str, heading: str, kind: c.Kind = c.NUMBER, *, required: bool = True) -> c.Column:
    """A column with the trimmer's heading that holds the publisher's `field`."""
    return c.Column(field, field.casefold(), aliases=(heading,), kind=kind, required=required)


def _published(book_year: int, *, stage: int) -> date:
    found = (KS2 if stage == 2 else KS4).publication(year=book_year, status="final")
    if found is None:
        raise LookupError(f"No publication date is stated for key stage {stage} in {book_year}")
    return found.on


_YEAR = c.Column("Academic Year", "academic_year", kind=c.CODE, filled=True)
_BY_YEAR = c.Period(known=("2015-2016", "2016-2017"), column="academic_year", reads=lambda text: academic(int(text)))
_EMPTY = ("Reading Progress Band", "Reading Progress Desc", "Writing Progress Band", "Writing Progress Desc",
          "Maths Progress Band", "Maths Progress Desc")  # fmt: skip

KS2_TRIM_CONTRACT = c.register(
    c.Contract(
        kind=KS2_TRIM,
        name="Key stage 2 trim 2016 and 2017",
        title="Key stage 2 results, all England, 25 columns",
        publisher=TRIMMED,
        shape=c.INDICATORS,
        period=_BY_YEAR,
        published=c.Published(dates={academic(year): _published(year, stage=2) for year in (2016, 2017)}),
        statuses=("final",),
        tokens=PERFORMANCE_TABLES,
        key=("urn",),
        containers=("csv",),
        columns=(
            c.Column("URN", kind=c.INTEGER, identity=True, filled=True),
            figure("TELIG", "KS2 Pupils", c.INTEGER),
            figure("BELIG", "KS2 Boys", c.INTEGER),
            figure("GELIG", "KS2 Girls", c.INTEGER),
            figure("READPROG", "Reading Progress"),
            figure("READ_AVERAGE", "Reading Score"),
            figure("PTREAD_EXP", "Reading Meet Std", c.PERCENT),
            figure("PTREAD_HIGH", "Reading Exceed Std", c.PERCENT),
            figure("WRITPROG", "Writing Progress"),
            figure("GPS_AVERAGE", "Writing Score"),
            figure("PTGPS_EXP", "Writing Meet Std", c.PERCENT),
            figure("PTGPS_HIGH", "Writing Exceed Std", c.PERCENT),
            figure("MATPROG", "Maths Progress"),
            figure("MAT_AVERAGE", "Maths Score"),
            figure("PTMAT_EXP", "Maths Meet Std", c.PERCENT),
            figure("PTMAT_HIGH", "Maths Exceed Std", c.PERCENT),
            figure("PTRWM_EXP", "Overall Meet Std", c.PERCENT),
            figure("PTRWM_HIGH", "Overall Exceed Std", c.PERCENT),
            *(c.Column(name, kind=c.TEXT) for name in _EMPTY),
            _YEAR,
        ),
        expects=c.Expects(
            final_newline=True,
            rows={"2015-2016": 16_162, "2016-2017": 16_313},
            why="one edition of each year, with so many rows",
        ),
        notes=(
            BLANKED,
            "the columns headed Writing Score, Meet Std and Exceed Std hold grammar, punctuation and spelling",
        ),
    )
)


def _of_year(year: str) -> Callable[[pl.DataFrame], bool]:
    return lambda frame: frame.height > 0 and set(frame["academic_year"].drop_nulls().unique()) == {year}


_KS4_COLUMNS = (
    c.Column("URN", kind=c.INTEGER, identity=True, filled=True),
    figure("TPUP", "KS4 Pupils", c.INTEGER),
    figure("BPUP", "KS4 Boys", c.INTEGER),
    figure("GPUP", "KS4 Girls", c.INTEGER),
    figure("P8MEA", "Progress 8"),
    figure("P8MEA_BOYS", "Progress 8 Boys"),
    figure("P8MEA_GIRLS", "Progress 8 Girls"),
    figure("ATT8SCR", "Attainment 8"),
    figure("ATT8SCR_BOYS", "Attainment 8 Boys"),
    figure("ATT8SCR_GIRLS", "Attainment 8 Girls"),
    figure("PTEBACC_E_PTQ_EE", "Entering EBacc", c.PERCENT),
    *(
        c.Column(name)
        for name in ("EBacc Avg Score", "EBacc Avg Boys", "EBacc Avg Girls", "Progress 8 Band", "P8 Desc")
    ),
    _YEAR,
)
KS4_TRIM_2017 = c.register(
    c.Contract(
        kind=KS4_TRIM,
        name="Key stage 4 trim 2017",
        title="Key stage 4 results, all England, 19 columns",
        publisher=TRIMMED,
        shape=c.INDICATORS,
        period=replace(_BY_YEAR, known=("2016-2017",)),
        published=c.Published(dates={"2016-2017": _published(2017, stage=4)}),
        statuses=("final",),
        tokens=PERFORMANCE_TABLES,
        key=("urn",),
        containers=("csv",),
        columns=(
            *_KS4_COLUMNS,
            figure("PTL2BASICS_95", "Eng Maths Grade 5", c.PERCENT),
            figure("PTEBACC_95", "EBacc Grade 5", c.PERCENT),
        ),
        recognises=_of_year("2017"),
        expects=c.Expects(
            final_newline=True,
            rows={"2015-2016": 5_335, "2016-2017": 5_399},
            why="one edition of each year, with so many rows",
        ),
        notes=(BLANKED,),
    )
)
KS4_TRIM_2016 = c.register(
    replace(
        KS4_TRIM_2017,
        name="Key stage 4 trim 2016",
        period=replace(_BY_YEAR, known=("2015-2016",)),
        published=c.Published(dates={"2015-2016": _published(2016, stage=4)}),
        columns=(
            *_KS4_COLUMNS,
            figure("PTL2BASICS_LL_PTQ_EE", "Eng Maths Grade 5", c.PERCENT),
            figure("PTEBACC_PTQ_EE", "EBacc Grade 5", c.PERCENT),
        ),
        recognises=_of_year("2016"),
        notes=(BLANKED, 'the columns headed "Grade 5" hold A* to C: 2016 had no grade 5'),
    )
)

KS2_PROGRESS_2019 = c.register(
    c.Contract(
        kind=KS2_PROGRESS_TRIM,
        name="Key stage 2 progress trim 2019",
        title="Key stage 2 progress scores, all England, 16 columns",
        publisher=TRIMMED,
        shape=c.INDICATORS,
        period=c.Period(known=("2018-2019",)),
        published=c.Published(dates={"2018-2019": _published(2019, stage=2)}),
        statuses=("final",),
        tokens=PERFORMANCE_TABLES,
        key=("urn",),
        containers=("csv",),
        columns=(
            c.Column("RECTYPE", kind=c.CODE, identity=True, filled=True),
            c.Column("URN", kind=c.INTEGER, identity=True),
            c.Column("SCHNAME", "school_name"),
            c.Column("PCODE", "postcode"),
            c.Column("PCODE2", "postcode_district"),
            c.Column("TOWN"),
            *(
                c.Column(f"{stem}{ending}", kind=c.NUMBER)
                for stem in ("READPROG", "WRITPROG", "MATPROG")
                for ending in ("", "_DESCR")
            ),
            c.Column("OFSTEDRATING", "ofsted_rating"),
            c.Column("INSPECTIONDT", "inspected_on_text"),
            c.Column("WEB", "website"),
            c.Column("SCHTYPE", "school_type"),
        ),
        special=(
            c.SpecialRows("authority", "rectype", "3"),
            c.SpecialRows("national", "rectype", "4"),
            c.SpecialRows("national_state_funded", "rectype", "5"),
        ),
        expects=c.Expects(
            final_newline=True,
            closing=("national", "national_state_funded"),
            closing_count=2,
            why="the two national rows stand last",
        ),
        notes=("the trimmer joined an inspection grade and date of his own time: not used",),
    )
)
