"""The categories of the benchmark pack in openfisca-core, with arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

YEAR = "2013"
SCHOOL = build_entity(key="school", plural="schools", label="School", is_person=True)


def below_primary(school, period):
    return (
        school("takes_ks2", period)
        * ~school("special", period)
        * (school("ks2_cohort", period) >= 11)
        * (school("ks2_l4_em", period) < 60)
        * (school("ks2_english_2lp", period) < 87)
        * (school("ks2_maths_2lp", period) < 86)
    )


def below_secondary(school, period):
    return (
        school("takes_ks4", period)
        * ~school("special", period)
        * (school("ks4_cohort", period) > 5)
        * (school("ks4_5acem", period) < 40)
        * (school("ks4_english_progress", period) < 70)
        * (school("ks4_maths_progress", period) < 70)
    )


def category_number(school, period):
    grade = school("inspection_grade", period)
    before, declining = school("inspected_before", period), school("declining", period)
    poor = (school("fsm_percent", period) > 60) & (school("ks2_reading_progress", period) < -3)
    pupils = school("pupils_on_roll", period)
    tests = [
        ~school("state_funded", period),
        (grade == 4) | school("of_concern", period),
        school("below_primary", period) | school("below_secondary", period),
        (grade == 3) & before & declining,
        (grade == 3) & before,
        (grade == 3) & (school("leadership_grade", period) <= 2),
        grade == 3,
        (school("absence_percent", period) > 8) | poor,
        (grade == 2) & (declining | (school("previous_inspection_grade", period) == 1)),
        (grade == 2) & (pupils >= 1) & (pupils <= 5000),
        grade == 1,
    ]
    return np.select(tests, range(len(tests)), default=0)


def simulation(facts: Mapping[str, np.ndarray]) -> Callable[[], np.ndarray]:
    """What builds a simulation, sets its arrays and gives the number of each school's category."""
    columns = {name: np.asarray(values) for name, values in facts.items() if name != "urn"}
    columns["inspected_before"] = columns.pop("inspection_date") < np.datetime64("2012-09-01")
    columns["declining"] = columns.pop("direction_of_travel") == "declining"
    concern = columns.pop("category_of_concern")
    columns["of_concern"] = (concern == "special_measures") | (concern == "serious_weaknesses")
    system = TaxBenefitSystem([SCHOOL])
    for name, values in columns.items():
        system.add_variable(variable(name, {"b": bool, "i": int, "f": float}[values.dtype.kind]))
    system.add_variable(variable("below_primary", bool, below_primary))
    system.add_variable(variable("below_secondary", bool, below_secondary))
    system.add_variable(variable("category_number", int, category_number))

    def run() -> np.ndarray:
        built = SimulationBuilder().build_default_simulation(system, count=len(columns["special"]))
        for name, values in columns.items():
            built.set_input(name, YEAR, values)
        return built.calculate("category_number", YEAR)

    return run


def variable(name: str, kind: type, formula: Callable[..., np.ndarray] | None = None) -> type:
    """A variable of openfisca, with its formula if it has one."""
    body = {"value_type": kind, "entity": SCHOOL, "definition_period": DateUnit.YEAR, "label": name}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))
