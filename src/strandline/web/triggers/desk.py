"""What the desk notices by itself: functions by the name under which `register.toml` asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from strandline.web.decisions.models import Decision, Kind
from strandline.web.decisions.models import State as DecisionState

Noticed = Callable[..., Mapping[int, Mapping[str, Any]]]


def expired_overrides(*, on: date, authority: int | None = None) -> Mapping[int, Mapping[str, Any]]:
    """The schools whose published override has expired and was not renewed, with the override as evidence."""
    rows = Decision.objects.filter(state=DecisionState.PUBLISHED, kind=Kind.OVERRIDDEN, expires_on__lt=on)
    if authority is not None:
        rows = rows.filter(school__la=authority)
    found = rows.values_list("school_id", "pk", "category", "expires_on")
    return {
        urn: {"decision": pk, "category": category, "expired_on": expires_on.isoformat() if expires_on else ""}
        for urn, pk, category, expires_on in found
    }


DESK: Mapping[str, Noticed] = {"expired_overrides": expired_overrides}
