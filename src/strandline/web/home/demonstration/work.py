"""What the people of the demonstration have done so far: each step once, whole or not at all."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from strandline.web.decisions import actions as decisions
from strandline.web.decisions.actions.deciding import Given, Settlement
from strandline.web.decisions.models import (
    Challenge,
    Decision,
    DeskRun,
    EvidenceSource,
    Kind,
    Letter,
    Proposal,
    Reply,
    RunCategory,
    Scheme,
    SchemeState,
    State,
)
from strandline.web.decisions.places import run_of
from strandline.web.home.demonstration.accounts import CONSORTIUM
from strandline.web.home.demonstration.authorities import Made
from strandline.web.home.demonstration.clock import days_ago
from strandline.web.officers import actions as officers
from strandline.web.officers.models import Allocation, Responsibility, Task, TaskState, Visit
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.actions import place_in_consortium
from strandline.web.schools.models import School
from strandline.web.triggers import actions as triggers
from strandline.web.triggers.actions import Verdict
from strandline.web.triggers.models import Entry, Outcome, TriggerDecision

WEEKS_AGO = 21
PUBLISHED = 90
PUBLISHED_IN_BRIEF = 30
THIS_WEEK = 6
WAITING = 3
OVERRIDE_DAYS = 14
SOON = 25
CONSORTIUM_SCHOOLS = 14
NOBODY_NAMED = 3


def taken_in(made: Made, *, head: Actor) -> DeskRun:
    """The scheme adopted, the run in the queue, its triggers in the register, its inspections noted."""
    with days_ago(WEEKS_AGO, not_before=made.as_at):
        _adopt(made, head=head)
        taken = decisions.import_run(by=head, run_id=made.run_id)
        desk_run = next(each for each in taken if each.authority == made.code)
        triggers.register_run(by=head, run=run_of(desk_run))
    officers.note_inspections(by=head, run_id=made.run_id)
    return desk_run


@transaction.atomic
def _adopt(made: Made, *, head: Actor) -> None:
    if Scheme.objects.filter(authority=made.code, state=SchemeState.ADOPTED).exists():
        return
    scheme = decisions.draft(by=head, title="", pack=made.pack)
    starts_on = timezone.localdate() - timedelta(days=40)
    decisions.adopt(by=head, scheme_pk=scheme.pk, version=scheme.version, starts_on=starts_on)


@transaction.atomic
def published(desk_run: DeskRun, *, head: Actor, officer: Actor, number: int = PUBLISHED) -> int:
    """
    What was decided of the run: most of it three weeks ago, with an override that has expired since; some this week;
    some waits for approval or publication. Gives the URN of a maintained school that may still reply to its category.
    """
    shown = Decision.objects.filter(proposal__run=desk_run, state=State.PUBLISHED).order_by("pk")
    if not shown.exists():
        wanted = _worth_showing(desk_run, number)
        late, waiting = wanted[-THIS_WEEK - WAITING : -WAITING], wanted[-WAITING:]
        early = wanted[: -THIS_WEEK - WAITING]
        ended, again, open_one = _worth_overriding(early, 2) + _worth_overriding(waiting, 1)
        with days_ago(WEEKS_AGO, not_before=desk_run.as_at):
            _decided_and_published([each for each in early if each is not ended], desk_run, head=head, officer=officer)
            _publish(_overridden(ended, head=head, officer=officer, lasts=OVERRIDE_DAYS), head=head)
        with days_ago(2, not_before=desk_run.as_at):
            _decided_and_published(late, desk_run, head=head, officer=officer)
            again.refresh_from_db()
            _publish(_overridden(again, head=head, officer=officer, lasts=SOON), head=head)
        with days_ago(1, not_before=desk_run.as_at):
            _propose(open_one, officer=officer, lasts=SOON)
            settled = [each.pk for each in waiting if each is not open_one]
            decisions.agree_all(by=officer, run_pk=desk_run.pk, proposals=settled)
    return _latest(desk_run)[0]


def _latest(desk_run: DeskRun) -> list[int]:
    """The maintained primary schools whose category, the rules' own, was published last: most concern first."""
    shown = Decision.objects.filter(proposal__run=desk_run, state=State.PUBLISHED, kind=Kind.AGREED)
    rows = shown.filter(school__maintained=True, school__sector="primary").order_by(
        "-published_on", "-step", "school_id"
    )
    found = list(rows.values_list("school_id", flat=True))
    if not found:
        raise LookupError("no category of a maintained primary school was published")
    return found


