"""What a school shares: by law, by agreement, or not (WAL-22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from strandline.web.schools.models import DataSharing, School, SharedPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Whether a part is shared on a day, since when, and why."""

    part: SharedPart
    agreed: bool
    since: date | None
    by_law: bool
    note: str = ""


def sharing(school: School, *, on: date) -> Mapping[SharedPart, Sharing]:
    """
    What a school shares on a day, part by part, in one query.

    A school that the authority maintains shares by law. Any other shares what it agreed to; without an agreement only
    what is published anyway is shown of it.
    """
    if school.maintained:
        return {part: Sharing(part=part, agreed=True, since=None, by_law=True) for part in SharedPart}
    rows = DataSharing.objects.filter(school=school, from_on__lte=on).order_by("from_on", "pk")
    latest = {row.part: row for row in rows}
    return {part: _agreed(part, latest.get(part)) for part in SharedPart}


def _agreed(part: SharedPart, row: DataSharing | None) -> Sharing:
    if row is None:
        return Sharing(part=part, agreed=False, since=None, by_law=False)
    return Sharing(part=part, agreed=row.agreed, since=row.from_on, by_law=False, note=row.note)


def shares(school: School, part: SharedPart, *, on: date) -> bool:
    """Whether a school shares one part on a day."""
    return sharing(school, on=on)[part].agreed
