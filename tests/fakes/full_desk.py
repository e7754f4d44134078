"""What the demonstration has nothing of yet: one object in each state that has a form, made by its own people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from strandline.web.api import actions as tokens
from strandline.web.concerns import actions as concerns
from strandline.web.concerns.actions import Decided, Drafted
from strandline.web.concerns.casework import casework
from strandline.web.concerns.models import Case, Condition, Kind, Notice
from strandline.web.decisions import actions as decisions
from strandline.web.decisions.models import Challenge, Decision, Reply, Scheme, SchemeState, State
from strandline.web.decisions.models.correspondence import Outcome
from strandline.web.intelligence.models import Item
from strandline.web.officers import actions as officers
from strandline.web.officers.models import Allocation, AllocationState, Task, TaskState
from strandline.web.people import actions as people
from strandline.web.people.models import Assignment, Draft
from strandline.web.people.reach import Wanted
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools import actions as schools
from strandline.web.schools.forms import DOCUMENT_KINDS
from strandline.web.schools.models import ContactBody, FigureKind, School
from strandline.web.schools.uploads import accept
from strandline.web.strategies import actions as strategies
from strandline.web.strategies.models import Comment, PlanKind, StrategyVersion, VersionState
from strandline.web.triggers import referring
from strandline.web.triggers.models import Entry, Regulator

People = Mapping[Role, Actor]
SOON = timedelta(days=30)


def complete(people_: People) -> tuple[str, ...]:
    """Fill what is empty, and give the pages from which the forms can be reached."""
    found = [make(people_) for make in (_schools, _decisions, _triggers, _officers, _concerns, _strategies, _accounts)]
    return tuple(address for addresses in found for address in addresses)


def _own(by: People) -> School:
    """The school whose head teacher has an account."""
    return School.objects.get(urn=by[Role.HEAD_TEACHER].assignments[0].school_urn)


def _academy(by: People) -> School:
    """The last school of the list, as if it had converted: the authority of 2010 has no academy."""
    row = School.objects.filter(la=by[Role.HEAD_OF_SERVICE].authority).order_by("urn").last()
    row.legal_form, row.maintained = "academy_converter", False
    row.save()
    return row


def _schools(by: People) -> Iterator[str]:
    head, school, today = by[Role.HEAD_OF_SERVICE], _own(by), timezone.localdate()
    about = {"role": "Link adviser", "name": "A. Reader", "email": "", "telephone": "", "note": "", "starts_on": today}
    contact = schools.add_contact(by=head, school=school, body=ContactBody.AUTHORITY, **about)
    kept = {"title": "Notes of a visit", "kind": DOCUMENT_KINDS[0], "dated": today}
    upload = accept(SimpleUploadedFile("notes.txt", b"Notes of a visit"))
    document = schools.add_document(by=head, school=school, upload=upload, **kept)
    figure = schools.give_figure(
        by=head,
        school=school,
        measure="ks2_rwm_expected",
        results_year=today.year + 1,
        kind=FigureKind.PREDICTION,
        value=61,
        source="Forecast of the spring",
        given_on=today,
    )
    schools.save_list(by=head, name="Primary schools", query="sector=primary")
    academy = _academy(by)
    yield f"/schools/{school.urn}/"
    yield f"/schools/{school.urn}/consortium/"
    yield f"/schools/{school.urn}/contacts/add/"
    yield f"/schools/{school.urn}/contacts/{contact.pk}/"
    yield f"/schools/{school.urn}/contacts/{contact.pk}/end/"
    yield f"/schools/{school.urn}/documents/add/"
    yield f"/schools/{school.urn}/documents/{document.pk}/withdraw/"
    yield f"/schools/{school.urn}/forward/add/"
    yield f"/schools/{school.urn}/forward/{figure.pk}/"
    yield f"/schools/{school.urn}/forward/{figure.pk}/withdraw/"
    yield f"/schools/{academy.urn}/sharing/"


def _decisions(by: People) -> Iterator[str]:
    head, school = by[Role.HEAD_OF_SERVICE], _own(by)
    adopted = Scheme.objects.get(authority=head.authority, state=SchemeState.ADOPTED)
    draft = decisions.draft(by=head, title="A draft", pack=adopted.pack)
    copy = decisions.clone(by=head, scheme_pk=adopted.pk, title="A copy")
    open_now = Decision.objects.filter(school__la=head.authority)
    back = open_now.filter(state=State.APPROVED).order_by("pk")[0]
    decisions.withdraw(by=head, decision_pk=back.pk, version=back.version, reason="To be decided again")
    yield "/decisions/queue/"
    yield f"/decisions/proposals/{back.proposal_id}/"
    yield f"/decisions/proposals/{back.proposal_id}/settle/"
    for row in open_now.filter(state=State.PROPOSED).order_by("pk")[:1]:
        yield f"/decisions/{row.pk}/"
        yield f"/decisions/{row.pk}/return/"
    for row in open_now.filter(state=State.APPROVED).order_by("pk")[:1]:
        yield f"/decisions/{row.pk}/"
        yield f"/decisions/{row.pk}/withdraw/"
    for row in Reply.objects.filter(decision__school__la=head.authority, answer="")[:1]:
        yield f"/decisions/replies/{row.pk}/"
    for row in Challenge.objects.filter(decision__school__la=head.authority, outcome=Outcome.OPEN)[:1]:
        yield f"/decisions/challenges/{row.pk}/"
    yield f"/decisions/schools/{school.urn}/risk/"
    yield f"/decisions/schools/{school.urn}/reply/"
    yield f"/decisions/schools/{school.urn}/challenge/"
    yield f"/decisions/schemes/{draft.pk}/adopt/"
    yield f"/decisions/schemes/{copy.pk}/values/"
    for step in ("renew", "change", "clone", "try"):
        yield f"/decisions/schemes/{adopted.pk}/{step}/"


def _triggers(by: People) -> Iterator[str]:
    head, today = by[Role.HEAD_OF_SERVICE], timezone.localdate()
    academy = _academy(by)
    letters = [
        referring.write(by=head, school=academy, regulator=Regulator.OFSTED, letter="The concern is this.")
        for _ in range(2)
    ]
    sent = {"version": letters[1].version, "sent_on": today, "answer_due_on": today + SOON}
    referring.send(by=head, referral_pk=letters[1].pk, **sent)
    entries = Entry.objects.filter(school__la=head.authority).order_by("due_on", "pk")
    for row in entries.filter(decisions__isnull=True)[:1]:
        yield f"/triggers/{row.pk}/decide/"
        yield f"/triggers/decide/?chosen={row.pk}:{row.version}"
    for row in entries.filter(decisions__isnull=False)[:2]:
        yield f"/triggers/{row.pk}/"
    yield "/triggers/waiting/"
    yield f"/triggers/powers/{academy.urn}/notify/"
    yield f"/triggers/referrals/{letters[0].pk}/sent/"
    yield f"/triggers/referrals/{letters[1].pk}/answer/"
    yield f"/intelligence/schools/{_own(by).urn}/add/"
    for row in Item.objects.filter(school=_own(by), closed_on=None).order_by("pk")[:1]:
        yield f"/intelligence/{row.pk}/change/"
        yield f"/intelligence/{row.pk}/review/"


def _officers(by: People) -> Iterator[str]:
    head, manager, officer = by[Role.HEAD_OF_SERVICE], by[Role.SERVICE_MANAGER], by[Role.OFFICER]
    school, today = _own(by), timezone.localdate()
    named = Allocation.objects.filter(state=AllocationState.CONFIRMED).values("school")
    free = list(
        School.objects.filter(la=head.authority, status__startswith="open").exclude(pk__in=named).order_by("urn")
    )
    offered = officers.propose(by=head, school=free[0], officer=officer.user, starts_on=today)
    interest = officers.propose(by=head, school=free[1], officer=officer.user, starts_on=today)
    officers.declare(by=officer, allocation_pk=interest.pk, conflict=True, nature="A relative teaches there")
    moved = officers.reallocate(
        by=head, schools=free[2:3], officer=manager.user, effective_on=today, reason="Start of the term"
    )
    visit = officers.log_visit(by=head, school=school, kind="officer_visit", visited_on=today, visitor="Officer")
    own = Allocation.objects.get(school=school, state=AllocationState.CONFIRMED, ends_on=None)
    yield f"/officers/schools/{school.urn}/"
    yield f"/officers/schools/{school.urn}/propose/"
    yield f"/officers/schools/{school.urn}/tasks/add/"
    yield f"/officers/schools/{school.urn}/inspection/"
    yield f"/officers/schools/{school.urn}/visit/"
    yield "/officers/offers/"
    yield f"/officers/offers/{offered.pk}/"
    yield f"/officers/allocations/{interest.pk}/interest/"
    yield f"/officers/allocations/{interest.pk}/withdraw/"
    yield f"/officers/allocations/{own.pk}/end/"
    yield f"/officers/allocations/{own.pk}/reply/"
    yield f"/officers/reallocate/{moved.pk}/"
    for row in Task.objects.filter(school=school, state=TaskState.OPEN).order_by("pk")[:1]:
        yield f"/officers/tasks/{row.pk}/"
        yield f"/officers/tasks/{row.pk}/classify/"
    yield f"/officers/visits/{visit.pk}/classify/"


def _concerns(by: People) -> Iterator[str]:
    head, officer, today = by[Role.HEAD_OF_SERVICE], by[Role.OFFICER], timezone.localdate()
    open_now = Case.objects.filter(school__la=head.authority, closed_on=None).order_by("pk")
    case = open_now.filter(kind=Kind.CONCERN, school=_own(by))[0]
    plain = open_now.filter(kind=Kind.NO_CONCERN)[0]
    told = Drafted(power="s60", matters="Standards fell.", action_required="A plan.", comply_by=today + SOON)
    notice = concerns.draft(by=officer, case_pk=case.pk, told=told)
    asked = Decided(
        about="issue", area="standards", outcome="Issue it", notes="It fell.", authoriser=head.user, notice_pk=notice.pk
    )
    failed = concerns.draft(by=officer, case_pk=case.pk, told=told)
    Notice.objects.filter(pk=failed.pk).update(state="not_met", issued_on=today, found_on=today)
    for step in casework().before("s64"):
        noted = {"step": step.key, "done": True, "on": today, "evidence": "Note of the meeting"}
        concerns.note_step(by=officer, case_pk=case.pk, **noted)
    waiting = concerns.decide(by=officer, case_pk=case.pk, decided=asked)
    yield f"/concerns/{plain.pk}/turn/"
    yield f"/concerns/{plain.pk}/close/"
    yield f"/concerns/{plain.pk}/delete/"
    yield f"/concerns/{case.pk}/"
    yield f"/concerns/{case.pk}/narrative/"
    yield f"/concerns/{case.pk}/decide/"
    yield f"/concerns/{case.pk}/notices/add/"
    yield f"/concerns/decisions/{waiting.pk}/answer/"
    yield f"/concerns/decisions/{waiting.pk}/take-back/"
    yield f"/concerns/notices/{notice.pk}/conditions/add/"
    yield f"/concerns/notices/{notice.pk}/move/withdrawn/"
    yield f"/concerns/notices/{failed.pk}/escalate/"
    for row in Condition.objects.filter(notice__case=case).order_by("pk")[:1]:
        yield f"/concerns/conditions/{row.pk}/"
        yield f"/concerns/notices/{row.notice_id}/"
    yield f"/concerns/reassign/?chosen={case.pk}"


def _strategies(by: People) -> Iterator[str]:
    head, today = by[Role.HEAD_OF_SERVICE], timezone.localdate()
    rows = StrategyVersion.objects.filter(authority=head.authority)
    published = rows.get(state=VersionState.PUBLISHED)
    draft = rows.get(state=VersionState.DRAFT)
    plan = strategies.link(by=head, strategy_pk=draft.pk, kind=PlanKind.PARENT, title="Council Plan")
    approved = strategies.draft(by=head, pack=published.pack)
    strategies.link(by=head, strategy_pk=approved.pk, kind=PlanKind.PARENT, title="Council Plan")
    strategies.change(by=head, strategy_pk=approved.pk, version=approved.version, outline=_outline(published))
    approved.refresh_from_db()
    strategies.approve(
        by=head, strategy_pk=approved.pk, version=approved.version, approved_on=today, where="Cabinet, item 9"
    )
    yield f"/strategies/{published.pk}/"
    for step in ("change", "pack", "plans/add", "approve", "consultation/add"):
        yield f"/strategies/{draft.pk}/{step}/"
    yield f"/strategies/plans/{plan.pk}/remove/"
    yield f"/strategies/{approved.pk}/send-back/"
    yield f"/strategies/{approved.pk}/publish/"
    for row in Comment.objects.filter(strategy=published, did="").order_by("pk")[:1]:
        yield f"/strategies/comments/{row.pk}/answer/"


def _outline(row: StrategyVersion) -> strategies.Outline:
    return strategies.Outline(
        title=f"{row.title}, the next",
        period_from=date(row.period_from.year, 9, 1),
        period_until=row.period_until,
        statement=row.statement,
    )


def _accounts(by: People) -> Iterator[str]:
    head, today = by[Role.HEAD_OF_SERVICE], timezone.localdate()
    wanted = Wanted(role=Role.ANALYST)
    invited, _ = people.invite(
        by=head, email="new@example.org", name="A new analyst", wanted=wanted, authority=head.authority
    )
    token, _ = tokens.make(by=head, name="A report", wanted=wanted, expires_on=today + SOON)
    draft = Draft.objects.create(user=head.user, path="/people/invite/", fields=[["name", "Half a name"]])
    analyst = by[Role.ANALYST].user
    held = Assignment.objects.get(user=analyst)
    yield f"/people/invitations/{invited.pk}/withdraw/"
    yield f"/people/kept/{draft.pk}/"
    yield f"/people/{analyst.pk}/assign/"
    yield f"/people/{analyst.pk}/sign-in/"
    yield f"/people/assignments/{held.pk}/end/"
    yield "/api/tokens/new/"
    yield f"/api/tokens/{token.pk}/revoke/"
