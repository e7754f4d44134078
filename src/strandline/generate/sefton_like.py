"""
Sandmouth: eighty primary and nursery schools of spring 2010 that fall into strands of 3, 9, 15, 32 and 21.

The counts, the composition (71 primary, 2 junior, 3 infant, 4 nursery) and the floor of 55 % are those of the World
Class Primary Programme plan of March 2010. The schools are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random

from strandline.generate import population
from strandline.generate.plan import Authority, Inspection, Results, School, school_day

YEARS = (2007, 2008, 2009)
FLOOR = 55
SWING = 15
COUNTS = {"below_floor": 3, "maximising": 9, "inconsistent": 15, "good_to_great": 32, "great": 21}
BY_JUDGEMENT = ("great", "great", "great", "great", "good_to_great", "good_to_great", "good_to_great")
GRADES = {"below_floor": (3, 2, 3), "maximising": (3, 3, 3, 3, 3, 2, 2, 2, 2), "great": (1,)}
GROUND = population.Ground(
    first_urn=990_001, easting=328_000, northing=400_000, width=14_000,
    academies_opened=(date(2010, 1, 1), date(2010, 1, 1)),
)  # fmt: skip
KINDS = (
    (population.COMMUNITY_PRIMARY, 40),
    (population.CONTROLLED, 11),
    (population.AIDED, 20),
    (population.JUNIOR, 2),
    (population.INFANT, 3),
    (population.NURSERY, 4),
)


def sandmouth(seed: int) -> Authority:
    """The authority; the same seed gives the same schools."""
    random = Random(f"sandmouth {seed}")
    schools = population.populate(random, ground=GROUND, kinds=KINDS)
    with_results = [school for school in schools if school.high_age == 11]
    without = [school for school in schools if school.high_age < 11]
    strands = _strands_with_results()
    random.shuffle(strands)
    turns = dict.fromkeys(COUNTS, 0)
    told = []
    for school, strand in zip(with_results, strands, strict=True):
        told.append(_tell(random, school, strand, turn=turns[strand]))
        turns[strand] += 1
    told += [
        replace(school, inspections=_inspected(random, 1 if strand == "great" else 2))
        for school, strand in zip(without, BY_JUDGEMENT, strict=True)
    ]
    return Authority(
        key="sandmouth",
        code=990,
        name="Sandmouth",
        region="North West",
        register_day=date(2010, 2, 1),
        as_at=date(2010, 3, 31),
        pack="sefton-2010",
        schools=tuple(sorted(told, key=lambda school: school.urn)),
    )


def judgements(authority: Authority, seed: int) -> tuple[Mapping[str, str], ...]:
    """What the improvement partners supply: strands of schools without results, and every school's risk."""
    random = Random(f"sandmouth risk {seed}")
    rows: list[dict[str, str]] = []
    without = [school for school in authority.schools if school.high_age < 11]
    for school, strand in zip(without, BY_JUDGEMENT, strict=True):
        rows.append(_row(school, "sip_strand", strand, "No key stage 2 results; settled after the spring visit"))
    for school in authority.schools:
        for name in ("capacity_to_improve", "likelihood_of_meeting_targets"):
            rows.append(
                _row(school, name, random.choice(("high", "middle", "middle", "low")), "Spring term risk assessment")
            )
        rows.append(_row(school, "risk_level", random.choice(("high", "middle", "low")), "Both judgements weighed"))
    return tuple(rows)


def national(year: int) -> Mapping[str, str]:
    """The national rows: level 4 in both subjects, two levels of progress."""
    attainment = {2007: "71%", 2008: "73%", 2009: "72%"}[year]
    return {"TELIG": "580000", "PTENGMATX": attainment, "PT2ENG12": "82%", "PT2MATH": "81%"}


def _row(school: School, name: str, value: str, reason: str) -> dict[str, str]:
    return {
        "urn": str(school.urn),
        "name": name,
        "value": value,
        "reason": reason,
        "by_role": "sip",
        "date": "2010-03-26",
    }


def _strands_with_results() -> list[str]:
    left = {strand: count - BY_JUDGEMENT.count(strand) for strand, count in COUNTS.items()}
    return [strand for strand, count in left.items() for _ in range(count)]


def _tell(random: Random, school: School, strand: str, *, turn: int) -> School:
    grades = GRADES.get(strand, (2,))
    cohort = max(11, round(school.pupils / 7))
    shares = _shares(random, strand, cohort)
    progress = _progress(random, strand, turn)
    results = tuple(_results(year, cohort, share, progress) for year, share in zip(YEARS, shares, strict=True))
    return replace(school, inspections=_inspected(random, grades[turn % len(grades)]), results=results)


def _shares(random: Random, strand: str, cohort: int) -> tuple[int, int, int]:
    """Three years' percentages at level 4 in both subjects, as whole pupils of the cohort give them."""
    while True:
        centre = random.gauss(47, 3) if strand == "below_floor" else random.gauss(82, 7)
        wide = 13 if strand == "inconsistent" else 3
        pupils = [round(cohort * (centre + random.uniform(-wide, wide)) / 100) for _ in YEARS]
        first, second, third = (round(100 * n / cohort) for n in pupils)
        swing = max(abs(second - first), abs(third - second))
        steady = swing < SWING if strand != "inconsistent" else swing >= SWING
        placed = third < FLOOR if strand == "below_floor" else min(first, second, third) > FLOOR + 5
        if steady and placed and max(first, second, third) <= 100:
            return first, second, third


def _progress(random: Random, strand: str, turn: int) -> tuple[int, int]:
    if strand == "below_floor" or (strand == "maximising" and turn % 9 >= 4):
        return random.randint(70, 84), random.randint(70, 84)
    return random.randint(89, 98), random.randint(88, 98)


def _results(year: int, cohort: int, share: int, progress: tuple[int, int]) -> Results:
    english, maths = progress
    fields = {"TELIG": str(cohort), "PTENGMATX": f"{share}%", "PT2ENG12": f"{english}%", "PT2MATH": f"{maths}%"}
    return Results(stage="ks2", year=year, fields=fields)


def _inspected(random: Random, grade: int) -> tuple[Inspection, ...]:
    first = school_day(date(2006, 1, 9).replace(month=random.randint(1, 12)))
    latest = school_day(date(random.choice((2008, 2009)), random.randint(1, 12), random.randint(1, 28)))
    earlier = random.choice((2, 2, 3)) if grade != 1 else random.choice((1, 2))
    judged = {"leadership_management": grade}
    return (
        Inspection(on=first, overall=earlier, judgements={"leadership_management": earlier}),
        Inspection(on=latest, overall=grade, judgements=judged),
    )
