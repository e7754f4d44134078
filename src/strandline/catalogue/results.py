"""Results by year: the latest published year on the as-at date, and the two before it."""

from __future__ import annotations

from dataclasses import replace

from strandline.catalogue.feature import Feature, Group, Kind
from strandline.kernel.units import Unit

TABLES = "DfE performance tables"
STATUSES = ("provisional", "revised", "final")
COHORT2, COHORT4 = "ks2_cohort", "ks4_cohort"


def _ks2(name: str, meaning: str, unit: Unit = Unit.PERCENT, cohort: str = COHORT2) -> Feature:
    kind = Kind.INTEGER if unit is Unit.PUPILS else Kind.NUMBER
    return Feature(
        name=name,
        kind=kind,
        group=Group.KS2,
        meaning=meaning,
        source=TABLES,
        unit=unit,
        cohort=cohort if unit is Unit.PERCENT else "",
    )


def _ks4(name: str, meaning: str, unit: Unit = Unit.PERCENT, cohort: str = COHORT4) -> Feature:
    return replace(_ks2(name, meaning, unit, cohort), group=Group.KS4)


_PROGRESS, _PUPILS, _SCALED = Unit.PROGRESS_POINTS, Unit.PUPILS, Unit.SCALED_POINTS

KS2 = (
    _ks2(COHORT2, "Pupils eligible for assessment at the end of key stage 2", _PUPILS),
    _ks2("ks2_l4_em", "Level 4 or above in both English and maths, of eligible pupils (to 2012)"),
    _ks2("ks2_l4_rwm", "Level 4 or above in reading, writing and maths, of eligible pupils (2012 to 2015)"),
    _ks2("ks2_english_2lp", "Two or more levels of progress in English, of pupils with prior attainment (to 2012)"),
    _ks2("ks2_maths_2lp", "Two or more levels of progress in maths, of pupils with prior attainment (to 2015)"),
    _ks2("ks2_reading_2lp", "Expected progress in reading, of pupils with prior attainment (2013 to 2015)"),
    _ks2("ks2_writing_2lp", "Expected progress in writing, of pupils with prior attainment (2013 to 2015)"),
    _ks2("ks2_rwm_expected", "Expected standard in reading, writing and maths, of eligible pupils (from 2016)"),
    _ks2("ks2_rwm_higher", "Higher standard in reading, writing and maths, of eligible pupils (from 2016)"),
    _ks2("ks2_reading_expected", "Expected standard in reading, of eligible pupils (from 2016)"),
    _ks2("ks2_writing_expected", "Expected standard in writing, of eligible pupils (from 2016)"),
    _ks2("ks2_maths_expected", "Expected standard in maths, of eligible pupils (from 2016)"),
    _ks2("ks2_reading_average", "Average scaled score in reading (from 2016)", _SCALED),
    _ks2("ks2_maths_average", "Average scaled score in maths (from 2016)", _SCALED),
    _ks2("ks2_reading_progress", "Progress score in reading (from 2016)", _PROGRESS),
    _ks2("ks2_reading_progress_upper", "Upper 95 % confidence limit of the reading progress score", _PROGRESS),
    _ks2("ks2_reading_progress_lower", "Lower 95 % confidence limit of the reading progress score", _PROGRESS),
    _ks2("ks2_writing_progress", "Progress score in writing (from 2016)", _PROGRESS),
    _ks2("ks2_writing_progress_upper", "Upper 95 % confidence limit of the writing progress score", _PROGRESS),
    _ks2("ks2_writing_progress_lower", "Lower 95 % confidence limit of the writing progress score", _PROGRESS),
    _ks2("ks2_maths_progress", "Progress score in maths (from 2016)", _PROGRESS),
    _ks2("ks2_maths_progress_upper", "Upper 95 % confidence limit of the maths progress score", _PROGRESS),
    _ks2("ks2_maths_progress_lower", "Lower 95 % confidence limit of the maths progress score", _PROGRESS),
    _ks2(
        "ks2_rwm_expected_disadvantaged",
        "Expected standard in reading, writing and maths, of disadvantaged pupils (from 2016)",
        cohort="ks2_cohort_disadvantaged",
    ),
    _ks2("ks2_cohort_disadvantaged", "Disadvantaged pupils at the end of key stage 2", _PUPILS),
    _ks2("ks2_disadvantaged_percent", "Disadvantaged pupils, of the key stage 2 cohort"),
)
KS4 = (
    _ks4(COHORT4, "Pupils at the end of key stage 4", _PUPILS),
    _ks4("ks4_5acem", "Five or more A*–C with English and maths, of pupils at the end of key stage 4 (to 2016)"),
    _ks4("ks4_english_progress", "Expected progress in English, of pupils with prior attainment (to 2015)"),
    _ks4("ks4_maths_progress", "Expected progress in maths, of pupils with prior attainment (to 2015)"),
    _ks4("ks4_progress8", "Progress 8 score (from 2016)", _PROGRESS),
    _ks4("ks4_progress8_upper", "Upper 95 % confidence limit of Progress 8", _PROGRESS),
    _ks4("ks4_progress8_lower", "Lower 95 % confidence limit of Progress 8", _PROGRESS),
    _ks4("ks4_progress8_coverage", "Pupils counted in Progress 8, of pupils at the end of key stage 4"),
    _ks4("ks4_attainment8", "Average Attainment 8 score per pupil", Unit.ATTAINMENT_POINTS),
    _ks4("ks4_basics_94", "Grade 4 or above in English and maths, of pupils at the end of key stage 4 (from 2017)"),
    _ks4("ks4_basics_95", "Grade 5 or above in English and maths, of pupils at the end of key stage 4 (from 2017)"),
    _ks4("ks4_ebacc_entry", "Entered for the English Baccalaureate, of pupils at the end of key stage 4"),
    _ks4("ks4_attainment8_disadvantaged", "Average Attainment 8 score per disadvantaged pupil", Unit.ATTAINMENT_POINTS),
    _ks4("ks4_cohort_disadvantaged", "Disadvantaged pupils at the end of key stage 4", _PUPILS),
)


