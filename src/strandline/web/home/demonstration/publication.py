"""The strategy of the demonstration, published to its schools, with a log of what was said."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from strandline.web.home.demonstration.authorities import Made
from strandline.web.people.scope import Actor
from strandline.web.strategies import actions
from strandline.web.strategies.actions import Outline
from strandline.web.strategies.models import Group, PlanKind, Receipt, StrategyVersion

STATEMENT = (
    "The authority is the champion of every child in the area, whatever the status of their school.\n\n"
    "It knows each school by its published results and inspections, by what its officers see, and by what the school "
    "tells it; puts it in a category by the rules of this strategy; says why; and listens to the reply.\n\n"
    "For the schools that it maintains it has statutory responsibilities, intervention among them. For academies it "
    "has none: it watches how they do, offers what it offers to all, and takes a concern to the trust and then to the "
    "regulator.\n\n"
    "It brokers support between schools, and answers in public once a year for what it has done."
)
COMMENTS = (
    (Group.HEADS, "Say sooner who our officer will be in September.", "Officers are named before the summer holiday."),
    (Group.GOVERNORS, "The letter should go to the chair as well.", "Every letter goes to head teacher and chair."),
    (Group.PARENTS, "We cannot tell what the categories mean.", "Each is explained in words beside its code."),
    (Group.MEMBERS, "Report academies together with the rest.", "Totals include academies and can be split."),
    (Group.STAKEHOLDERS, "Dioceses hear of a concern too late.", ""),
    (Group.OFFICERS, "An override should not last for ever.", "Each one ends on a day that stands beside it."),
)


@transaction.atomic
def publish(made: Made, *, head: Actor, manager: Actor) -> StrategyVersion:
    """The first version, consulted on, approved and published, and a draft of the second."""
    there = StrategyVersion.objects.filter(authority=made.code).order_by("number").first()
    if there is not None:
        return there
    today = timezone.localdate()
    outline = Outline(
        title=f"{made.name}: every school, known and supported",
        period_from=date(today.year, 9, 1),
        period_until=date(today.year + 3, 8, 31),
        statement=STATEMENT,
    )
    row = actions.draft(by=manager, pack=made.pack, outline=outline)
    actions.link(by=manager, strategy_pk=row.pk, kind=PlanKind.PARENT, title=f"{made.name} Council Plan")
    actions.link(by=manager, strategy_pk=row.pk, kind=PlanKind.PARENT, title="Children and Young People's Plan")
    actions.link(by=manager, strategy_pk=row.pk, kind=PlanKind.SISTER, title="Inclusion strategy")
    heard_on = today - timedelta(days=45)
    for group, said, did in COMMENTS:
        comment = actions.log_comment(
            by=manager, strategy_pk=row.pk, group=group, said=said, heard_on=heard_on, heard_where="Consultation"
        )
        if did:
            actions.answer(by=manager, comment_pk=comment.pk, version=comment.version, did=did)
    row = actions.approve(
        by=head,
        strategy_pk=row.pk,
        version=row.version,
        approved_on=today - timedelta(days=14),
        where="Cabinet, item 7",
    )
    row = actions.publish(by=head, strategy_pk=row.pk, version=row.version)
    actions.draft(by=manager, pack=made.pack, outline=outline)
    return row


@transaction.atomic
def acknowledged(row: StrategyVersion, *, by: Actor) -> None:
    """One school has read it; the others have not yet."""
    waiting = Receipt.objects.for_actor(by).filter(strategy=row, acknowledged_at__isnull=True).first()
    if waiting is not None:
        actions.acknowledge(by=by, receipt_pk=waiting.pk, version=waiting.version)
