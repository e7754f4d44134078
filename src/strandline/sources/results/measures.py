"""
Which publisher's field holds a catalogue feature, by release kind and results year.

Every release stores its indicators under the publisher's own field names (third-party trims too: under the name the
publisher gave the figure), so one dated map serves originals and trims alike. A measure says: in a release of `kind`
whose results year lies in `first_year … last_year`, the feature *of the year `lag` years before* stands in `field`.
Lag 0 is the release's own year. The columns with an earlier year behind the name (`_16`, `_PREV`) carry the others
and may be the only source of a year whose own file is not in the warehouse; they are found in the layouts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from strandline.kernel.citations import Verification
from strandline.sources.results.layouts import Book, Layout
from strandline.sources.results.performance_tables import KS2 as KS2_BOOK
from strandline.sources.results.performance_tables import KS4 as KS4_BOOK

V, S, U = Verification.VERIFIED, Verification.SECONDARY, Verification.UNVERIFIED
EVER = 9999

KS2, KS4 = "ks2_results", "ks4_results"
KS2_TRIM, KS4_TRIM, KS2_PROGRESS_TRIM = "ks2_results_trim", "ks4_results_trim", "ks2_progress_trim"
KS2_EXTRACT, KS4_EXTRACT, FINANCE_EXTRACT = "ks2_results_extract", "ks4_results_extract", "finance_extract"
CENSUS, ABSENCE, CFR = "school_census", "school_absence", "school_finance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """
    One field that holds one feature over a run of results years.

    `feature` is the catalogue name without `_previous`. `per`, where given, is the field of the denominator: the
    publisher prints two counts and no percentage. `status`: V the field stands in a file or a dictionary of the
    publisher; S a third party's reader of those files names it; U assumed.
    """

    feature: str
    kind: str
    field: str
    first_year: int
    last_year: int = EVER
    lag: int = 0
    per: str = ""
    status: Verification = V
    note: str = ""

    def covers(self, release_year: int) -> bool:
        """True for a release of that results year (2017 is 2016/17)."""
        return self.first_year <= release_year <= self.last_year


Row = tuple[str, int, int, Verification]
SUBJECTS = (("reading", "READPROG"), ("writing", "WRITPROG"), ("maths", "MATPROG"))

KS2_FIELDS: Mapping[str, tuple[Row, ...]] = {
    "ks2_cohort": (("TELIG", 2007, 2010, U), ("TELIG", 2011, 2016, S), ("TELIG", 2017, EVER, V)),
    "ks2_l4_em": (("PTENGMATX", 2007, 2010, U), ("PTENGMATX", 2011, 2012, S)),
    "ks2_l4_rwm": (("PTREADWRITMATX", 2011, 2011, S), ("PTREADWRITTAMATX", 2012, 2015, S)),
    "ks2_english_2lp": (("PT2ENG12", 2009, 2010, U), ("PT2ENG12", 2011, 2012, S)),
    "ks2_maths_2lp": (("PT2MATH", 2009, 2010, U), ("PT2MATH", 2011, 2015, S)),
    "ks2_reading_2lp": (("PT2READ", 2013, 2015, S),),
    "ks2_writing_2lp": (("PT2WRITTA", 2013, 2015, S),),
    "ks2_cohort_disadvantaged": (
        ("TFSMCLA", 2011, 2014, S), ("TFSM6CLA1A", 2015, 2016, S), ("TFSM6CLA1A", 2017, EVER, V),
    ),
    "ks2_disadvantaged_percent": (
        ("PTFSMCLA", 2011, 2014, S), ("PTFSM6CLA1A", 2015, 2016, S), ("PTFSM6CLA1A", 2017, EVER, V),
    ),
    **{
        feature: ((field, 2016, 2016, S), (field, 2017, EVER, V))
        for feature, field in (
            ("ks2_rwm_expected", "PTRWM_EXP"),
            ("ks2_rwm_higher", "PTRWM_HIGH"),
            ("ks2_reading_expected", "PTREAD_EXP"),
            ("ks2_writing_expected", "PTWRITTA_EXP"),
            ("ks2_maths_expected", "PTMAT_EXP"),
            ("ks2_reading_average", "READ_AVERAGE"),
            ("ks2_maths_average", "MAT_AVERAGE"),
            ("ks2_rwm_expected_disadvantaged", "PTRWM_EXP_FSM6CLA1A"),
            *((f"ks2_{subject}_progress", stem) for subject, stem in SUBJECTS),
            *((f"ks2_{subject}_progress_lower", f"{stem}_LOWER") for subject, stem in SUBJECTS),
            *((f"ks2_{subject}_progress_upper", f"{stem}_UPPER") for subject, stem in SUBJECTS),
        )
    },
}  # fmt: skip
KS4_FIELDS: Mapping[str, tuple[Row, ...]] = {
    "ks4_cohort": (("TPUP", 2009, 2010, U), ("TPUP", 2011, 2016, S), ("TPUP", 2017, EVER, V)),
    "ks4_5acem": (
        ("PTAC5EM", 2009, 2010, U), ("PTAC5EM", 2011, 2013, S),
        ("PTAC5EM_PTQ", 2014, 2014, S), ("PTAC5EM_PTQ_EE", 2015, 2016, S),
    ),
    "ks4_english_progress": (
        ("PT24ENGPRG", 2010, 2010, U), ("PT24ENGPRG", 2011, 2013, S),
        ("PT24ENGPRG_PTQ", 2014, 2014, S), ("PT24ENGPRG_PTQ_EE", 2015, 2015, U),
    ),
    "ks4_maths_progress": (
        ("PT24MATHPRG", 2010, 2010, U), ("PT24MATHPRG", 2011, 2013, S),
        ("PT24MATHPRG_PTQ", 2014, 2014, S), ("PT24MATHPRG_PTQ_EE", 2015, 2015, U),
    ),
    "ks4_progress8": (("P8MEA", 2016, 2016, S), ("P8MEA", 2017, EVER, V)),
    "ks4_progress8_lower": (("P8CILOW", 2016, 2016, S), ("P8CILOW", 2017, EVER, V)),
    "ks4_progress8_upper": (("P8CIUPP", 2016, 2016, S), ("P8CIUPP", 2017, EVER, V)),
    "ks4_progress8_coverage": (("P8MEACOV", 2016, 2016, S), ("P8MEACOV", 2017, EVER, V)),
    "ks4_attainment8": (("ATT8SCR", 2015, 2016, S), ("ATT8SCR", 2017, EVER, V)),
    "ks4_attainment8_disadvantaged": (("ATT8SCR_FSM6CLA1A", 2016, 2016, S), ("ATT8SCR_FSM6CLA1A", 2017, EVER, V)),
    "ks4_basics_94": (("PTL2BASICS_94", 2017, EVER, V),),
    "ks4_basics_95": (("PTL2BASICS_95", 2017, EVER, V),),
    "ks4_ebacc_entry": (("PTEBACC_E_PTQ_EE", 2015, 2016, S), ("PTEBACC_E_PTQ_EE", 2017, EVER, V)),
    "ks4_cohort_disadvantaged": (
        ("TFSMCLA", 2011, 2014, S), ("TFSM6CLA1A", 2015, 2016, S), ("TFSM6CLA1A", 2017, EVER, V),
    ),
}  # fmt: skip

# Fields of earlier years whose name is not that of the year itself with an ending: field, release year, lag.
KS4_RENAMED: Mapping[str, tuple[tuple[str, int, int], ...]] = {
    "ks4_5acem": (
        ("AC5EM16_PTQ_EE", 2017, 1), ("AC5EM15_PTQ_EE", 2017, 2), ("AC5EM14_PTQ", 2017, 3), ("AC5EM16_PTQ_EE", 2018, 2),
    ),
    "ks4_ebacc_entry": (
        ("PTEBACC_E_16_PTQ_EE", 2017, 1), ("PTEBACC_E_15_PTQ_EE", 2017, 2), ("PTEBACC_E_16_PTQ_EE", 2018, 2),
        ("PTEBACC_E_17_PTQ_EE", 2018, 1), ("PTEBACC_E_17_PTQ_EE", 2019, 2), ("PTEBACC_E_18_PTQ_EE", 2019, 1),
        ("PTEBACC_E_21_PTQ_EE", 2023, 2), ("PTEBACC_E_22_PTQ_EE", 2023, 1),
    ),
    "ks4_basics_94": (("PTL2BASICS_94_17_PTQ_EE", 2018, 1),),
    "ks4_basics_95": (("PTL2BASICS_95_17_PTQ_EE", 2018, 1),),
}  # fmt: skip
FURTHEST_LAG = 3


def _own_year(kind: str, fields: Mapping[str, tuple[Row, ...]]) -> Iterable[Measure]:
    for feature, rows in fields.items():
        for field, first, last, status in rows:
            yield Measure(feature=feature, kind=kind, field=field, first_year=first, last_year=last, status=status)


def _earlier_years(kind: str, book: Book, fields: Mapping[str, tuple[Row, ...]]) -> Iterable[Measure]:
    """The columns that repeat a figure of an earlier year, found by their ending in each layout."""
    for layout in book.layouts.values():
        for year in () if layout.partial else layout.years:
            for lag in range(1, FURTHEST_LAG + 1):
                for feature, rows in fields.items():
                    yield from _repeated(kind, layout, feature, rows, year=year, lag=lag)


def _repeated(
    kind: str, layout: Layout, feature: str, rows: tuple[Row, ...], *, year: int, lag: int
) -> Iterable[Measure]:
    fields = dict.fromkeys(field for field, first, last, _ in rows if first <= year - lag <= last)
    for field in fields:
        for ending in (f"_{(year - lag) % 100:02d}", {1: "_PREV", 2: "_PREV2"}.get(lag, "_PREV3")):
            if layout.has(field + ending):
                yield Measure(
                    feature=feature, kind=kind, field=f"{field}{ending}", first_year=year, last_year=year, lag=lag
                )  # fmt: skip


def _renamed(kind: str, renamed: Mapping[str, tuple[tuple[str, int, int], ...]]) -> Iterable[Measure]:
    for feature, rows in renamed.items():
        for field, year, lag in rows:
            yield Measure(feature=feature, kind=kind, field=field, first_year=year, last_year=year, lag=lag)


def _context(kind: str, *rows: tuple[str, str, int, int], status: Verification = V) -> Iterable[Measure]:
    for feature, field, first, last in rows:
        yield Measure(feature=feature, kind=kind, field=field, first_year=first, last_year=last, status=status)


CONTEXT: tuple[Measure, ...] = (
    *_context(
        CENSUS,
        ("census_pupils", "NOR", 2011, EVER),
        ("fsm_percent", "PNUMFSM", 2011, 2018),
        ("fsm6_percent", "PNUMFSMEVER", 2011, EVER),
        ("eal_percent", "PNUMEAL", 2011, EVER),
        ("sen_support_percent", "PSENELK", 2015, EVER),
        ("ehcp_percent", "PSENELSE", 2015, EVER),
    ),
    Measure(
        feature="fsm_percent", kind=CENSUS, field="NUMFSM", per="NOR", first_year=2019,
        note="from 2018/19 the file prints the eligible pupils and no percentage; worked out per pupil on roll",
    ),
    *_context(
        ABSENCE,
        ("absence_percent", "PERCTOT", 2011, EVER),
        ("persistent_absence_percent", "PPERSABS10", 2016, EVER),
    ),
    *_context(
        CFR,
        ("finance_income_per_pupil", "TOTALINCOME", 2017, EVER),
        ("finance_expenditure_per_pupil", "TOTALEXPENDITURE", 2017, EVER),
    ),
    *_context(
        FINANCE_EXTRACT,
        ("finance_reserve", "REVENUE_RESERVE", 2017, EVER),
        ("finance_in_year_balance", "IN_YEAR_BALANCE", 2017, EVER),
        status=S,
    ),
)  # fmt: skip


def _same_fields(kind: str, features: Iterable[str], of: Mapping[str, tuple[Row, ...]]) -> Iterable[Measure]:
    """A third party's file holds the publisher's own fields: their measures, on a third party's word."""
    for measure in _own_year(kind, {feature: of[feature] for feature in features}):
        yield Measure(
            feature=measure.feature, kind=kind, field=measure.field, first_year=measure.first_year,
            last_year=measure.last_year, status=max(measure.status, S, key=[V, S, U].index),
        )  # fmt: skip


