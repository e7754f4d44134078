"""One account for each role, with a password that is printed once and made anew each time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from strandline.web import audit
from strandline.web.home.demonstration.authorities import Made
from strandline.web.people.actions import council_of, organisation_named
from strandline.web.people.models import Assignment, Organisation, OrganisationKind, User
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import SCOPES, Role, Scope
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

SINCE = date(2020, 9, 1)
CONSORTIUM = "Harbour"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
STAFF = (Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER, Role.OFFICER, Role.ANALYST, Role.AUDITOR)
PLACES = {
    Role.HEAD_TEACHER: OrganisationKind.SCHOOL,
    Role.CHAIR_OF_GOVERNORS: OrganisationKind.SCHOOL,
    Role.GOVERNOR: OrganisationKind.SCHOOL,
    Role.TRUST: OrganisationKind.TRUST,
    Role.DIOCESE: OrganisationKind.DIOCESE,
    Role.EXTERNAL_PROVIDER: OrganisationKind.PROVIDER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Which school, trust, diocese and consortium the accounts are for."""

    school: School
    trust_uid: str
    trust_name: str
    diocese: str

    def cluster(self, scope: Scope) -> str:
        """The cluster of an account with that scope."""
        return {Scope.TRUST: self.trust_uid, Scope.DIOCESE: self.diocese, Scope.CONSORTIUM: CONSORTIUM}.get(scope, "")


def email_of(role: Role, made: Made, *, nth: str = "") -> str:
    """The address of an account: the role's own name, nobody's."""
    name = role.value.replace("_", ".")
    return f"{name}{f'.{nth}' if nth else ''}@{made.name.lower()}.example"


def staff(made: Made, *, roles: tuple[Role, ...] = STAFF) -> dict[Role, Actor]:
    """The accounts of the service, made where they are not there yet."""
    council = council_of(made.code, name=f"{made.name} Council")
    return {role: actor_for(_account(role, made, council), authority=made.code) for role in roles}


def more_officers(made: Made) -> tuple[Actor, ...]:
    """The other officers: somebody else to approve, and most of the caseload."""
    council = council_of(made.code, name=f"{made.name} Council")
    return tuple(
        actor_for(_account(Role.OFFICER, made, council, nth=nth), authority=made.code)
        for nth in ("two", "three", "four")
    )


def everybody_else(made: Made, reached: Reached) -> dict[Role, Actor]:
    """The accounts outside the service: of schools, clusters, members."""
    council = council_of(made.code, name=f"{made.name} Council")
    names = {
        OrganisationKind.SCHOOL: reached.school.name,
        OrganisationKind.TRUST: reached.trust_name,
        OrganisationKind.DIOCESE: reached.diocese,
        OrganisationKind.PROVIDER: f"{made.name} Learning Partnership",
    }
    found = {}
    for role in Role:
        if role not in STAFF:
            kind = PLACES.get(role)
            place = organisation_named(names[kind], kind=kind) if kind and names[kind] else council
            user = _account(role, made, place, reached=reached)
            found[role] = actor_for(user, authority=made.code)
    return found


def second_head_teacher(made: Made, reached: Reached) -> Actor:
    """The head teacher of another school."""
    place = organisation_named(reached.school.name, kind=OrganisationKind.SCHOOL)
    return actor_for(_account(Role.HEAD_TEACHER, made, place, reached=reached, nth="two"), authority=made.code)


def new_password(user: User) -> str:
    """Give an account a new password; the one before stops working."""
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


@transaction.atomic
def _account(role: Role, made: Made, place: Organisation, *, reached: Reached | None = None, nth: str = "") -> User:
    email = email_of(role, made, nth=nth)
    user = User.objects.filter(email=email).first()
    if user is not None:
        return user
    name = f"{role.words} {nth}".strip()
    user = User.objects.create_user(email, name=name, organisation=place)
    scope = SCOPES[role][0]
    row = Assignment.objects.create(
        user=user,
        role=role.value,
        authority=made.code,
        scope=scope.value,
        school_urn=reached.school.urn if reached and scope is Scope.SCHOOL else None,
        cluster=reached.cluster(scope) if reached else "",
        starts_on=SINCE,
    )
    after = {"name": user.name, "role": row.role_words, "reach": scope.words, "starts_on": SINCE}
    audit.record(by=None, action="people.assigned", subject=row, after=after, authority=made.code)
    return user
