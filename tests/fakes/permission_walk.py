"""Walking every address of the desk as every role: the filled desk, and what an answer may say."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings as desk_settings
from django.test import Client
from django.utils import timezone
from fakes.permission_rows import Side, desk_models, fill, scoped_models

from strandline.web.people import scope
from strandline.web.people.models import Assignment, User
from strandline.web.people.roles import SCOPES, Role, Scope
from strandline.web.people.table import Address, addresses

SANDMOUTH = 990
ELSEWHERE = Side(code=991, mark="Elsewhere", urn=7_000_002)
BESIDE = Side(code=SANDMOUTH, mark="Beside", urn=7_000_003, trust_uid="T2", diocese="D2", consortium="C2")
NARROW = [role for role in Role if SCOPES[role][0] not in (Scope.AUTHORITY, Scope.AGGREGATES)]
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
NEVER = ("put", "patch", "delete", "options")  # no view of the desk knows them, whoever asks
OUT_OF_REACH = (404, 405)  # 405 says only that no such method exists, for whatever object
CLUSTERS = {Scope.TRUST: "T1", Scope.DIOCESE: "D1", Scope.CONSORTIUM: "C1"}
WORDS = {"section": "inspections", "form": "csv", "format_": "docx", "subject_type": "people.user", "token": "none"}
SIGN_IN = ("account_", "mfa_", "socialaccount_", "openid")

DESK = tuple(each for each in addresses() if not each.name.startswith(SIGN_IN))
"""Every address but those of signing in, which are the library's own and tested with the people."""
OURS = tuple(each for each in DESK if each.permit and not (each.permit.anonymous or each.permit.by_token))
PAGES = tuple(each for each in OURS if not each.names_object)
OBJECTS = tuple(each for each in OURS if each.names_object)
BY_TOKEN = tuple(each for each in DESK if each.permit and each.permit.by_token)


@dataclass(kw_only=True)
class Desk:
    """The filled desk: a client for each role, a school of Sandmouth, and the names that nobody there may see."""

    clients: dict[Role, Client]
    own_urn: int
    own_name: str
    others: set[str] = field(default_factory=set)

    def hidden_from(self, role: Role) -> set[str]:
        """The names of Sandmouth's schools that a role does not reach."""
        if role is Role.ELECTED_MEMBER:
            return self.others | {self.own_name}
        return self.others if role in NARROW else set()


def filled() -> Desk:
    """Sandmouth with its imported run and a person for each role; one school has the trust T1, and so on."""
    from strandline.runs.record import list_runs
    from strandline.web.decisions import actions
    from strandline.web.schools.models import Line, School

    (run,) = list_runs(desk_settings.RUNS_HOME)
    actions.import_run(by=None, run_id=run.run_id)
    own = School.objects.filter(la=SANDMOUTH).order_by("urn").first()
    kept = {"trust_uid": "T1", "diocese": "D1", "consortium": "C1"}
    School.objects.filter(pk=own.pk).update(**kept)
    Line.objects.filter(school=own.pk).update(**kept)
    others = set(School.objects.exclude(pk=own.pk).values_list("name", flat=True)) - {own.name}
    clients = {role: client_of(role, urn=own.urn) for role in Role}
    return Desk(clients=clients, own_urn=own.urn, own_name=own.name, others=others)


def client_of(role: Role, *, urn: int) -> Client:
    """A new person of Sandmouth with a role, signed in."""
    reach = SCOPES[role][0]
    user = User.objects.create_user(f"{role.value}@sandmouth.example.org", name=role.words)
    Assignment.objects.create(
        user=user,
        role=role.value,
        authority=SANDMOUTH,
        scope=reach.value,
        school_urn=urn if reach is Scope.SCHOOL else None,
        cluster=CLUSTERS.get(reach, ""),
        starts_on=timezone.localdate(),
    )
    client = Client(raise_request_exception=True)
    client.force_login(user, backend=desk_settings.AUTHENTICATION_BACKENDS[0])
    return client


def mark_elsewhere() -> None:
    """Give another authority a row of every model, each with its mark."""
    ELSEWHERE.made.clear()
    for model in desk_models():
        fill(model, ELSEWHERE)


def mark_beside() -> None:
    """Give another school of Sandmouth, of another trust, diocese and consortium, its own marked rows."""
    BESIDE.made.clear()
    for model in scoped_models():
        if isinstance(model._default_manager, scope.AuthorityManager):
            kept = model._base_manager.filter(**{getattr(model, "AUTHORITY_PATH", "authority"): SANDMOUTH}).first()
            if kept is not None:
                BESIDE.made[model] = kept  # one run, one scheme for the authority
    for model in scoped_models():
        fill(model, BESIDE)


def path_of(address: Address, *, urn: int, number: int) -> str:
    """The address with its arguments filled in, naming the objects of one side."""
    values: dict[str, Any] = {**WORDS, "urn": urn, "pk": number, "subject_id": number}
    if "<uuid:pk>" in address.pattern:
        values["pk"] = uuid.UUID(int=number)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values.get(found[1], number)), address.pattern)


def text_of(answer: Any) -> str:
    """What an answer says."""
    raw = answer.getvalue() if answer.streaming else answer.content
    return str(raw.decode("utf-8", errors="replace"))


def said(answer: Any, *marks: str) -> set[str]:
    """Which of the marks an answer says, in its text or its headers."""
    text = text_of(answer) + str(dict(answer.headers))
    return {mark for mark in marks if mark in text}


CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|nonce="[^"]*"|\d{1,2}:\d{2}(?::\d{2})?|[0-9a-f]{32}'
)


def steady(text: str) -> str:
    """A page without tokens, keys and times of day."""
    return CHANGING.sub("", text)
