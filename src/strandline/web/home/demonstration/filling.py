"""Filling a desk: authorities, people, decisions; and the log-ins that are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from strandline.web.decisions.models import State
from strandline.web.home.demonstration import accounts, authorities, casework, forecasts, heard, publication, work
from strandline.web.home.demonstration.accounts import Reached
from strandline.web.home.demonstration.authorities import Made
from strandline.web.home.demonstration.clock import days_ago
from strandline.web.people import scope
from strandline.web.people.roles import Role, Scope
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """An account and its new password."""

    role: str
    authority: str
    reaches: str
    email: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What stands on the desk, and who may sign in."""

    authorities: tuple[str, ...]
    log_ins: tuple[LogIn, ...]


def fill(folder: Path, *, seed: int = 1, tell: Tell = lambda _: None) -> Filled:
    """
    Fill the desk with the three authorities below `folder`, one account for each role in the most recent of them.

    What is there already stays; passwords are made anew each time. The home of the desk is that of the settings.
    """
    made = authorities.make(folder, home=Path(settings.RUNS_HOME), seed=seed, tell=tell)
    full = authorities.most_recent(made, on=timezone.localdate())
    log_ins: list[LogIn] = []
    with scope.everywhere("the demonstration fills every authority"):
        for one in sorted(made, key=lambda each: each is not full):
            tell(f"Filling the desk of {one.name}")
            log_ins += _full(one) if one is full else _brief(one)
    return Filled(authorities=tuple(one.name for one in made), log_ins=tuple(log_ins))


def _brief(made: Made) -> list[LogIn]:
    """An authority with its run in the queue, some categories published, and its head of service."""
    people = accounts.staff(made, roles=work.MODERATORS)
    head, officer = people[Role.HEAD_OF_SERVICE], people[Role.OFFICER]
    desk_run = work.taken_in(made, head=head)
    work.published(desk_run, head=head, officer=officer, number=work.PUBLISHED_IN_BRIEF)
    work.noticed(made)
    forecasts.given(made, officer=officer)
    return [_log_in(made, Role.HEAD_OF_SERVICE, head, _reach(head))]


def _full(made: Made) -> list[LogIn]:
    """An authority in which every role has an account and something to do."""
    people = accounts.staff(made)
    head, officer = people[Role.HEAD_OF_SERVICE], people[Role.OFFICER]
    desk_run = work.taken_in(made, head=head)
    urn = work.published(desk_run, head=head, officer=officer)
    work.in_consortium(made, head=head, urn=urn)
    with days_ago(work.WEEKS_AGO, not_before=made.as_at):
        work.allocated(made, head=head, among=(officer, *accounts.more_officers(made)), urn=urn)
    people |= accounts.everybody_else(made, _reached(made, urn))
    other = work.another_published(desk_run, than=urn)
    work.letters(urn, head=head)
    work.replied(urn, head_teacher=people[Role.HEAD_TEACHER])
    neighbour = accounts.second_head_teacher(made, _reached(made, other))
    work.challenged(head_teacher=neighbour)
    work.tasks_set(made, urn, officer=head)
    work.visited(made, (urn, other), officer=officer)
    work.decided_on_triggers(made, head=head, officer=officer)
    heard.everything(made, urn=urn, other=other, officer=officer, head=head)
    casework.everything(made, urn=urn, other=other, officer=officer, head=head)
    forecasts.given(made, officer=officer)
    work.noticed(made)
    strategy = publication.publish(made, head=head, manager=people[Role.SERVICE_MANAGER])
    publication.acknowledged(strategy, by=neighbour)
    return [_log_in(made, role, people[role], _reach(people[role])) for role in Role]


def _reached(made: Made, urn: int) -> Reached:
    """The school of the accounts, and the trust and the diocese with the most published categories."""
    schools = School.objects.filter(la=made.code)
    trust = _largest(made, "trust_uid")
    named = schools.filter(trust_uid=trust).values_list("trust_name", flat=True).first() if trust else ""
    return Reached(
        school=schools.get(urn=urn),
        trust_uid=trust or "none",
        trust_name=named or "",
        diocese=_largest(made, "diocese") or "none",
    )


def _largest(made: Made, column: str) -> str:
    rows = School.objects.filter(la=made.code).exclude(**{column: ""}).order_by().values_list(column)
    shown = Count("decisions", filter=Q(decisions__state=State.PUBLISHED))
    counted = (
        rows.annotate(shown=shown, schools=Count("pk", distinct=True)).order_by("-shown", "-schools", column).first()
    )
    return str(counted[0]) if counted else ""


def _reach(actor: Actor) -> str:
    held = actor.assignments[0]
    if held.school_urn is not None:
        return School.objects.get(urn=held.school_urn).name
    if held.scope is Scope.TRUST:
        named = School.objects.filter(trust_uid=held.cluster).values_list("trust_name", flat=True).first()
        return named or held.cluster
    return held.cluster or held.scope.words


def _log_in(made: Made, role: Role, actor: Actor, reaches: str) -> LogIn:
    password = accounts.new_password(actor.user)
    return LogIn(role=role.words, authority=made.name, reaches=reaches, email=actor.user.email, password=password)
