"""A run in brief, as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from strandline.cli.output import note, print_table, say
from strandline.kernel.dates import long_date

if TYPE_CHECKING:
    from strandline.runs.summary import Summary

MISSING_SHOWN = 12


def print_summary(summary: Summary) -> None:
    """Print the category table, what became of the other schools, and the notes."""
    print_table(
        ("category", "", "schools", "%"),
        [
            (line.code, ": ".join(part for part in (line.title, line.words) if part), line.schools, line.percent)
            for line in summary.categories
        ],
        right=("schools", "%"),
        title=f"{summary.area} under {summary.title}, as at {long_date(summary.as_at)}",
        caption=f"{summary.decided:,} of {summary.schools:,} schools decided; percentages are of those decided.",
    )
    for count, words in summary.others:
        say(f"{count:,} {words}")
    for warning in summary.warnings:
        note(f"Note: {warning}")


def print_missing(summary: Summary, *, limit: int | None = MISSING_SHOWN) -> None:
    """Print which figures kept schools from being decided, and why they are missing; the commonest first."""
    if not summary.missing:
        return
    print_table(
        ("what is missing", "why", "schools"),
        [(line.meaning, line.reason, line.schools) for line in summary.missing[:limit]],
        right=("schools",),
        title="What kept schools from being decided",
    )
    left = len(summary.missing) - len(summary.missing[:limit])
    if left:
        say(f"… and {left} more lines: strandline runs show {summary.run_id}")
