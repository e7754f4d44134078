"""Numbers of parameters that their unit cannot have: a percentage above a hundred, fewer than no pupils."""

from __future__ import annotations

from collections.abc import Iterator

from strandline.kernel.units import Unit
from strandline.strategy.checking.findings import Finding, error
from strandline.strategy.model import Pack

SIGNED = frozenset(
    {Unit.NONE, Unit.PERCENTAGE_POINTS, Unit.SCALED_POINTS, Unit.PROGRESS_POINTS, Unit.ATTAINMENT_POINTS, Unit.POUNDS}
)
"""Units whose numbers may lie below zero."""


def range_findings(pack: Pack) -> Iterator[Finding]:
    """Every value of a parameter that its unit cannot have."""
    for parameter in pack.parameters.values():
        for version in parameter.values:
            value = version.value
            if isinstance(value, bool) or not isinstance(value, int | float):
                continue
            if value < 0 and parameter.unit not in SIGNED:
                what = f"{parameter.name} is {value:g}, and {parameter.unit.replace('_', ' ')} are never below zero"
                yield error(what, version.place, "Write zero or more")
            elif parameter.unit is Unit.PERCENT and value > 100:
                yield error(f"{parameter.name} is {value:g} percent, more than the whole", version.place)
