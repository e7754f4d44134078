"""Figures with their base, their reasons and their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from strandline.catalogue import FEATURES
from strandline.web.design.figures import Figure, Source
from strandline.web.schools.models import Snapshot
from strandline.web.schools.updates import next_due
from strandline.web.schools.wording import long_day, number, shown, why_missing

LABELS: Mapping[str, str] = {
    "pupils_on_roll": "Pupils on roll (register)",
    "capacity": "Places",
    "register_fsm_percent": "Eligible for free school meals (register)",
    "census_pupils": "Pupils on roll (census)",
    "fsm_percent": "Eligible for free school meals",
    "fsm6_percent": "Eligible for free school meals in the last six years",
    "eal_percent": "First language other than English",
    "sen_support_percent": "Special educational needs support",
    "ehcp_percent": "Education, health and care plan",
    "absence_percent": "Overall absence",
    "persistent_absence_percent": "Persistent absence",
    "finance_income_per_pupil": "Income per pupil",
    "finance_expenditure_per_pupil": "Expenditure per pupil",
    "finance_reserve": "Revenue reserve",
    "finance_in_year_balance": "In-year balance",
    "ks2_rwm_expected": "Expected standard in reading, writing and maths",
    "ks4_attainment8": "Attainment 8",
    "ks4_progress8": "Progress 8",
    "inspection_date": "Latest graded inspection",
}
BASES: Mapping[str, str] = {
    "absence_percent": "of possible sessions",
    "persistent_absence_percent": "of pupils enrolled",
    "register_fsm_percent": "of pupils on roll",
}


def figure(snapshot: Snapshot, feature: str, *, label: str = "", note: str = "") -> Figure:
    """One figure of a school, ready to print: value or reason, base, source."""
    value = snapshot.facts.get(feature)
    title = label or LABELS.get(feature, FEATURES[feature].meaning)
    sources = tuple(_sources(snapshot, [feature]))
    if value is None:
        why = snapshot.why(feature) or {"reason": "blank", "token": ""}
        return Figure(
            label=title, missing=why_missing(why["reason"]), mark=why["token"], sources=sources, key=f"figure-{feature}"
        )
    return Figure(
        label=title,
        value=shown(feature, value),
        base=base_of(snapshot, feature),
        note=note,
        sources=sources,
        key=f"figure-{feature}",
    )


def base_of(snapshot: Snapshot, feature: str) -> str:
    """Of what a percentage is: "of 414 pupils"."""
    cohort = FEATURES[feature].cohort
    count = snapshot.facts.get(cohort) if cohort else None
    if count is not None:
        return f"of {number(count)} {'pupil' if count == 1 else 'pupils'}"
    return BASES.get(feature, "")


def sources_of(snapshot: Snapshot, features: Iterable[str]) -> tuple[Source, ...]:
    """The releases behind several figures, each once."""
    return tuple(_sources(snapshot, features))


def _sources(snapshot: Snapshot, features: Iterable[str]) -> list[Source]:
    found: dict[str, Source] = {}
    for feature in features:
        release = snapshot.source_of(feature)
        if release is not None:
            found.setdefault(release["release_id"], source(release))
    return list(found.values())


def source(release: Mapping[str, Any]) -> Source:
    """A release as the panel of sources and updates prints it."""
    period = release["period"] or (f"as at {long_day(release['as_at'])}" if release["as_at"] else "")
    return Source(
        title=release["title"],
        publisher=release["publisher"],
        release=" – ".join(part for part in (period, release["release_id"]) if part),
        published=long_day(release["published_on"]),
        next_due=next_due(release),
        status=release["status"],
        licence=release["licence"],
    )
