"""The moderation queue: what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from strandline.web.decisions.models import (
    Challenge,
    Decision,
    DeskRun,
    Kind,
    Proposal,
    Reply,
    Scheme,
    SchemeState,
    State,
)
from strandline.web.decisions.models.correspondence import Outcome
from strandline.web.decisions.models.deciding import SHOWN
from strandline.web.decisions.models.proposing import ProposalState
from strandline.web.people.scope import Actor, ScopedQuerySet

SOON_DAYS = 60
LIVE = (State.PROPOSED, State.APPROVED, *SHOWN)
AGREE = Q(state=ProposalState.DECIDED, again=False)
"""Of what is unsettled: what the rules decide, and nobody has successfully challenged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much waits, kind by kind. `overrides` end soon or have ended; `ended` counts the latter alone."""

    to_agree: int
    to_judge: int
    to_approve: int
    to_publish: int
    overrides: int
    ended: int
    replies: int
    challenges: int


def runs(actor: Actor) -> tuple[DeskRun, ...]:
    """The runs of the authority, the latest day first."""
    return tuple(DeskRun.objects.for_actor(actor).select_related("scheme"))


def latest_run(actor: Actor) -> DeskRun | None:
    """The run that is being moderated: the latest of the adopted scheme, or the latest of all."""
    mine = DeskRun.objects.for_actor(actor).select_related("scheme")
    scheme = adopted(actor)
    return (mine.filter(pack=scheme.pack).first() if scheme else None) or mine.first()


def adopted(actor: Actor) -> Scheme | None:
    """The scheme in force, lapsed or not."""
    return Scheme.objects.for_actor(actor).filter(state=SchemeState.ADOPTED).first()


def unsettled(actor: Actor, run: DeskRun) -> ScopedQuerySet[Proposal]:
    """The proposals of a run on which nothing stands; `again`: a challenge to what was published was upheld."""
    standing = Decision.objects.for_actor(actor).filter(proposal=OuterRef("pk"), state__in=LIVE)
    upheld = Challenge.objects.for_actor(actor).filter(decision=OuterRef("pk"), outcome=Outcome.UPHELD)
    challenged = standing.filter(Exists(upheld), state=State.PUBLISHED)
    settled = standing.exclude(Exists(upheld), state=State.PUBLISHED)
    rows = Proposal.objects.for_actor(actor).filter(run=run).exclude(state=ProposalState.OUT_OF_SCOPE)
    return rows.filter(~Exists(settled)).annotate(again=Exists(challenged))  # type: ignore[return-value]


def standing_on(actor: Actor, proposal: Proposal) -> Decision | None:
    """The decision that settles a proposal; None while it waits."""
    return Decision.objects.for_actor(actor).filter(proposal=proposal, state__in=LIVE).order_by("-pk").first()


def is_to_be_decided_again(decision: Decision) -> bool:
    """Whether a challenge to the published category was upheld: it stands until the school is decided again."""
    upheld = decision.challenges.filter(outcome=Outcome.UPHELD)
    return decision.state == State.PUBLISHED and upheld.exists()


def to_agree(actor: Actor, run: DeskRun) -> ScopedQuerySet[Proposal]:
    """Decided by the rules, waiting for agreement or an override."""
    return unsettled(actor, run).filter(AGREE)


def to_judge(actor: Actor, run: DeskRun) -> ScopedQuerySet[Proposal]:
    """Left open by the rules, or to be decided again after a challenge: only a person settles them."""
    return unsettled(actor, run).filter(~AGREE)


def decisions_in(actor: Actor, state: State) -> ScopedQuerySet[Decision]:
    """The decisions in one state, by school."""
    rows = Decision.objects.for_actor(actor).filter(state=state)
    return rows.select_related("proposal__run", "proposed_by", "approved_by").order_by("proposal__school_name", "pk")


def overrides(actor: Actor) -> ScopedQuerySet[Decision]:
    """The overrides in force or ended without a new decision, the one that ends first on top."""
    rows = Decision.objects.for_actor(actor).filter(state=State.PUBLISHED, kind=Kind.OVERRIDDEN)
    return rows.select_related("proposal__run", "proposed_by").order_by("expires_on", "pk")


def waiting(actor: Actor, run: DeskRun | None, *, on: date) -> Waiting:
    """Count what waits: a fixed number of queries."""
    mine = Decision.objects.for_actor(actor)
    ends = Q(state=State.PUBLISHED, kind=Kind.OVERRIDDEN, expires_on__lt=on + timedelta(days=SOON_DAYS))
    found = mine.aggregate(
        to_approve=Count("pk", filter=Q(state=State.PROPOSED)),
        to_publish=Count("pk", filter=Q(state=State.APPROVED)),
        overrides=Count("pk", filter=ends),
        ended=Count("pk", filter=ends & Q(expires_on__lt=on)),
    )
    left = (
        unsettled(actor, run).aggregate(
            to_agree=Count("pk", filter=AGREE),
            to_judge=Count("pk", filter=~AGREE),
        )
        if run
        else {"to_agree": 0, "to_judge": 0}
    )
    return Waiting(
        **found,
        **left,
        replies=Reply.objects.for_actor(actor).filter(answer="").count(),
        challenges=Challenge.objects.for_actor(actor).filter(outcome=Outcome.OPEN).count(),
    )


def unanswered(actor: Actor) -> tuple[tuple[Reply, ...], tuple[Challenge, ...]]:
    """The replies without an answer and the open challenges, the oldest first."""
    replies = Reply.objects.for_actor(actor).filter(answer="").select_related("decision__proposal", "by")
    challenges = Challenge.objects.for_actor(actor).filter(outcome=Outcome.OPEN)
    return tuple(replies), tuple(challenges.select_related("decision__proposal", "raised_by"))