def another_published(desk_run: DeskRun, *, than: int) -> int:
    """The URN of another such school."""
    return next((urn for urn in _latest(desk_run) if urn != than), than)


def _decided_and_published(rows: list[Proposal], desk_run: DeskRun, *, head: Actor, officer: Actor) -> None:
    made = decisions.agree_all(by=officer, run_pk=desk_run.pk, proposals=[each.pk for each in rows])
    for one in made:
        _approve(one, head=head)
    decisions.publish(by=head, decisions=[each.pk for each in made])


def _worth_showing(desk_run: DeskRun, number: int) -> list[Proposal]:
    """Schools of every category, most concern first, maintained ones and academies."""
    rows = list(Proposal.objects.filter(run=desk_run, state="decided").order_by("-step", "urn"))
    by_code: dict[str, list[Proposal]] = {}
    for row in rows:
        by_code.setdefault(row.category, []).append(row)
    found: list[Proposal] = []
    while len(found) < number and any(by_code.values()):
        found += [several.pop(0) for several in by_code.values() if several]
    return found[:number]


def _worth_overriding(rows: list[Proposal], number: int) -> list[Proposal]:
    """The schools of most concern in the lower half of the scale: above it the law speaks, not the authority."""
    top = max(each.step or 0 for each in RunCategory.objects.filter(run=rows[0].run))
    lower = [each for each in rows if 2 * (each.step or 0) <= top and _more_concern(each) is not None]
    return sorted(lower, key=lambda each: (-(each.step or 0), each.urn))[:number]


def _more_concern(proposal: Proposal) -> RunCategory | None:
    """The category one step towards more concern; none above the highest."""
    rows = RunCategory.objects.filter(run=proposal.run, step__gt=proposal.step or 0)
    return rows.order_by("step", "place").first()


def _propose(proposal: Proposal, *, officer: Actor, lasts: int) -> Decision:
    other = _more_concern(proposal)
    if other is None:
        raise LookupError("no category of more concern stands above this one")
    settlement = Settlement(
        kind=Kind.OVERRIDDEN,
        category=other.code,
        reason="The head teacher and the deputy left in the same term; the published results tell of the year before.",
        evidence=(
            Given(
                source=EvidenceSource.OFFICER.value,
                statement="Two visits this term: leadership is held by an interim arrangement.",
                dated=timezone.localdate() - timedelta(days=12),
            ),
        ),
        expires_on=timezone.localdate() + timedelta(days=lasts),
    )
    return decisions.decide(by=officer, proposal_pk=proposal.pk, version=proposal.version, settlement=settlement)


def _overridden(proposal: Proposal, *, head: Actor, officer: Actor, lasts: int) -> Decision:
    return _approve(_propose(proposal, officer=officer, lasts=lasts), head=head)


def _approve(one: Decision, *, head: Actor) -> Decision:
    if one.state == State.PROPOSED:
        return decisions.approve(by=head, decision_pk=one.pk, version=one.version)
    return one


def _publish(one: Decision, *, head: Actor) -> None:
    decisions.publish(by=head, decisions=[one.pk])


def letters(urn: int, *, head: Actor) -> None:
    """The letters of one school; those of the others are made in the background when the desk runs."""
    decision = Decision.objects.get(school=urn, state=State.PUBLISHED)
    if not Letter.objects.filter(decision=decision).exists():
        decisions.make_letters(by=head, decisions=[decision.pk])


@transaction.atomic
def replied(urn: int, *, head_teacher: Actor) -> None:
    """The school's head teacher has replied; the authority has not answered yet."""
    decision = Decision.objects.get(school=urn, state=State.PUBLISHED)
    if not Reply.objects.filter(decision=decision).exists():
        text = "The account is right. We ask that the visit planned for spring takes in the early years."
        with days_ago(1):
            decisions.reply(by=head_teacher, decision_pk=decision.pk, view="accurate", text=text)


@transaction.atomic
def allocated(made: Made, *, head: Actor, among: tuple[Actor, ...], urn: int) -> None:
    """Every school but a few has a named officer, and the officers have declared that no interest stands in the way."""
    if Allocation.objects.filter(school__la=made.code).exists():
        return
    schools = list(School.objects.filter(la=made.code, status__startswith="open").order_by("name", "urn"))
    schools.sort(key=lambda each: each.urn != urn)
    named = schools[:-NOBODY_NAMED]
    for turn, officer in enumerate(among):
        whole = officers.reallocate(
            by=head,
            schools=named[turn :: len(among)],
            officer=officer.user,
            effective_on=timezone.localdate(),
            reason="Start of the term",
        )
        offered = Allocation.objects.filter(reallocation=whole).values_list("pk", flat=True)
        officers.declare_none(by=officer, allocations=list(offered))


