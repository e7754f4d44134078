"""A proposal and a decision as officers see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse
from django.utils import timezone

from strandline.kernel.dates import long_date
from strandline.runs.letters import nothing_raises
from strandline.web.decisions.models import Decision, Proposal
from strandline.web.decisions.presenters import account
from strandline.web.decisions.presenters.account import Explained
from strandline.web.decisions.presenters.category_page import criteria_table
from strandline.web.decisions.presenters.lists import lacking, mark
from strandline.web.design.marks import CategoryMark
from strandline.web.design.parts import Action, SummaryRow, Tag
from strandline.web.design.tables import Table

TAGS = {
    "proposed": "due",
    "approved": "new",
    "published": "done",
    "superseded": "neutral",
    "returned": "draft",
    "withdrawn": "draft",
}


class Ending(Protocol):
    """An action that ends a decision with a reason."""

    def __call__(self, *, by: Any, decision_pk: int, version: int, reason: str) -> Decision:
        """End it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProposal:
    """A proposal, ready to print."""

    mark: CategoryMark
    word: str
    as_at: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    figures: Table
    every: Table
    better: tuple[str, ...]
    nothing_better: str
    other: tuple[str, ...]
    not_known: tuple[str, ...]
    not_known_means: str


def proposal(row: Proposal, *, why: Explained, highest: bool) -> ShownProposal:
    """What the rules say of one school."""
    shown = why.deciding(row.category) if row.category else tuple(each for each in why.criteria if each.met is None)
    return ShownProposal(
        mark=mark(row.category, row.label, row.step, state=row.state, reason=lacking(why.sentences) or row.reason),
        word=row.run.category_word,
        as_at=long_date(row.run.as_at),
        sentences=why.sentences,
        warnings=why.warnings,
        figures=criteria_table(shown, caption="The figures behind the proposal", key="figures"),
        every=criteria_table(why.criteria, caption="Every comparison that the rules made", key="every", codes=True),
        better=why.better,
        nothing_better="" if why.better or not row.category else nothing_raises(row.run.category_word, highest=highest),
        other=why.other,
        not_known=why.not_known,
        not_known_means=account.unknown_words(row),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDecision:
    """A decision, ready to print."""

    mark: CategoryMark
    tag: Tag
    rows: tuple[SummaryRow, ...]
    evidence: tuple[tuple[str, str], ...]
    departure: str


def decision(row: Decision) -> ShownDecision:
    """What was decided of one school, by whom; with names, for colleagues."""
    proposal_, word = row.proposal, row.proposal.run.category_word
    school = reverse("decisions:category", args=[proposal_.urn])
    rows = [
        SummaryRow(
            label="The rules propose",
            value=mark(
                proposal_.category, proposal_.label, proposal_.step, state=proposal_.state, reason=proposal_.reason
            ).html(),
            actions=(
                Action(
                    text="Why", href=reverse("decisions:proposal", args=[proposal_.pk]), about="the rules propose it"
                ),
            ),
        ),
        SummaryRow(label="How", value=row.get_kind_display()),
        SummaryRow(
            label="Reason", value=row.reason, missing="" if row.reason else "none needed: it is what the rules propose"
        ),
        SummaryRow(label="Proposed", value=_by(row.proposed_by, row.proposed_role, row.proposed_at)),
        SummaryRow(
            label="Approved",
            value=_by(row.approved_by, row.approved_role, row.approved_at),
            missing="" if row.approved_at else "not yet",
        ),
        SummaryRow(
            label="Published",
            value=f"{row.published_by}, {long_date(row.published_on)}" if row.published_on else "",
            missing="" if row.published_on else "not yet",
            actions=(Action(text="See", href=school, about=f"the published {word}"),) if row.published_on else (),
        ),
    ]
    if row.expires_on:
        rows.append(
            SummaryRow(label="Lasts until", value=long_date(row.expires_on), hint="Then the rules count again.")
        )
    if row.returned_reason:
        rows.append(SummaryRow(label=row.get_state_display(), value=row.returned_reason))
    return ShownDecision(
        mark=mark(row.category, row.label, row.step),
        tag=Tag(text=row.get_state_display().lower(), kind=TAGS[row.state]),  # type: ignore[arg-type]
        rows=tuple(rows),
        evidence=tuple((each.get_source_display(), each.statement) for each in row.evidence.all()),
        departure=account.departure(row, word=word),
    )


def _by(user: Any, role: str, at: Any) -> str:
    if at is None:
        return ""
    name = f"{user} ({account.role_name(role)})" if user else "The desk"
    return f"{name}, {long_date(timezone.localdate(at))}"
