"""Sandmouth on the desk: an adopted scheme, a run, two published categories."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings as desk_settings
from django.utils import timezone

from strandline.web.people.models import Assignment, User
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import SCOPES, Role
from strandline.web.people.scope import Actor

SANDMOUTH = 990


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The filled desk: two schools with a published category, and one of another trust without."""

    published: tuple[int, int]
    other: int


def fill() -> Filled:
    from strandline.runs.record import list_runs
    from strandline.web.decisions import actions
    from strandline.web.decisions.actions.deciding import Settlement
    from strandline.web.decisions.models import Kind, Proposal
    from strandline.web.decisions.models.proposing import ProposalState
    from strandline.web.schools.models import Line, School

    head = someone(Role.HEAD_OF_SERVICE)
    drafted = actions.draft(by=head, title="World class primaries", pack="sefton-2010")
    actions.adopt(by=head, scheme_pk=drafted.pk, version=drafted.version, starts_on=timezone.localdate())
    (run,) = list_runs(desk_settings.RUNS_HOME)
    desk_run = actions.import_run(by=None, run_id=run.run_id)[0]
    rows = list(Proposal.objects.filter(run=desk_run, state=ProposalState.DECIDED).order_by("urn")[:3])
    agreed = Settlement(kind=Kind.AGREED)
    made = [actions.decide(by=head, proposal_pk=row.pk, version=row.version, settlement=agreed) for row in rows[:2]]
    actions.publish(by=head, decisions=[row.pk for row in made])
    for row, trust in zip(rows, ("T1", "T2", "T2"), strict=True):
        School.objects.filter(pk=row.urn).update(trust_uid=trust)
        Line.objects.filter(school=row.urn).update(trust_uid=trust)
    return Filled(published=(rows[0].urn, rows[1].urn), other=rows[2].urn)


def someone(role: Role, *, authority: int = SANDMOUTH, email: str = "") -> Actor:
    """A person with a role."""
    address = email or f"{role.value}.{authority}@sandmouth.example.org"
    user = User.objects.create_user(address, name=role.words, password="tide-line-2026")
    Assignment.objects.create(
        user=user, role=role.value, authority=authority, scope=SCOPES[role][0].value, starts_on=timezone.localdate()
    )
    return actor_for(user)