def _years(
    stage: str, latest: Group, previous: Group, before: Group, features: tuple[Feature, ...]
) -> tuple[Feature, ...]:
    lags = ((latest, "", 0), (previous, "_previous", 1), (before, "_before_previous", 2))
    rows: list[Feature] = []
    for group, suffix, back in lags:
        ago = ("", "one year before the latest: ", "two years before the latest: ")[back]
        rows.append(
            Feature(
                name=f"{stage}_results_year{suffix}",
                kind=Kind.INTEGER,
                group=group,
                source=TABLES,
                years_back=back,
                meaning=f"{ago}calendar year in which the results year ends (2017 is 2016/17)",
                unit=Unit.YEARS,
            )
        )
        rows.append(
            Feature(
                name=f"{stage}_release_status{suffix}",
                kind=Kind.CODE,
                group=group,
                source=TABLES,
                years_back=back,
                meaning=f"{ago}whether the figures are provisional, revised or final",
                values=STATUSES,
            )
        )
        for feature in features:
            cohort = f"{feature.cohort}{suffix}" if feature.cohort else ""
            rows.append(
                replace(
                    feature,
                    name=f"{feature.name}{suffix}",
                    group=group,
                    years_back=back,
                    cohort=cohort,
                    meaning=f"{ago}{feature.meaning}",
                )
            )
    return tuple(rows)


FEATURES = (
    *_years("ks2", Group.KS2, Group.KS2_PREVIOUS, Group.KS2_BEFORE_PREVIOUS, KS2),
    *_years("ks4", Group.KS4, Group.KS4_PREVIOUS, Group.KS4_BEFORE_PREVIOUS, KS4),
)
