"""
Ardenshire: 236 schools of spring 2013 with the numbers of schools and inspection grades of the county's paper.

Primary 192 (24 outstanding, 117 good, 41 satisfactory or requiring improvement, 4 inadequate, 6 new academies not yet
inspected), secondary 35 of which 23 academies, special 9 of which 1 academy. The schools are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from strandline.generate import population
from strandline.generate.plan import Authority, Inspection, School, school_day

AS_AT = date(2013, 4, 30)
RI_FROM = date(2012, 9, 10)
GROUND = population.Ground(
    first_urn=991_001, easting=415_000, northing=240_000, width=52_000,
    academies_opened=(date(2004, 9, 1), date(2006, 9, 1)),
)  # fmt: skip
NEW_ACADEMIES = 6

# code → (grade, previous grade, inspected under "requires improvement", leadership)
STORIES: dict[str, tuple[int, int, bool, int]] = {
    "1": (1, 2, False, 1),
    "2A": (2, 3, False, 2),
    "2B": (2, 1, False, 2),
    "3A": (3, 2, False, 3),
    "3B": (3, 4, False, 2),
    "3C": (3, 3, True, 3),
    "3D": (3, 3, True, 2),
    "4": (4, 3, True, 4),
}
PRIMARY = {"1": 24, "2A": 74, "2B": 43, "3A": 13, "3B": 9, "3C": 12, "3D": 7, "4": 4}
SECONDARY_ACADEMIES = {"1": 9, "2A": 4, "2B": 2, "3A": 3, "3B": 1, "3C": 3, "3D": 1}
SECONDARY_MAINTAINED = {"1": 3, "2A": 3, "2B": 1, "3A": 1, "3B": 1, "3C": 1, "3D": 1, "4": 1}
SPECIAL = {"1": 1, "2A": 4, "2B": 2, "3C": 1, "3D": 1}
COUNTS = {
    code: sum(part.get(code, 0) for part in (PRIMARY, SECONDARY_ACADEMIES, SECONDARY_MAINTAINED, SPECIAL))
    for code in STORIES
}


def ardenshire(seed: int) -> Authority:
    """The authority; the same seed gives the same schools. Six closed predecessors stand in its register too."""
    random = Random(f"ardenshire {seed}")
    primaries = _populate(
        random, 0, (population.COMMUNITY_PRIMARY, 120), (population.CONTROLLED, 42), (population.AIDED, 20)
    )
    primary_academies = _populate(random, 200, (population.PRIMARY_ACADEMY, 9), (population.PRIMARY_FREE, 1))
    academies = _populate(random, 300, (population.SECONDARY_ACADEMY, 23))
    maintained = _populate(random, 350, (population.SECONDARY, 12))
    specials = _populate(random, 400, (population.SPECIAL_SCHOOL, 8), (population.SPECIAL_ACADEMY, 1))
    uninspected, predecessors = _new_academies(random, primary_academies[:NEW_ACADEMIES])
    told = (
        *_tell(random, (*primaries, *primary_academies[NEW_ACADEMIES:]), PRIMARY),
        *uninspected,
        *predecessors,
        *_tell(random, academies, SECONDARY_ACADEMIES),
        *_tell(random, maintained, SECONDARY_MAINTAINED),
        *_tell(random, specials, SPECIAL),
    )
    return Authority(
        key="ardenshire",
        code=991,
        name="Ardenshire",
        region="West Midlands",
        register_day=date(2013, 3, 20),
        as_at=AS_AT,
        pack="warwickshire-2013",
        schools=tuple(sorted(told, key=lambda school: school.urn)),
    )


def _populate(random: Random, offset: int, *kinds: tuple[population.Kind, int]) -> tuple[School, ...]:
    ground = replace(GROUND, first_urn=GROUND.first_urn + offset)
    return population.populate(random, ground=ground, kinds=kinds)


def _new_academies(random: Random, schools: tuple[School, ...]) -> tuple[tuple[School, ...], tuple[School, ...]]:
    opened = [date(2012, 9, 1) + timedelta(days=30 * random.randint(0, 5)) for _ in schools]
    opened = [day.replace(day=1) for day in opened]
    new = tuple(
        replace(school, establishment_type="Academy converter", opened_on=day, predecessor=school.urn + 500)
        for school, day in zip(schools, opened, strict=True)
    )
    old = tuple(
        replace(
            school,
            urn=school.urn + 500,
            number=2800 + n,
            name=school.name.replace("Academy", "School"),
            establishment_type="Community school",
            type_group=population.MAINTAINED,
            trust=None,
            opened_on=None,
            closed_on=day - timedelta(days=1),
            inspections=_inspections(random, "2A"),
        )
        for n, (school, day) in enumerate(zip(schools, opened, strict=True))
    )
    return new, old


def _tell(random: Random, schools: tuple[School, ...], counts: dict[str, int]) -> tuple[School, ...]:
    codes = [code for code, count in counts.items() for _ in range(count)]
    random.shuffle(codes)
    return tuple(
        replace(school, inspections=_inspections(random, code)) for school, code in zip(schools, codes, strict=True)
    )


def _inspections(random: Random, code: str) -> tuple[Inspection, ...]:
    grade, before, requires_improvement, leadership = STORIES[code]
    first = school_day(date(2007, 1, 8) + timedelta(days=random.randint(0, 700)))
    if requires_improvement:
        latest = school_day(RI_FROM + timedelta(days=random.randint(0, 180)))
    else:
        latest = school_day(date(2010, 1, 11) + timedelta(days=random.randint(0, 880)))
    concern = random.choice(("SM", "SWK")) if grade == 4 else ""
    return (
        Inspection(
            on=first, overall=before, judgements={"leadership_management": before}, concern="NTI" if before == 4 else ""
        ),
        Inspection(on=latest, overall=grade, judgements={"leadership_management": leadership}, concern=concern),
    )
