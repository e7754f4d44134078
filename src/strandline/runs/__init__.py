"""
The use cases: flat keyword-only functions, the one place where the layers meet.

Each name is imported when it is first used: listing runs does not load the rule parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from strandline.runs.difference import diff as diff
    from strandline.runs.explanation import explain as explain
    from strandline.runs.paper import report as report
    from strandline.runs.proposals import run as run
    from strandline.runs.record import Run as Run
    from strandline.runs.record import list_runs as list_runs
    from strandline.runs.record import open_run as open_run
    from strandline.runs.schools import school_rows as school_rows
    from strandline.runs.summary import summarise as summarise
    from strandline.runs.totals import entitlement_totals as entitlement_totals
    from strandline.runs.totals import entitlements_of as entitlements_of

_HOMES = {
    "Run": "record",
    "diff": "difference",
    "entitlement_totals": "totals",
    "entitlements_of": "totals",
    "explain": "explanation",
    "list_runs": "record",
    "open_run": "record",
    "report": "paper",
    "run": "proposals",
    "school_rows": "schools",
    "summarise": "summary",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
