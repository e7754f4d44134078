"""Fill a desk for the browser: tables, one person per role, and a signed-in session for each, printed as JSON."""

from __future__ import annotations

import json
import sys
from datetime import date

import django

PASSWORD = "tide-line-2026"
AUTHORITY = 850


def main() -> None:
    """Migrate, add the people, print their sessions."""
    django.setup()
    from strandline.web.config import serving

    serving.migrate()
    json.dump(people(), sys.stdout)


def people() -> dict[str, dict[str, str]]:
    """Make one person per role and sign each in."""
    from strandline.web.people import scope
    from strandline.web.people.models import Assignment, Organisation, OrganisationKind, User
    from strandline.web.people.roles import SCOPES, Role, Scope

    clusters = {Scope.TRUST: "5001", Scope.DIOCESE: "Diocese of Northwold", Scope.CONSORTIUM: "North"}
    made = {}
    with scope.everywhere("the browser's desk is filled"):
        council = Organisation.objects.create(
            kind=OrganisationKind.AUTHORITY, authority=AUTHORITY, name="Northwold Council"
        )
        for role in Role:
            reach = SCOPES[role][0]
            user = User.objects.create_user(
                f"{role.value}@example.org", name=role.words, password=PASSWORD, organisation=council
            )
            Assignment.objects.create(
                user=user,
                role=role.value,
                authority=AUTHORITY,
                scope=reach.value,
                school_urn=100_001 if reach is Scope.SCHOOL else None,
                cluster=clusters.get(reach, ""),
                starts_on=date(2020, 9, 1),
            )
            made[role.value] = {"email": user.email, "password": PASSWORD, "session": session_of(user)}
    return made


def session_of(user: object) -> str:
    """Give the key of a session in which the person has signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


if __name__ == "__main__":
    main()
