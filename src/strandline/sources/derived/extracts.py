"""
The contracts of extracts: JSON objects keyed by URN that a third party made from official files.

The publisher's field is inferred from the key; no original of those years was at hand to compare. What was suppressed
became null and is read as blank. `perPupil` of the finance extract is kept but answers to no feature: nothing says
whether it is income or expenditure. The date of the finance extract is assumed (U).
"""

from __future__ import annotations

from datetime import date

from strandline.kernel.dates import AcademicYear
from strandline.sources import contract as c
from strandline.sources.derived.trims import figure
from strandline.sources.results.layouts import academic
from strandline.sources.results.measures import FINANCE_EXTRACT, KS2_EXTRACT, KS4_EXTRACT
from strandline.sources.results.performance_tables import KS2, KS4

EXTRACTED = "Department for Education; extracted by a third party"
NULLED = "suppressed figures became null: a blank may be suppressed, not applicable or not published"
FIRST_YEAR = 2023


def _period(text: str) -> str:
    return academic(AcademicYear.parse(text).ends_in)


def _extract(kind: str, title: str, *columns: c.Column, published: c.Published) -> c.Contract:
    return c.register(
        c.Contract(
            kind=kind,
            name=title,
            title=title,
            publisher=EXTRACTED,
            shape=c.INDICATORS,
            period=c.Period(column="academic_year", reads=_period),
            published=published,
            key=("urn",),
            containers=("json",),
            columns=(
                c.Column("_key", "urn", kind=c.INTEGER, identity=True, filled=True),
                c.Column("year", "academic_year", kind=c.CODE, filled=True),
                *columns,
            ),
            expects=c.Expects(why="an object that is cut is not JSON"),
            notes=(NULLED,),
        )
    )


def _published(book_dates: dict[int, date]) -> c.Published:
    return c.Published(dates={academic(year): on for year, on in book_dates.items()})


KS2_EXTRACT_CONTRACT = _extract(
    KS2_EXTRACT,
    "Key stage 2 extract by URN",
    figure("PTRWM_EXP", "rwmExp", c.PERCENT),
    figure("PTRWM_HIGH", "rwmHigh", c.PERCENT),
    figure("READPROG", "readProg"),
    figure("WRITPROG", "writProg"),
    figure("MATPROG", "matProg"),
    published=_published({p.year: p.on for p in KS2.published if p.year >= FIRST_YEAR}),
)
KS4_EXTRACT_CONTRACT = _extract(
    KS4_EXTRACT,
    "Key stage 4 extract by URN",
    figure("P8MEA", "p8"),
    figure("ATT8SCR", "att8"),
    figure("PTL2BASICS_95", "em5", c.PERCENT),
    figure("PTL2BASICS_94", "em4", c.PERCENT),
    figure("PTEBACC_E_PTQ_EE", "ebaccEntry", c.PERCENT),
    figure("PTEBACC_94", "ebacc94", c.PERCENT),
    figure("P8MEA_FSM6CLA1A", "disP8"),
    published=_published({p.year: p.on for p in KS4.published if p.year >= FIRST_YEAR and p.status == "revised"}),
)
FINANCE_EXTRACT_CONTRACT = _extract(
    FINANCE_EXTRACT,
    "Finance extract by URN",
    figure("AMOUNT_PER_PUPIL", "perPupil"),
    figure("REVENUE_RESERVE", "reserve"),
    figure("IN_YEAR_BALANCE", "inYear"),
    published=_published({2025: date(2026, 1, 31)}),
)
