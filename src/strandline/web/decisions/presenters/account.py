"""The account of a decision in words: why, by whom, what would change it. Pages and letters are printed from this."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from strandline.kernel.dates import long_date
from strandline.web.decisions.models import Criterion, Decision, Kind, Proposal, Suggestion
from strandline.web.decisions.models.proposing import ProposalState
from strandline.web.people.roles import Role

ONE_OF_A_KIND = frozenset({Role.HEAD_OF_SERVICE, Role.HEAD_TEACHER, Role.CHAIR_OF_GOVERNORS})
BLANK_TOKEN = re.compile(r' \("(?:NULL|)"\)')
MET = {True: "Yes", False: "No", None: "Not known"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An explanation as it was kept, or as it was made for this page."""

    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def better(self) -> tuple[str, ...]:
        """What would move the school to a category of less concern."""
        return tuple(each.sentence for each in self.suggestions if each.better)

    @property
    def other(self) -> tuple[str, ...]:
        """What else would change its category."""
        return tuple(each.sentence for each in self.suggestions if not each.better)

    def deciding(self, category: str) -> tuple[Criterion, ...]:
        """The criteria of one category, and of the scope."""
        return tuple(each for each in self.criteria if each.category == category)

    @property
    def not_known(self) -> tuple[str, ...]:
        """What could not be judged, each once, under the reason that it has in common with others."""
        reasons: dict[str, dict[str, None]] = {}
        for each in self.criteria:
            if each.met is None:
                reasons.setdefault(capital(without_token(each.why_not_known)), {})[each.what] = None
        return tuple(f"{why}: {'; '.join(what)}." if why else f"{'; '.join(what)}." for why, what in reasons.items())


def without_token(reason: str) -> str:
    """A reason why a figure is missing without the mark that the publisher's file left for it."""
    return BLANK_TOKEN.sub("", reason)


def role_words(role: str) -> str:
    """`the head of service`, `an officer`; nobody is named in public."""
    if not role:
        return "the desk"
    words = Role(role).words.lower()
    if Role(role) in ONE_OF_A_KIND:
        return f"the {words}"
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def role_name(role: str) -> str:
    """The role alone: `Officer`."""
    return Role(role).words if role else "The desk"


def decided_by(decision: Decision) -> str:
    """Who decided, by role: proposed, approved, published, when."""
    proposed, approved = role_words(decision.proposed_role), role_words(decision.approved_role)
    on = f"published by {role_words(decision.published_role)}" if decision.published_role else "not published yet"
    day = f" on {long_date(decision.published_on)}" if decision.published_on else ""
    if decision.second_person:
        second = f"approved by {approved} as a second person" if decision.approved_role else "not approved yet"
        return f"Proposed by {proposed}, {second}, {on}{day}."
    return f"Decided by {proposed}, {on}{day}."


def departure(decision: Decision, *, word: str) -> str:
    """What an officer decided beyond the rules; nothing where they agreed."""
    proposal = decision.proposal
    if decision.kind == Kind.OVERRIDDEN:
        until = f" The override lasts until {long_date(decision.expires_on)}." if decision.expires_on else ""
        return (
            f"The rules propose {word} {proposal.label}. The authority decided on {word} {decision.label} instead, for "
            f"this reason: {sentence(decision.reason)}{until}"
        )
    if decision.kind == Kind.JUDGED:
        return (
            f"The rules leave the {word} open, and the authority settled it by judgement, for this reason: "
            f"{sentence(decision.reason)}"
        )
    return f"The rules propose this {word}, and the authority agreed."


def unknown_words(proposal: Proposal) -> str:
    """What it means for the category that something is not known; a rule that decides does so without it."""
    if proposal.state != ProposalState.DECIDED:
        return ""
    return f"None of this would change the {proposal.run.category_word}: the rules decide it without these figures."


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def lapsed(decision: Decision, *, on: date) -> bool:
    """Whether the decision was an override that has ended by that day."""
    return decision.kind == Kind.OVERRIDDEN and decision.expires_on is not None and on > decision.expires_on


def lapsed_words(decision: Decision, *, word: str) -> str:
    """What is said of an override that has ended."""
    proposal = decision.proposal
    ended = long_date((decision.expires_on or date.min) + timedelta(days=1))
    said = f"{word} {proposal.label}" if proposal.state == ProposalState.DECIDED else "no category"
    return (
        f"The override to {word} {decision.label} ended and counts no more since {ended}. Until the authority decides "
        f"again, the school stands where the rules put it: {said}."
    )


def known_or_not(criterion: Criterion, *, marks: bool = False) -> str:
    """How a criterion came out: yes, no, or why not known; with the publisher's `marks` for what is missing."""
    if criterion.met is None and criterion.why_not_known:
        return f"Not known: {criterion.why_not_known if marks else without_token(criterion.why_not_known)}"
    return MET[criterion.met]


def in_order(proposal: Proposal, criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Those of the deciding category first, the rest as the rules were tried."""
    return tuple(sorted(criteria, key=lambda each: (each.category != proposal.category, each.place)))
