"""Schools like a school, from the facts of a run: which figures compare them and what else they may have to share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from strandline.insight.disclosure import SMALLEST_GROUP_SHOWN
from strandline.insight.similar import Comparable, NotComparable, Peer, Peers, peers

__all__ = ["FIGURES", "GROUP", "OPTIONS", "SMALLEST_GROUP_SHOWN", "NotComparable", "Peer", "Peers", "similar_schools"]
GROUP = "sector"
"""The phase group: schools of another one are never compared."""
FIGURES = (
    "pupils_on_roll",
    "fsm6_percent",
    "eal_percent",
    "sen_support_percent",
    "ehcp_percent",
    "idaci_quintile",
)
"""What schools are compared by: who their pupils are, never how they do."""
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "ages": ("statutory_low_age", "statutory_high_age"),
    "form": ("legal_form",),
    "faith": ("church_school",),
    "district": ("district",),
    "authority": ("la",),
    "region": ("region",),
}
"""What similar schools may have to share besides the phase group: option → the features that must be equal."""


def similar_schools(facts: Mapping[int, Mapping[str, Any]], *, of: int, same: tuple[str, ...] = ()) -> Peers:
    """
    The open schools of `facts` (URN → feature → value) that are like one of them, the nearest first.

    Missing: a feature that is not in a school's facts is missing there; the confidence falls with it.
    """
    rows = (_comparable(urn, values) for urn, values in facts.items() if urn == of or _is_open(values))
    return peers(rows, of=of, figures=FIGURES, options=tuple(OPTIONS), same=same)


def _is_open(values: Mapping[str, Any]) -> bool:
    return str(values.get("status", "open")).startswith("open")


def _comparable(urn: int, values: Mapping[str, Any]) -> Comparable:
    return Comparable(
        urn=urn,
        group=values.get(GROUP),
        figures={name: values.get(name) for name in FIGURES},
        traits={option: _trait(values, features) for option, features in OPTIONS.items()},
    )


def _trait(values: Mapping[str, Any], features: tuple[str, ...]) -> str | None:
    found = [values.get(name) for name in features]
    return None if None in found else " to ".join(str(each) for each in found)
