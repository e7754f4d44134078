"""What a run found of the pack's named rules and of single figures, school by school."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from strandline.runs.manifest import plain
from strandline.runs.record import Run

PREFIX = "rule__"


def rule_truths(run: Run, *, rules: Collection[str]) -> Mapping[int, Mapping[str, bool | None]]:
    """
    The truth of each named rule for every school of the run; a rule that the run's pack does not know is left out.

    Missing: None is unknown: a figure was missing, and the rule is neither met nor not met.
    """
    leaves = run.table("leaves")
    known = [name for name in rules if f"{PREFIX}{name}" in leaves.columns]
    rows = leaves.select("urn", *(f"{PREFIX}{name}" for name in known)).iter_rows()
    return {int(row[0]): dict(zip(known, row[1:], strict=True)) for row in rows}


def figures_of(run: Run, *, features: Collection[str]) -> Mapping[int, Mapping[str, Any]]:
    """The named features of every school of the run, in plain values; dates as ISO text, None where missing."""
    facts = run.table("facts")
    known = [name for name in features if name in facts.columns]
    rows = facts.select("urn", *known).iter_rows()
    return {int(row[0]): {name: plain(value) for name, value in zip(known, row[1:], strict=True)} for row in rows}
