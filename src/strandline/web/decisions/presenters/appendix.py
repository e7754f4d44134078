"""The confidential appendix: schools by category (SEF-42)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.urls import reverse

from strandline.web.decisions.queries.standing import Standing
from strandline.web.design.tables import Cell, Column, Table
from strandline.web.schools.wording import phase_words

HEADINGS = ("URN", "School", "Category", "In words", "Phase", "Legal form", "Published on", "How")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def groups(rows: Iterable[Standing]) -> tuple[Table, ...]:
    """One table for each category, in the strategy's order."""
    return tuple(
        _table(label or "No category: the rules leave it open", tuple(several))
        for label, several in groupby(rows, key=lambda each: each.label)
    )


def _table(label: str, rows: tuple[Standing, ...]) -> Table:
    return Table(
        caption=f"{label}: {len(rows)} school{'s' * (len(rows) != 1)}",
        columns=(
            Column(heading="School", header=True),
            Column(heading="URN", kind="number"),
            Column(heading="Phase"),
            Column(heading="Legal form"),
            Column(heading="How"),
        ),
        rows=[
            (
                Cell(text=proposal.school_name, href=reverse("decisions:category", args=[proposal.urn])),
                str(proposal.urn),
                phase_words(proposal.phase, sector=proposal.sector),
                proposal.legal_form.replace("_", " ").capitalize(),
                "Override ended" if each.lapsed else each.decision.get_kind_display(),
            )
            for each in rows
            for proposal in (each.decision.proposal,)
        ],
    )


def rows(standings: Iterable[Standing]) -> Iterator[tuple[str, ...]]:
    """The lines of the spreadsheet; no cell begins a formula."""
    for each in standings:
        proposal, decision = each.decision.proposal, each.decision
        how = "Override ended" if each.lapsed else decision.get_kind_display()
        cells = (
            str(proposal.urn),
            proposal.school_name,
            each.code,
            each.label,
            proposal.phase,
            proposal.legal_form,
            str(decision.published_on or ""),
            how,
        )
        yield tuple(f"'{cell}" if cell.startswith(DANGEROUS) else cell for cell in cells)
