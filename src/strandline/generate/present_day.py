"""
Northwold: an authority of autumn 2026 under report cards, where three inspection frameworks stand side by side.

Some schools have a report card, some the four judgements of 2024-25 without an overall grade, most an older grade;
some small schools' results are suppressed. The schools are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from strandline.generate import population
from strandline.generate.plan import Authority, Inspection, Results, School, school_day

YEAR = 2025
SUPPRESSED_BELOW = 6
GROUND = population.Ground(
    first_urn=992_001, easting=560_000, northing=300_000, width=40_000,
    academies_opened=(date(2012, 9, 1), date(2019, 9, 1)),
)  # fmt: skip
KINDS = (
    (population.COMMUNITY_PRIMARY, 38),
    (population.CONTROLLED, 14),
    (population.AIDED, 10),
    (population.PRIMARY_ACADEMY, 30),
    (population.PRIMARY_FREE, 2),
    (population.INFANT, 4),
    (population.NURSERY, 3),
    (population.SECONDARY, 4),
    (population.SECONDARY_ACADEMY, 13),
    (population.SPECIAL_SCHOOL, 4),
    (population.SPECIAL_ACADEMY, 2),
)
CARD_AREAS = (
    "rc_inclusion",
    "rc_curriculum_teaching",
    "rc_achievement",
    "rc_attendance_behaviour",
    "rc_personal_development",
    "rc_leadership_governance",
)
USUAL = ("strong_standard",) * 7 + ("expected_standard",) * 11 + ("needs_attention",) * 2 + ("exceptional",)

# what befell the first report cards, area by area; every other card is drawn
MARKED_CARDS: tuple[tuple[Mapping[str, str], str, str], ...] = (
    ({"rc_achievement": "urgent_improvement"}, "Met", "RSI"),
    ({"rc_leadership_governance": "urgent_improvement", "rc_inclusion": "urgent_improvement"}, "Met", "SM"),
    ({"rc_leadership_governance": "needs_attention"}, "Not met", "RSI"),
    ({"rc_leadership_governance": "needs_attention"}, "Met", ""),
    (dict.fromkeys(CARD_AREAS, "exceptional"), "Met", ""),
    ({"rc_leadership_governance": "", "rc_achievement": "urgent_improvement"}, "Met", ""),  # an area left blank
)


def northwold(seed: int) -> Authority:
    """The authority; the same seed gives the same schools."""
    random = Random(f"northwold {seed}")
    schools = list(population.populate(random, ground=GROUND, kinds=KINDS))
    order = list(range(len(schools)))
    random.shuffle(order)
    told = {schools[index].urn: _tell(random, schools[index], turn) for turn, index in enumerate(order)}
    return Authority(
        key="northwold",
        code=992,
        name="Northwold",
        region="East of England",
        register_day=date(2026, 10, 5),
        as_at=date(2026, 10, 31),
        pack="england-2026",
        schools=tuple(told[school.urn] for school in schools),
    )


def national() -> Mapping[str, str]:
    """The national rows of the results year."""
    return {
        "TELIG": "660000",
        "PTRWM_EXP": "62%",
        "PTRWM_HIGH": "8%",
        "PTREAD_EXP": "75%",
        "PTWRITTA_EXP": "72%",
        "PTMAT_EXP": "74%",
    }


def census(authority: Authority, seed: int) -> tuple[Mapping[str, str], ...]:
    """The January census of the results year: whole counts and the percentages that they give."""
    random = Random(f"northwold census {seed}")
    return tuple(_census_row(random, authority, school) for school in authority.schools)


def _tell(random: Random, school: School, turn: int) -> School:
    graded_before = _graded(random, date(2017, 1, 9), date(2024, 7, 10))
    if turn < 3:
        return _with_results(random, school)  # new schools, not yet inspected
    if turn < 36:
        before = replace(graded_before, overall=3) if turn - 3 == 3 else graded_before
        return replace(_with_results(random, school), inspections=(before, _card(random, turn - 3)))
    if turn < 60:
        judged = _graded(random, date(2024, 9, 9), date(2025, 10, 20))
        return replace(_with_results(random, school), inspections=(graded_before, replace(judged, overall=None)))
    return replace(_with_results(random, school), inspections=(graded_before,))


def _graded(random: Random, first: date, last: date) -> Inspection:
    day = school_day(first + timedelta(days=random.randint(0, (last - first).days)))
    overall = random.choice((1, 1) + (2,) * 15 + (3, 3, 3))
    drawn = {
        name: min(4, max(1, overall + random.choice((-1, 0, 0, 0))))
        for name in ("behaviour_attitudes", "personal_development")
    }
    judgements = {"quality_of_education": overall, "leadership_management": overall, **drawn}
    known = judgements if day >= date(2019, 9, 1) else {"leadership_management": overall}
    return Inspection(on=day, overall=overall, judgements=known)


def _card(random: Random, turn: int) -> Inspection:
    day = school_day(date(2025, 12, 1) + timedelta(days=random.randint(0, 280)))
    card = {area: random.choice(USUAL) for area in CARD_AREAS}
    if turn >= len(MARKED_CARDS):
        return Inspection(on=day, card=card, safeguarding="Met")
    marked, safeguarding, concern = MARKED_CARDS[turn]
    return Inspection(on=day, card={**card, **marked}, safeguarding=safeguarding, concern=concern)


def _with_results(random: Random, school: School) -> School:
    if school.high_age != 11:
        return school
    cohort = max(3, round(school.pupils / 7))
    if cohort < SUPPRESSED_BELOW:
        figures = dict.fromkeys(("PTRWM_EXP", "PTRWM_HIGH", "PTREAD_EXP", "PTWRITTA_EXP", "PTMAT_EXP"), "SUPP")
    else:
        both = round(cohort * min(0.95, max(0.25, random.gauss(0.62, 0.12))))
        figures = {
            "PTRWM_EXP": _share(both, cohort),
            "PTRWM_HIGH": _share(round(both * 0.13), cohort),
            "PTREAD_EXP": _share(min(cohort, both + 2), cohort),
            "PTWRITTA_EXP": _share(min(cohort, both + 1), cohort),
            "PTMAT_EXP": _share(min(cohort, both + 2), cohort),
        }
    disadvantaged = round(cohort * school.fsm_percent / 100)
    fields = {"TOTPUPS": str(school.pupils), "TELIG": str(cohort), "TFSM6CLA1A": str(disadvantaged), **figures}
    fields["PTFSM6CLA1A"] = _share(disadvantaged, cohort)
    fields["PTRWM_EXP_FSM6CLA1A"] = (
        "SUPP" if disadvantaged < SUPPRESSED_BELOW else _share(round(disadvantaged * 0.5), disadvantaged)
    )
    return replace(school, results=(Results(stage="ks2", year=YEAR, fields=fields),))


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else "NA"


def _census_row(random: Random, authority: Authority, school: School) -> Mapping[str, str]:
    girls = round(school.pupils * random.uniform(0.44, 0.54))
    counts = {
        "TSENELSE": round(school.pupils * random.uniform(0.01, 0.05)),
        "TSENELK": round(school.pupils * random.uniform(0.08, 0.2)),
        "NUMEAL": round(school.pupils * random.uniform(0.01, 0.25)),
        "NUMFSMEVER": round(school.pupils * school.fsm_percent / 100),
    }
    shares = {"PSENELSE": "TSENELSE", "PSENELK": "TSENELK", "PNUMEAL": "NUMEAL", "PNUMFSMEVER": "NUMFSMEVER"}
    return {
        "URN": str(school.urn),
        "LA": str(authority.code),
        "ESTAB": str(school.number),
        "NOR": str(school.pupils),
        "NORG": str(girls),
        "NORB": str(school.pupils - girls),
        **{name: str(count) for name, count in counts.items()},
        **{name: f"{100 * counts[count] / school.pupils:.2f}%" for name, count in shares.items()},
    }
