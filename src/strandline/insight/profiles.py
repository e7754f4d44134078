"""
Inspection profiles: how many schools stand at each grade, of how many judged, by school and by pupil (F8, F9).

Report cards have no overall grade, so they have a profile of their own and are never counted in a grade.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from strandline.insight.shares import percent_of

GOOD_OR_BETTER = (1, 2)
AT_EXPECTED_OR_ABOVE = ("exceptional", "strong_standard", "expected_standard")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSchool:
    """What a profile needs to know of a school: the grade or None, and the pupils or None."""

    urn: str
    grade: int | None
    pupils: int | None = None
    group: str = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """
    The grades of a set of schools.

    Missing: `not_judged` schools are in no denominator; `pupils_unknown` are judged schools left out of pupil weights.
    """

    schools: int
    by_grade: Mapping[int, int]
    judged: int
    not_judged: tuple[str, ...]
    pupils_by_grade: Mapping[int, int]
    pupils_judged: int
    pupils_unknown: tuple[str, ...]

    @property
    def good_or_better(self) -> int:
        """How many schools are graded 1 or 2."""
        return sum(self.by_grade.get(grade, 0) for grade in GOOD_OR_BETTER)

    @property
    def pupils_in_good_or_better(self) -> int:
        """How many pupils attend schools graded 1 or 2."""
        return sum(self.pupils_by_grade.get(grade, 0) for grade in GOOD_OR_BETTER)

    def percent_of_schools(self, *, places: int = 0) -> Decimal | None:
        """Good or better as a percentage of judged schools (F8); None when none is judged."""
        return percent_of(self.good_or_better, of=self.judged, places=places) if self.judged else None

    def percent_of_pupils(self, *, places: int = 0) -> Decimal | None:
        """Pupils in good or better schools as a percentage of pupils in judged schools (F9)."""
        if not self.pupils_judged:
            return None
        return percent_of(self.pupils_in_good_or_better, of=self.pupils_judged, places=places)

    def percent_with_not_judged(self, *, places: int = 0) -> Decimal | None:
        """Good or better as a percentage of all schools, the uninspected among them."""
        return percent_of(self.good_or_better, of=self.schools, places=places) if self.schools else None


def profile(schools: Iterable[JudgedSchool]) -> Profile:
    """Count schools and pupils at each grade."""
    rows = tuple(schools)
    judged = [row for row in rows if row.grade is not None]
    weighed = [row for row in judged if row.pupils is not None]
    pupils: Counter[int] = Counter()
    for row in weighed:
        pupils[_grade(row)] += row.pupils or 0
    return Profile(
        schools=len(rows),
        by_grade=dict(sorted(Counter(_grade(row) for row in judged).items())),
        judged=len(judged),
        not_judged=tuple(row.urn for row in rows if row.grade is None),
        pupils_by_grade=dict(sorted(pupils.items())),
        pupils_judged=sum(pupils.values()),
        pupils_unknown=tuple(row.urn for row in judged if row.pupils is None),
    )


def profiles_by_group(schools: Iterable[JudgedSchool]) -> dict[str, Profile]:
    """Give one profile for each group (phase, status), in order of first appearance."""
    groups: dict[str, list[JudgedSchool]] = {}
    for row in schools:
        groups.setdefault(row.group, []).append(row)
    return {name: profile(rows) for name, rows in groups.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardArea:
    """One area of the report card over a set of schools."""

    area: str
    by_standard: Mapping[str, int]
    judged: int
    at_expected_or_above: int

    def percent(self, *, places: int = 0) -> Decimal | None:
        """At the expected standard or above, as a percentage of the cards that judge the area."""
        return percent_of(self.at_expected_or_above, of=self.judged, places=places) if self.judged else None


def report_card_profile(cards: Sequence[Mapping[str, str | None]], *, areas: Sequence[str]) -> tuple[CardArea, ...]:
    """
    Count the standards given in each area.

    Shape:   one mapping area → standard per card → one CardArea per area.
    Missing: an area that a card does not judge (no sixth form) is in no denominator of that area.
    """
    rows = []
    for area in areas:
        given = [standard for card in cards if (standard := card.get(area)) is not None]
        counts = Counter(given)
        rows.append(
            CardArea(
                area=area,
                by_standard=dict(counts),
                judged=len(given),
                at_expected_or_above=sum(counts[standard] for standard in AT_EXPECTED_OR_ABOVE),
            )
        )
    return tuple(rows)


def all_areas_at_expected(cards: Sequence[Mapping[str, str | None]], *, areas: Sequence[str]) -> int:
    """Count the cards on which every area that is judged stands at the expected standard or above."""
    return sum(1 for card in cards if _all_at_expected(card, areas=areas))


def _all_at_expected(card: Mapping[str, str | None], *, areas: Sequence[str]) -> bool:
    given = [card[area] for area in areas if card.get(area) is not None]
    return bool(given) and all(standard in AT_EXPECTED_OR_ABOVE for standard in given)


def _grade(row: JudgedSchool) -> int:
    return 0 if row.grade is None else row.grade