@transaction.atomic
def tasks_set(made: Made, urn: int, *, officer: Actor) -> None:
    """Inspections of before the desk are attended to, but one report; one task is overdue, one is due soon."""
    if Task.objects.filter(school=urn, kind="other").exists():
        return
    school, today = School.objects.get(urn=urn), timezone.localdate()
    late = Task.objects.filter(school__la=made.code, state=TaskState.OPEN, due_on__lt=today).order_by("due_on", "pk")
    for task in list(late)[:-1]:
        officers.settle_task(
            by=officer, task_pk=task.pk, version=task.version, state=TaskState.DONE, on=max(task.due_on, made.as_at)
        )
    for title, days in (("Send the note of visit", -3), ("Agree the date of the spring review", 9)):
        officers.add_task(by=officer, school=school, title=title, due_on=today + timedelta(days=days))


@transaction.atomic
def visited(made: Made, urns: tuple[int, ...], *, officer: Actor) -> None:
    """Two visits of this term, with what they were for and the hours that they took."""
    if Visit.objects.filter(school__la=made.code).exists():
        return
    today = timezone.localdate()
    told = (
        ("Reading from the first year on was seen in three lessons.", 12, Responsibility.STANDARDS, Decimal("2.5")),
        ("Places for pupils with an education, health and care plan.", 33, Responsibility.VULNERABLE, Decimal("1.5")),
    )
    for urn, (note, days, responsibility, hours) in zip(urns, told, strict=True):
        on = today - timedelta(days=days)
        visitor = officer.user.name
        row = officers.log_visit(
            by=officer,
            school=School.objects.get(urn=urn),
            kind="officer_visit",
            visited_on=on,
            visitor=visitor,
            note=note,
        )
        tags = officers.Tags(responsibility=responsibility, hours=hours)
        officers.tag(by=officer, kind=Visit, pk=row.pk, version=row.version, tags=tags)


@transaction.atomic
def decided_on_triggers(made: Made, *, head: Actor, officer: Actor) -> None:
    """Two trigger decisions: one approved, one waiting; the rest of the register is blank, and overdue in part."""
    entries = Entry.objects.filter(school__la=made.code).order_by("due_on", "pk")
    if TriggerDecision.objects.filter(entry__in=entries).exists():
        return
    for place, entry in enumerate(entries[:2]):
        verdict = Verdict(
            outcome=Outcome.ACT,
            reason="The head teacher and chair of governors have been met; the plan names a partner school.",
            action="A review each half-term, chaired by the service manager.",
        )
        made_now = triggers.decide(by=officer, entry_pk=entry.pk, version=entry.version, verdict=verdict)
        if place == 0:
            triggers.approve(by=head, decision_pk=made_now.pk, version=made_now.version)


@transaction.atomic
def challenged(*, head_teacher: Actor) -> None:
    """Another school's head teacher asks for its category to be looked at again."""
    decision = Decision.objects.for_actor(head_teacher).filter(state=State.PUBLISHED).order_by("pk").first()
    if decision is not None and not Challenge.objects.filter(decision=decision).exists():
        grounds = "The rule counts the results of eleven pupils. Five of them joined us in their last term."
        decisions.challenge(by=head_teacher, decision_pk=decision.pk, grounds=grounds)


def noticed(made: Made) -> None:
    """What the desk notices each day: the override that has expired is flagged and in the register."""
    decisions.lapse_overrides()
    triggers.register_desk(authority=made.code)


@transaction.atomic
def in_consortium(made: Made, *, head: Actor, urn: int) -> None:
    """A consortium of some schools."""
    if School.objects.filter(la=made.code, consortium=CONSORTIUM).exists():
        return
    rows = list(School.objects.filter(la=made.code, sector="primary").order_by("name", "urn")[:CONSORTIUM_SCHOOLS])
    rows += School.objects.filter(urn=urn).exclude(pk__in=[row.pk for row in rows])
    for row in rows:
        place_in_consortium(by=head, school=row, version=row.version, consortium=CONSORTIUM)


MODERATORS = (Role.HEAD_OF_SERVICE, Role.OFFICER)
