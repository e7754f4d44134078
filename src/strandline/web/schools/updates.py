"""
When the next release of a kind may be expected.

The publishers announce exact days only shortly before; what is said here is the usual rhythm, and says that it is.
Source: DfE, Explore education statistics, release calendars; Ofsted, management information, monthly; GIAS, daily.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from strandline.web.schools.wording import MONTHS

WHENEVER: Final = "at any time: the register changes daily"
MONTHLY: Final = "next month: published monthly"
RHYTHM: Final = {
    "gias": WHENEVER,
    "ofsted": MONTHLY,
    "inspection": MONTHLY,
}
YEARLY: Final = "published once a year"
NEXT_STATUS: Final = {"provisional": "the revised figures of the same year are to follow"}


def next_due(release: Mapping[str, Any]) -> str:
    """When the next release like this one is to be expected, in words."""
    rhythm = next((words for start, words in RHYTHM.items() if release["kind"].startswith(start)), "")
    if rhythm:
        return rhythm
    following = NEXT_STATUS.get(release.get("status", ""))
    if following:
        return following
    published = date.fromisoformat(release["published_on"])
    return f"about {MONTHS[published.month - 1]} {published.year + 1}: {YEARLY}"
