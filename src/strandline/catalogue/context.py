"""Who the pupils are, how often they are absent, and what the school has to spend."""

from __future__ import annotations

from strandline.catalogue.feature import Feature, Group, Kind
from strandline.kernel.units import Unit


def _census(name: str, meaning: str, unit: Unit = Unit.PERCENT) -> Feature:
    kind = Kind.INTEGER if unit in (Unit.PUPILS, Unit.YEARS) else Kind.NUMBER
    cohort = "census_pupils" if unit is Unit.PERCENT else ""
    return Feature(
        name=name, kind=kind, group=Group.CENSUS, meaning=meaning, source="School census", unit=unit, cohort=cohort
    )


def _absence(name: str, meaning: str, unit: Unit = Unit.PERCENT) -> Feature:
    kind = Kind.INTEGER if unit is Unit.YEARS else Kind.NUMBER
    return Feature(
        name=name, kind=kind, group=Group.ABSENCE, meaning=meaning, source="Pupil absence statistics", unit=unit
    )


def _finance(name: str, meaning: str, unit: Unit) -> Feature:
    kind = Kind.INTEGER if unit in (Unit.PUPILS, Unit.YEARS) else Kind.NUMBER
    return Feature(
        name=name, kind=kind, group=Group.FINANCE, meaning=meaning, source="Consistent financial reporting", unit=unit
    )


FEATURES = (
    _census("census_year", "Calendar year of the census: the January of the academic year", Unit.YEARS),
    _census("census_pupils", "Pupils on roll at the census", Unit.PUPILS),
    _census("fsm_percent", "Eligible for free school meals at the census, of pupils on roll"),
    _census("fsm6_percent", "Eligible for free school meals at any time in six years, of pupils on roll"),
    _census("eal_percent", "First language other than English, of pupils on roll"),
    _census("sen_support_percent", "Special educational needs support, of pupils on roll"),
    _census("ehcp_percent", "Statement or education, health and care plan, of pupils on roll"),
    _absence("absence_year", "Calendar year in which the academic year of the absence figures ends", Unit.YEARS),
    _absence("absence_percent", "Sessions missed, of possible sessions"),
    _absence("persistent_absence_percent", "Pupils who missed a tenth or more of sessions, of enrolments"),
    _finance("finance_year", "Calendar year in which the financial year ends", Unit.YEARS),
    _finance("finance_income_per_pupil", "Income per pupil", Unit.POUNDS_PER_PUPIL),
    _finance("finance_expenditure_per_pupil", "Expenditure per pupil", Unit.POUNDS_PER_PUPIL),
    _finance("finance_reserve", "Revenue reserve at the year's end", Unit.POUNDS),
    _finance("finance_in_year_balance", "In-year balance", Unit.POUNDS),
)
