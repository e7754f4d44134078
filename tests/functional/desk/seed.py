"""
Fill a desk for the browser and print, as JSON, one person per role with a signed-in session.

The desk holds Sandmouth, an authority that never was: its official files, one adopted scheme, one run in the queue, two
schools with a named officer, three published categories. The head teacher's school is one of the three.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import django

PASSWORD = "tide-line-2026"


def main() -> None:
    """Migrate, run, take in, decide, publish; print who may sign in."""
    django.setup()
    from django.utils import timezone

    from strandline.web.config import serving
    from strandline.web.people import scope

    serving.migrate()
    code, run_id, pack = made_run(Path(os.environ["STRANDLINE_HOME"]))
    with scope.everywhere("the browser's desk is filled"):
        staff = people(code, only=("head_of_service", "service_manager", "officer", "analyst", "auditor"))
        desk_run = taken_in(staff, run_id=run_id, pack=pack, on=timezone.localdate())
        shown = published(staff, desk_run)
        everyone = {**staff, **people(code, clusters=clusters(shown), school_urn=shown)}
        officers(staff, shown)
        sessions = {role: session_of(user) for role, user in everyone.items()}
    json.dump(
        {
            role: {"email": user.email, "password": PASSWORD, "session": sessions[role], "school": str(shown)}
            for role, user in everyone.items()
        },
        sys.stdout,
    )


def made_run(home: Path) -> tuple[int, str, str]:
    """Write Sandmouth's official files, add them, run its strategy."""
    from strandline.generate import demonstration
    from strandline.runs import data
    from strandline.runs.proposals import run

    made = demonstration._sandmouth(home / "files", 1)
    data.add(home, paths=made.files, part=True)
    authority = made.authority
    found = run(
        home, pack=authority.pack, as_at=authority.as_at, authority=str(authority.code), judgements=made.judgements
    )
    return authority.code, found.run_id, authority.pack


def people(
    code: int, *, only: tuple[str, ...] = (), clusters: Mapping[Any, str] | None = None, school_urn: int | None = None
) -> dict[str, Any]:
    """Make one person for each role, or for those named; those who exist already are left out."""
    from strandline.web.people.models import Assignment, Organisation, OrganisationKind, User
    from strandline.web.people.roles import SCOPES, Role, Scope

    council, _ = Organisation.objects.get_or_create(
        kind=OrganisationKind.AUTHORITY, authority=code, defaults={"name": "Sandmouth Council"}
    )
    made = {}
    for role in Role:
        email = f"{role.value}@example.org"
        if (only and role.value not in only) or User.objects.filter(email=email).exists():
            continue
        reach = SCOPES[role][0]
        user = User.objects.create_user(email, name=role.words, password=PASSWORD, organisation=council)
        Assignment.objects.create(
            user=user,
            role=role.value,
            authority=code,
            scope=reach.value,
            school_urn=school_urn if reach is Scope.SCHOOL else None,
            cluster=(clusters or {}).get(reach, ""),
            starts_on=date(2020, 9, 1),
        )
        made[role.value] = user
    return made


def clusters(urn: int) -> dict[Any, str]:
    """Name a trust, a diocese and a consortium: those of schools on the desk where they have any."""
    from strandline.web.people.roles import Scope
    from strandline.web.schools.models import School

    School.objects.filter(urn=urn).update(consortium="Harbour")
    found = {Scope.CONSORTIUM: "Harbour"}
    for reach, column in ((Scope.TRUST, "trust_uid"), (Scope.DIOCESE, "diocese")):
        named = School.objects.exclude(**{column: ""}).values_list(column, flat=True).first()
        found[reach] = named or "none here"
    return found


def taken_in(staff: Mapping[str, Any], *, run_id: str, pack: str, on: date) -> Any:
    """Adopt the scheme and take the run to the desk."""
    from strandline.web.decisions import actions
    from strandline.web.people.queries import actor_for

    head = actor_for(staff["head_of_service"])
    drafted = actions.draft(by=head, title="World class primaries", pack=pack)
    actions.adopt(by=head, scheme_pk=drafted.pk, version=drafted.version, starts_on=on)
    return actions.import_run(by=head, run_id=run_id)[0]


def published(staff: Mapping[str, Any], desk_run: Any) -> int:
    """Agree with three proposals as an officer, approve and publish them as the head; give the first school's URN."""
    from strandline.web.decisions import actions
    from strandline.web.decisions.models import Decision, Proposal
    from strandline.web.people.queries import actor_for

    officer, head = actor_for(staff["officer"]), actor_for(staff["head_of_service"])
    wanted = list(Proposal.objects.filter(run=desk_run, state="decided").order_by("urn")[:3])
    made = actions.agree_all(by=officer, run_pk=desk_run.pk, proposals=[one.pk for one in wanted])
    for one in Decision.objects.filter(pk__in=[one.pk for one in made], state="proposed"):
        actions.approve(by=head, decision_pk=one.pk, version=one.version)
    actions.publish(by=head, decisions=[one.pk for one in made])
    return int(wanted[0].urn)


def officers(staff: Mapping[str, Any], urn: int) -> None:
    """Propose the officer for two schools; for the first they declare that no interest stands in the way."""
    from strandline.web.officers import actions
    from strandline.web.people.queries import actor_for
    from strandline.web.schools.models import School

    head, officer = actor_for(staff["head_of_service"]), actor_for(staff["officer"])
    rows = [
        actions.propose(by=head, school=school, officer=staff["officer"], starts_on=date(2026, 9, 1))
        for school in (School.objects.get(urn=urn), School.objects.exclude(urn=urn).order_by("urn").first())
    ]
    actions.declare(by=officer, allocation_pk=rows[0].pk, conflict=False)


def session_of(user: Any) -> str:
    """Give the key of a session in which the person has signed in."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    main()
