"""What visits a strategy gives a school in a category: no visit by policy is neither an overdue nor a forgotten one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from strandline.engine.categorise import Decision, State
from strandline.engine.entitle import audience_includes, entitle, truth_and_why
from strandline.engine.resolve import ResolvedPack, resolve
from strandline.runs import packs
from strandline.runs.evidence import Given
from strandline.strategy.model import Activity, Visit

GOES = frozenset({Activity.VISIT, Activity.REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsGiven:
    """
    What a strategy says of visits to a school.

    `none_by_policy`: it gives the school none, by an offer that says so or by visits to other categories alone.
    `asked`: the visits that it gives, in words. `words` and `cited` say where the policy is stated.
    """

    none_by_policy: bool
    asked: tuple[str, ...] = ()
    words: str = ""
    cited: str = ""


def visits_given(home: Path, *, which: str, as_at: date, category: str, school: Mapping[str, Given]) -> VisitsGiven:
    """
    What the strategy of that name gives a school in a category; `school` holds what conditions ask for.

    Missing: a visit that hangs on a figure that is not there counts as given, and says so.
    Raises:  PackNotFound, PackRefused, PackNotUsable.
    """
    resolved = _resolved(home, which, as_at, packs.stamp(home))
    pack = resolved.pack
    if category not in {each.code for each in pack.categories}:
        return VisitsGiven(none_by_policy=False)
    asked: list[str] = []
    for part in pack.cadence:
        meant = audience_includes(part.audience, school)
        holds, why = truth_and_why(resolved, part.when, school)
        if part.kind in GOES and part.covers(category) and meant is not False and holds is not False:
            asked.append(f"{part.title}, {_every(str(part.every))}" + (f" (if it is so: {why})" if why else ""))
    decided = Decision(
        state=State.DECIDED, category=category, possible=(category,), lacking=(), scope=None, tried=(), rules={}
    )
    found = entitle(resolved, decided, school)
    if asked or found.visit in (Visit.VISIT, Visit.CONTACT, Visit.LIAISON):
        return VisitsGiven(none_by_policy=False, asked=tuple(asked))
    for offered in found.offers:
        if offered.known and offered.item.visit is Visit.NONE_BY_POLICY:
            cited = str(offered.item.citation or offered.offer.citation or "")
            return VisitsGiven(none_by_policy=True, words=offered.item.title, cited=cited)
    if any(part.kind in GOES for part in pack.cadence):
        words = f"{pack.title} gives visits to other categories, and none to category {category}"
        return VisitsGiven(none_by_policy=True, words=words)
    return VisitsGiven(none_by_policy=False)


@lru_cache(maxsize=8)
def _resolved(home: Path, which: str, as_at: date, stamp: tuple[tuple[str, int, int], ...]) -> ResolvedPack:
    del stamp  # it only tells one state of the files from the next
    return resolve(packs.read(home, which=which), as_at=as_at)


def _every(every: str) -> str:
    words = every.replace("_", " ")
    return {"once": "once", "as needed": "as needed"}.get(words, f"every {words}")
