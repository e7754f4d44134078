"""A run in brief, as tables for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from strandline.cli.output import note, print_table, say
from strandline.kernel.dates import long_date

if TYPE_CHECKING:
    from strandline.runs.summary import Summary
    from strandline.runs.totals import EntitlementLine

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


def print_totals(totals: Sequence[EntitlementLine], *, limit: int | None = None) -> None:
    """Print how many schools have a claim to what, and the sum where it is measured."""
    rows = [
        (
            line.title,
            line.claim.replace("_", " "),
            line.schools,
            _amount(line.amount_least, line.amount_most, line.unit),
        )
        for line in totals[:limit]
    ]
    print_table(("what", "claim", "schools", "in all"), rows, right=("schools", "in all"))


def print_entitlements(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print what one school is entitled to, with the paragraph that says so."""
    table = [
        (
            row["title"],
            row["claim"].replace("_", " "),
            _amount(row["amount_least"], row["amount_most"], row["unit"]),
            row["every"],
            row["why"],
            row["citation"],
        )
        for row in rows
    ]
    print_table(("what", "claim", "how much", "how often", "note", "source"), table, right=("how much",))


def _amount(least: float | None, most: float | None, unit: str) -> str:
    if least is None:
        return ""
    return f"{least:g} {unit}" if least == most else f"{least:g} to {most:g} {unit}"
