"""Tokens: shown once, kept as a hash, dated, revocable, and never reaching further than their maker."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from strandline.web.api import actions
from strandline.web.api.actions import TokenRefused
from strandline.web.api.models import Token
from strandline.web.audit.models import AuditRow
from strandline.web.people.models import Assignment
from strandline.web.people.reach import Wanted
from strandline.web.people.roles import OFFICERS_OF_THE_SERVICE, Role, Scope

pytestmark = pytest.mark.django_db


def tomorrow() -> object:
    return timezone.localdate() + timedelta(days=1)


def form(**changed: str) -> dict[str, str]:
    day = tomorrow()
    parts = {"expires_on_day": day.day, "expires_on_month": day.month, "expires_on_year": day.year}
    return {
        "name": "Power BI",
        "role": "service_manager",
        **{name: str(value) for name, value in parts.items()},
    } | changed


def status(secret: str, path: str = "/categories") -> int:
    return Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_token_is_shown_once_and_kept_as_a_hash(as_role: Callable[..., Client]) -> None:
    manager = as_role(Role.SERVICE_MANAGER)
    answer = manager.post("/api/tokens/new/", form())
    secret = re.search(r'id="secret">(desk_[\w-]+)<', answer.content.decode())[1]
    assert answer.headers["Cache-Control"] == "no-store"
    token = Token.objects.get()
    assert secret not in str(vars(token))
    assert secret not in json.dumps([str(vars(row)) for row in AuditRow.objects.all()])
    listed = manager.get("/api/tokens/").content.decode()
    assert "Power BI" in listed
    assert secret not in listed
    assert status(secret) == 200
    token.refresh_from_db()
    assert token.used_on == timezone.localdate()
    assert AuditRow.objects.get(action="api.token_made").after["name"] == "Power BI"


def test_a_token_for_a_school_or_a_trust_that_is_not_there_is_not_made(as_role: Callable[..., Client]) -> None:
    manager = as_role(Role.SERVICE_MANAGER)
    no_school = manager.post("/api/tokens/new/", form(role="head_teacher", school_urn="999999")).content.decode()
    no_trust = manager.post("/api/tokens/new/", form(role="trust", cluster="9999")).content.decode()
    assert "No school of this authority has the URN 999999" in no_school
    assert "No school of this authority has a trust of the number “9999”" in no_trust
    assert not Token.objects.exists()


def test_a_form_sent_twice_makes_one_token(as_role: Callable[..., Client]) -> None:
    manager = as_role(Role.SERVICE_MANAGER)
    page = manager.get("/api/tokens/new/").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    first = manager.post("/api/tokens/new/", form(form_key=key))
    second = manager.post("/api/tokens/new/", form(form_key=key))
    assert (first.status_code, second.status_code) == (200, 302)
    assert Token.objects.count() == 1


def test_a_revoked_token_opens_nothing(as_role: Callable[..., Client], actor: Callable) -> None:
    head = actor(Role.HEAD_OF_SERVICE)
    token, secret = actions.make(by=head, name="x", wanted=Wanted(role=Role.ANALYST), expires_on=tomorrow())
    assert status(secret) == 200
    manager = as_role(Role.SERVICE_MANAGER)
    assert manager.get(f"/api/tokens/{token.pk}/revoke/").status_code == 200
    assert manager.post(f"/api/tokens/{token.pk}/revoke/", {"version": token.version}).status_code == 302
    assert status(secret) == 401
    assert AuditRow.objects.filter(action="api.token_revoked", subject_id=str(token.pk)).count() == 1
    again = manager.post(f"/api/tokens/{token.pk}/revoke/", {"version": token.version})
    assert again.status_code == 409, "the second of two is told"


def test_an_expired_token_opens_nothing(actor: Callable) -> None:
    head = actor(Role.HEAD_OF_SERVICE)
    token, secret = actions.make(by=head, name="x", wanted=Wanted(role=Role.ANALYST), expires_on=tomorrow())
    yesterday = timezone.localdate() - timedelta(days=1)
    Token.objects.filter(pk=token.pk).update(starts_on=yesterday, expires_on=yesterday)
    assert status(secret) == 401


def test_a_token_dies_with_the_role_of_its_maker(actor: Callable) -> None:
    head = actor(Role.HEAD_OF_SERVICE)
    _, secret = actions.make(by=head, name="x", wanted=Wanted(role=Role.ANALYST), expires_on=tomorrow())
    assert status(secret) == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    Assignment.objects.filter(user=head.user).update(ends_on=yesterday)
    assert status(secret) == 401


def test_a_token_dies_with_the_sign_in_of_its_maker(actor: Callable) -> None:
    head = actor(Role.HEAD_OF_SERVICE)
    _, secret = actions.make(by=head, name="x", wanted=Wanted(role=Role.ANALYST), expires_on=tomorrow())
    head.user.is_active = False
    head.user.save()
    assert status(secret) == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer desk_nonsense", "Basic abc", f"Bearer {'x' * 9999}"]
)
def test_without_a_token_nothing_opens(header: str) -> None:
    assert Client().get("/api/v1/schools", headers={"Authorization": header}).status_code == 401


def test_a_session_is_no_token(as_role: Callable[..., Client]) -> None:
    assert as_role(Role.HEAD_OF_SERVICE).get("/api/v1/schools").status_code == 401


def test_a_token_reaches_no_further_than_its_maker(actor: Callable) -> None:
    caseworker = actor(Role.OFFICER, scope=Scope.CASELOAD)
    for wanted in (Wanted(role=Role.ANALYST), Wanted(role=Role.OFFICER), Wanted(role=Role.TRUST, cluster="5001")):
        with pytest.raises(TokenRefused, match="no further"):
            actions.make(by=caseworker, name="x", wanted=wanted, expires_on=tomorrow())
    own = Wanted(role=Role.OFFICER, scope=Scope.CASELOAD)
    assert actions.make(by=caseworker, name="x", wanted=own, expires_on=tomorrow())


OUTSIDE = {role for role in Role if role not in OFFICERS_OF_THE_SERVICE}


@pytest.mark.parametrize(
    ("role", "reach", "offered"),
    [
        (Role.HEAD_OF_SERVICE, None, {Role.HEAD_OF_SERVICE, *OUTSIDE}),
        (Role.ANALYST, None, {Role.ANALYST, *OUTSIDE}),
        (Role.OFFICER, Scope.CASELOAD, {Role.OFFICER}),
    ],
)
def test_the_form_offers_ones_own_role_and_narrower_ones_only(
    as_role: Callable[..., Client], role: Role, reach: Scope | None, offered: set[Role]
) -> None:
    client = as_role(role, scope=reach)
    page = client.get("/api/tokens/new/").content.decode()
    options = re.findall(r'<option value="(\w+)"', page.partition('name="role"')[2].partition("</select>")[0])
    assert (options[0], set(options)) == (role.value, {each.value for each in offered})
    answer = client.post("/api/tokens/new/", form(role=Role.SERVICE_MANAGER.value))
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    assert not Token.objects.exists()


def test_a_token_lasts_a_year_at_most(actor: Callable) -> None:
    head = actor(Role.HEAD_OF_SERVICE)
    for day in (timezone.localdate() + timedelta(days=367), timezone.localdate() - timedelta(days=1)):
        with pytest.raises(TokenRefused, match="a year at most"):
            actions.make(by=head, name="x", wanted=Wanted(role=Role.ANALYST), expires_on=day)


@pytest.mark.parametrize("role", Role)
def test_only_roles_that_act_in_the_api_see_and_make_tokens(as_role: Callable[..., Client], role: Role) -> None:
    client = as_role(role)
    opens = role in (Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER, Role.OFFICER, Role.ANALYST)
    for path in ("/api/tokens/", "/api/tokens/new/"):
        assert client.get(path).status_code == (200 if opens else 403)


def test_tokens_of_another_authority_do_not_exist(as_role: Callable[..., Client], actor: Callable) -> None:
    other = actor(Role.HEAD_OF_SERVICE, authority=851)
    token, _ = actions.make(by=other, name="Their report", wanted=Wanted(role=Role.ANALYST), expires_on=tomorrow())
    client = as_role(Role.HEAD_OF_SERVICE)
    assert "Their report" not in client.get("/api/tokens/").content.decode()
    assert client.get(f"/api/tokens/{token.pk}/revoke/").status_code == 404
    assert client.post(f"/api/tokens/{token.pk}/revoke/", {"version": 1}).status_code == 404


def test_the_log_names_no_token(actor: Callable) -> None:
    import logging

    from strandline.web.config.logs import JsonFormatter

    head = actor(Role.HEAD_OF_SERVICE)
    _, secret = actions.make(by=head, name="x", wanted=Wanted(role=Role.ANALYST), expires_on=tomorrow())
    kept: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(JsonFormatter().format(record))

    handler = Keep()
    loggers = [logging.getLogger(name) for name in ("strandline", "django", "django.request", "")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        assert status(secret) == 200
        assert status(f"{secret}x") == 401
        assert status(secret, f"/schools?q={secret}") == 200
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    assert kept
    assert [line for line in kept if secret in line] == []
