"""Schools of every kind on a map: sizes, ages, characters and places, before anything happens to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from strandline.generate.names import places, trusts
from strandline.generate.plan import School

MAINTAINED = "Local authority maintained schools"
ACADEMIES = "Academies"
FREE = "Free Schools"
SPECIAL = "Special schools"
FIRST_TRUST = 90_001


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of school: its wording in the register, ages and usual size."""

    establishment_type: str
    type_group: str
    phase: str
    sector: str
    low_age: int
    high_age: int
    pupils: tuple[int, int]
    ending: str
    numbers: int  # establishment numbers begin here, as they do by type in the register


COMMUNITY_PRIMARY = Kind(
    establishment_type="Community school", type_group=MAINTAINED, phase="Primary", sector="Primary",
    low_age=4, high_age=11, pupils=(90, 420), ending="Primary School", numbers=2000,
)  # fmt: skip
JUNIOR = replace(COMMUNITY_PRIMARY, low_age=7, ending="Junior School", numbers=2400)
INFANT = replace(COMMUNITY_PRIMARY, high_age=7, pupils=(90, 270), ending="Infant School", numbers=2500)
CONTROLLED = replace(
    COMMUNITY_PRIMARY, establishment_type="Voluntary controlled school", ending="C of E Primary School", numbers=3000
)
AIDED = replace(
    COMMUNITY_PRIMARY, establishment_type="Voluntary aided school", ending="Catholic Primary School", numbers=3300
)
NURSERY = replace(
    COMMUNITY_PRIMARY, establishment_type="Local authority nursery school", phase="Nursery", sector="Nursery",
    low_age=2, high_age=5, pupils=(40, 110), ending="Nursery School", numbers=1000,
)  # fmt: skip
PRIMARY_ACADEMY = replace(
    COMMUNITY_PRIMARY,
    establishment_type="Academy sponsor led",
    type_group=ACADEMIES,
    ending="Primary Academy",
    numbers=2700,
)
PRIMARY_FREE = replace(
    PRIMARY_ACADEMY, establishment_type="Free schools", type_group=FREE, ending="Free School", numbers=2900
)
SECONDARY = Kind(
    establishment_type="Community school", type_group=MAINTAINED, phase="Secondary", sector="Secondary",
    low_age=11, high_age=16, pupils=(500, 1400), ending="School", numbers=4000,
)  # fmt: skip
SECONDARY_ACADEMY = replace(
    SECONDARY,
    establishment_type="Academy sponsor led",
    type_group=ACADEMIES,
    high_age=18,
    ending="Academy",
    numbers=4600,
)
SPECIAL_SCHOOL = Kind(
    establishment_type="Community special school", type_group=SPECIAL, phase="Not applicable", sector="Special",
    low_age=4, high_age=16, pupils=(60, 160), ending="Special School", numbers=7000,
)  # fmt: skip
SPECIAL_ACADEMY = replace(
    SPECIAL_SCHOOL,
    establishment_type="Academy special sponsor led",
    type_group=ACADEMIES,
    ending="Special Academy",
    numbers=7400,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where an authority lies and how its numbers begin."""

    first_urn: int
    easting: int
    northing: int
    width: int
    academies_opened: tuple[date, date]


def populate(random: Random, *, ground: Ground, kinds: tuple[tuple[Kind, int], ...]) -> tuple[School, ...]:
    """One school for each count of each kind, in the order of `kinds`, with no inspections and no results."""
    count = sum(number for _, number in kinds)
    named = iter(places(random, count))
    trust_names = trusts(random, 6)
    schools: list[School] = []
    for kind, number in kinds:
        for n in range(number):
            schools.append(
                _school(random, kind, n, urn=ground.first_urn + len(schools), place=next(named), ground=ground)
            )
    return tuple(_in_trust(random, school, trust_names) for school in schools)


def _school(random: Random, kind: Kind, n: int, *, urn: int, place: str, ground: Ground) -> School:
    low, high = kind.pupils
    church = {"C of E Primary School": "Church of England", "Catholic Primary School": "Roman Catholic"}.get(
        kind.ending
    )
    first, last = ground.academies_opened
    opened = date.fromordinal(random.randint(first.toordinal(), last.toordinal())).replace(day=1)
    return School(
        urn=urn,
        number=kind.numbers + n,
        name=f"{place} {kind.ending}",
        establishment_type=kind.establishment_type,
        type_group=kind.type_group,
        phase=kind.phase,
        sector=kind.sector,
        low_age=kind.low_age,
        high_age=kind.high_age,
        pupils=random.randint(low, high),
        easting=ground.easting + random.randint(0, ground.width),
        northing=ground.northing + random.randint(0, ground.width),
        fsm_percent=round(min(60.0, max(1.0, random.gauss(18, 11))), 1),
        religious_character=church or "Does not apply",
        diocese=f"Diocese of {place[:4]}minster" if church else "Not applicable",
        opened_on=opened if kind.type_group in (ACADEMIES, FREE) else None,
    )


def _in_trust(random: Random, school: School, names: tuple[str, ...]) -> School:
    if school.type_group not in (ACADEMIES, FREE):
        return school
    chosen = random.randrange(len(names))
    return replace(school, trust=(FIRST_TRUST + chosen, names[chosen]))
