"""Schools like a school: what narrows them, the nearest in a table, and what is told of those not named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from strandline.catalogue import FEATURES
from strandline.runs.similar import FIGURES, GROUP, SMALLEST_GROUP_SHOWN, Peer
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.schools.models import Snapshot
from strandline.web.schools.presenters.figures import sources_of
from strandline.web.schools.queries.similar import WITHIN_AN_AUTHORITY, Similar
from strandline.web.schools.wording import long_day, number, shown, why_missing, words

HEADINGS = {
    "pupils_on_roll": ("Pupils", ""),
    "fsm6_percent": ("Free meals", "in six years"),
    "eal_percent": ("Language", "other than English"),
    "sen_support_percent": ("SEN support", ""),
    "ehcp_percent": ("EHC plan", ""),
    "idaci_quintile": ("Deprivation", "fifth, 5 the most"),
}
"""What each figure is called at the head of a column, and the line beneath."""
OPTIONS = {
    "ages": "Takes the same ages",
    "form": "Has the same legal form",
    "faith": "Likewise with, or without, a religious character",
    "district": "Is in the same district",
}
THIS = "this school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One condition that similar schools may have to meet, and how many would then be left."""

    value: str
    label: str
    left: str
    chosen: bool


def page(found: Similar | None) -> dict[str, Any]:
    """Everything that the section prints; `nothing` says why there is no table."""
    if found is None:
        return {"nothing": "Schools are compared on one register, and that of this day does not hold this school."}
    return {
        "among": _among(found),
        "choices": tuple(_choices(found)),
        "table": _table(found),
        "unnamed": _unnamed_words(found),
        "ranges": _ranges(found),
        "left_out": _left_out(found),
        "nothing": _nothing(found),
        "sources": sources_of(_own(found), FIGURES),
    }


def _own(found: Similar) -> Snapshot:
    snapshot = found.seen.snapshot
    if snapshot is None:
        raise LookupError("A school was compared of which nothing is known")
    return snapshot


def _among(found: Similar) -> str:
    intake = _own(found).intake
    kind = _kind(found)
    return (
        f"Compared with {_schools(found.peers.group, f'other open {kind}'.strip())} of the same authority, on the "
        f"figures of {long_day(intake.as_at)}. Schools of other authorities are not on this desk and are not compared."
    )


def _kind(found: Similar) -> str:
    return words(str(found.seen.facts.get(GROUP) or "")).lower()


def _choices(found: Similar) -> Iterator[Choice]:
    for name in WITHIN_AN_AUTHORITY:
        left = _schools(found.peers.leaves[name])
        yield Choice(value=name, label=OPTIONS[name], left=left, chosen=name in found.same)


def _schools(count: int, kind: str = "") -> str:
    said = f"{kind} school" if kind else "school"
    return f"{count:,} {said}{'' if count == 1 else 's'}"


def _nothing(found: Similar) -> str:
    """A sentence where no school can be ranked."""
    if found.peers.ranked:
        return ""
    if not found.peers.group:
        return "The run holds no other open school of this phase in the authority, so none can be compared."
    known = sum(found.seen.facts.get(name) is not None for name in FIGURES)
    if known < len(FIGURES) / 2:
        return f"Of this school {known} of the {len(FIGURES)} figures are known, too few to compare it by."
    if found.peers.unknown:
        return "Of the schools that fit, too few figures are known to compare them by."
    return "No school meets every condition chosen. Take one off to see more."


def _left_out(found: Similar) -> str:
    count = len(found.peers.unknown)
    if not count or not found.peers.ranked:
        return ""
    fit, of_whom = ("fits is", "it") if count == 1 else ("fit are", "them")
    return (
        f"{_schools(count)} that {fit} not ranked: fewer than half of the {len(FIGURES)} figures are known both of "
        f"{of_whom} and of this school."
    )


