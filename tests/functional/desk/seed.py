"""Fill a desk with the demonstration, and print as JSON one person per role with a session in which they signed in."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

import django


def main() -> None:
    """Migrate, fill, sign everybody in. The authority whose every role has an account comes first."""
    django.setup()
    from strandline.web.config import serving
    from strandline.web.home.demonstration import fill
    from strandline.web.people import scope
    from strandline.web.people.models import Assignment, User

    serving.migrate()
    filled = fill(Path(os.environ["STRANDLINE_HOME"]) / "files", tell=lambda words: print(words, file=sys.stderr))
    people: dict[str, dict[str, object]] = {}
    with scope.everywhere("the browser's desk is filled"):
        for one in filled.log_ins:
            user = User.objects.get(email=one.email)
            held = Assignment.objects.filter(user=user).order_by("pk").first()
            people.setdefault(
                one.role.lower().replace(" ", "_"),
                {
                    "email": one.email,
                    "password": one.password,
                    "authority": one.authority,
                    "school": held.school_urn if held else None,
                    "session": session_of(user),
                },
            )
        order_runs()
        clone_scheme(str(people["head_of_service"]["email"]))
    json.dump(people, sys.stdout)


def order_runs() -> None:
    """Let a run of each authority wait for its turn: nobody does background work for the browser's desk."""
    from strandline.web.decisions.models import DeskRun, RunOrder
    from strandline.web.people.models import Assignment

    for run in DeskRun.objects.order_by("authority", "pk"):
        held = Assignment.objects.filter(authority=run.authority).order_by("pk").first()
        if held is not None:
            RunOrder.objects.create(authority=run.authority, pack=run.pack, as_at=run.as_at, asked_by=held.user)


def clone_scheme(email: str) -> None:
    """Leave a draft whose values may be changed: a copy of the scheme that is in force."""
    from strandline.web.decisions import actions
    from strandline.web.decisions.models import Scheme, SchemeState
    from strandline.web.people.models import User
    from strandline.web.people.queries import actor_for

    head = actor_for(User.objects.get(email=email))
    in_force = Scheme.objects.filter(authority=head.authority, state=SchemeState.ADOPTED).order_by("pk").first()
    if in_force is not None:
        actions.clone(by=head, scheme_pk=in_force.pk, title="A copy to try other values on")


def session_of(user: object) -> str:
    """Give the key of a session in which the person has signed in."""
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
