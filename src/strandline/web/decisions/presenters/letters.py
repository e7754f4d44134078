"""What a category letter says, from the rows of its decision."""

from __future__ import annotations

from strandline.runs.letters import CategoryLetter, LetterFigure
from strandline.web.decisions.models import Decision
from strandline.web.decisions.models.correspondence import Recipient
from strandline.web.decisions.presenters import account
from strandline.web.decisions.queries.explaining import explained, is_highest


def letter_of(decision: Decision, recipient: Recipient) -> CategoryLetter:
    """The letter to one of the two."""
    proposal, run = decision.proposal, decision.proposal.run
    word = run.category_word
    why = explained(proposal)
    shown = why.deciding(proposal.category) if proposal.category else tuple(c for c in why.criteria if c.met is None)
    other = Recipient.CHAIR if recipient == Recipient.HEAD else Recipient.HEAD
    if decision.published_on is None:
        raise ValueError("a letter is made of a published decision")
    return CategoryLetter(
        to=recipient.label,
        school=proposal.school_name,
        urn=proposal.urn,
        authority=f"{decision.school.la_name or decision.scheme.authority} – school improvement",
        dated=decision.published_on,
        as_at=run.as_at,
        scheme=decision.scheme.title,
        category_word=word,
        label=decision.label,
        why=why.sentences,
        figures=tuple(
            LetterFigure(
                what=each.what,
                value=each.value or "–",
                threshold=each.asked or each.threshold or "–",
                outcome=account.known_or_not(each),
                source=each.source or "–",
            )
            for each in shown
        ),
        would_raise=why.better,
        would_change=why.other,
        highest=is_highest(run, proposal.step),
        not_known=why.not_known,
        not_known_means=account.unknown_words(proposal),
        decided_by=account.decided_by(decision),
        departure=account.departure(decision, word=word),
        until=decision.expires_on,
        reply_by=decision.reply_by,
        copied_to=other.label,
        warnings=why.warnings,
    )