def _table(found: Similar) -> Table | None:
    if not found.named:
        return None
    itself = Cell(text=str(found.seen.facts.get("school_name") or found.seen.school.name), hint=THIS)
    own = Row(cells=("–", itself, "–", "–", *(_value(_own(found), name) for name in FIGURES)))
    rows = [own, *(_row(found, peer, name, snapshot) for peer, name, snapshot in found.named)]
    return Table(
        caption="The most similar schools, the nearest first",
        columns=(
            Column(heading="Rank", kind="number"),
            Column(heading="School", header=True, kind="words"),
            Column(heading="Distance", kind="number"),
            Column(heading="Confidence", kind="number"),
            *(Column(heading=HEADINGS[name][0], hint=HEADINGS[name][1], kind="number") for name in FIGURES),
        ),
        rows=rows,
        key="similar",
        wide=True,
    )


def _row(found: Similar, peer: Peer, name: str, snapshot: Snapshot) -> Row:
    day = f"?as_at={found.seen.on.isoformat()}" if found.seen.moment.asked else ""
    shared = sum(each.place == peer.place for each in found.peers.ranked) > 1
    return Row(
        cells=(
            f"{peer.place}=" if shared else str(peer.place),
            Cell(text=name, href=reverse("schools:school", args=[peer.urn]) + day),
            number(peer.distance, places=2),
            Cell(text=f"{peer.confidence_percent} %", hint=f"{peer.known} of {peer.of} figures"),
            *(_value(snapshot, feature) for feature in FIGURES),
        )
    )


def _value(snapshot: Snapshot, feature: str) -> Cell:
    value = snapshot.facts.get(feature)
    if value is not None:
        return Cell(text=shown(feature, value))
    why = snapshot.why(feature) or {"reason": "blank", "token": ""}
    return Cell(missing=why_missing(why["reason"]), mark=why["token"])


def _unnamed_words(found: Similar) -> str:
    """How many of the nearest the person may not open."""
    count = len(found.unnamed)
    if not count:
        return ""
    nearest = len(found.named) + count
    whole = f"The {_schools(count, 'nearest')}" if count == nearest else f"{count} of the {nearest} nearest schools"
    said = f"{whole} {'is' if count == 1 else 'are'} beyond your reach and not named."
    if count < SMALLEST_GROUP_SHOWN:
        return f"{said} With fewer than {SMALLEST_GROUP_SHOWN}, nothing more is told of them."
    return said


def _ranges(found: Similar) -> Table | None:
    """Between which values the schools lie that are not named; only where enough of them have one."""
    if len(found.unnamed) < SMALLEST_GROUP_SHOWN:
        return None
    rows: list[Sequence[Cell | str]] = []
    for feature in FIGURES:
        heading, hint = HEADINGS[feature]
        values = [value for _, facts in found.unnamed if (value := facts.get(feature)) is not None]
        rows.append((Cell(text=heading, hint=hint), _value(_own(found), feature), _range(feature, values)))
    return Table(
        caption="The nearest beyond your reach",
        columns=(
            Column(heading="Figure", header=True),
            Column(heading=THIS.capitalize(), kind="number"),
            Column(heading="Theirs", hint="lowest to highest", kind="number"),
        ),
        rows=rows,
        key="similar-unnamed",
        note=_distances(found),
    )


def _range(feature: str, values: Sequence[Any]) -> Cell:
    if len(values) < SMALLEST_GROUP_SHOWN:
        return Cell(missing=f"Known of fewer than {SMALLEST_GROUP_SHOWN}")
    return Cell(text=f"{shown(feature, min(values))} to {shown(feature, max(values))}")


def _distances(found: Similar) -> str:
    far = [peer.distance for peer, _ in found.unnamed]
    return f"Their distances are between {number(min(far), places=2)} and {number(max(far), places=2)}."


def meanings() -> tuple[str, ...]:
    """What each figure of the comparison is, as the catalogue words it."""
    return tuple(f"{HEADINGS[name][0]}: {FEATURES[name].meaning}" for name in FIGURES)
