"""An explanation of the rules as rows of the desk: its criterion table, and what would change the category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from strandline.runs.explanations import SchoolExplained
from strandline.web.decisions.models import Criterion, Proposal, Suggestion


def criteria_of(proposal: Proposal, explained: SchoolExplained) -> Iterator[Criterion]:
    """The criterion table as rows, in the engine's order."""
    for place, each in enumerate(explained.explanation.criteria):
        yield Criterion(
            proposal=proposal,
            place=place,
            category=each.category,
            rule=each.rule,
            what=each.what,
            value=each.value,
            threshold=each.threshold,
            asked=each.asked,
            met=each.met,
            text=each.text,
            source=each.source,
            paragraph=each.paragraph,
            flagged=each.flagged,
            why_not_known=each.why_not_known,
        )


def suggestions_of(
    proposal: Proposal, explained: SchoolExplained, *, steps: Mapping[str, int | None]
) -> Iterator[Suggestion]:
    """What would change the category; `better` where the other category stands for less concern."""
    now = steps.get(explained.explanation.category or "")
    for place, each in enumerate(explained.explanation.what_would_change):
        then = steps.get(each.category)
        better = then < now if now is not None and then is not None and then != now else None
        if better and each.pupils is not None and each.pupils < 0:
            better = None  # fewer pupils at a standard is nothing to aim for, whatever category follows
        yield Suggestion(proposal=proposal, place=place, category=each.category, sentence=each.sentence, better=better)