_PROGRESS = tuple(f"ks2_{subject}_progress" for subject, _ in SUBJECTS)
THIRD_PARTIES: tuple[Measure, ...] = (
    *_same_fields(
        KS2_TRIM,
        (
            "ks2_cohort", "ks2_rwm_expected", "ks2_rwm_higher", "ks2_reading_expected", "ks2_maths_expected",
            "ks2_reading_average", "ks2_maths_average", *_PROGRESS,
        ),
        KS2_FIELDS,
    ),
    *_same_fields(KS2_PROGRESS_TRIM, _PROGRESS, KS2_FIELDS),
    *_same_fields(KS2_EXTRACT, ("ks2_rwm_expected", "ks2_rwm_higher", *_PROGRESS), KS2_FIELDS),
    *_same_fields(
        KS4_TRIM, ("ks4_cohort", "ks4_progress8", "ks4_attainment8", "ks4_basics_95", "ks4_ebacc_entry"), KS4_FIELDS
    ),
    *_same_fields(
        KS4_EXTRACT,
        ("ks4_progress8", "ks4_attainment8", "ks4_basics_94", "ks4_basics_95", "ks4_ebacc_entry"),
        KS4_FIELDS,
    ),
)  # fmt: skip

MEASURES: tuple[Measure, ...] = (
    *_own_year(KS2, KS2_FIELDS),
    *_earlier_years(KS2, KS2_BOOK, KS2_FIELDS),
    *_own_year(KS4, KS4_FIELDS),
    *_earlier_years(KS4, KS4_BOOK, KS4_FIELDS),
    *_renamed(KS4, KS4_RENAMED),
    *THIRD_PARTIES,
    *CONTEXT,
)


def measures(*, kind: str, release_year: int, lag: int = 0) -> tuple[Measure, ...]:
    """The measures that a release of `kind` and results year holds for the year `lag` years before it."""
    return tuple(m for m in MEASURES if (m.kind, m.lag) == (kind, lag) and m.covers(release_year))
