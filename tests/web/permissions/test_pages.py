"""Every page, every role, every method: open exactly as the table of permissions says."""

from __future__ import annotations

import pytest
from django.test import Client
from fakes.permission_walk import DESK, METHODS, NEVER, OURS, PAGES, Desk, path_of

from strandline.web.people.roles import LEVELS, Module, Role
from strandline.web.people.table import addresses

pytestmark = pytest.mark.django_db
NUMBER = 7_000_002


def test_every_view_says_what_it_asks_for() -> None:
    assert [each.pattern for each in addresses() if each.permit is None] == []


def test_what_is_open_to_everyone_is_a_short_list_with_reasons() -> None:
    open_to_all = {each.name for each in DESK if each.permit.anonymous}
    assert open_to_all <= {"health", "people:accept", "api:docs", "api:openapi", "strategies:public"}
    assert all(each.permit.reason for each in DESK if each.permit.module is None)


def test_somebody_who_has_not_signed_in_is_led_to_the_sign_in_page(desk: Desk) -> None:
    client = Client()
    for each in OURS:
        path = path_of(each, urn=desk.own_urn, number=NUMBER)
        for method in METHODS:
            answer = getattr(client, method)(path)
            led = answer.status_code == 302 and answer.url.startswith("/account/login/")
            assert answer.status_code == 405 if method in NEVER else led or answer.status_code == 405, (method, path)


@pytest.mark.parametrize("role", Role)
def test_a_page_opens_exactly_for_the_roles_in_the_table(desk: Desk, role: Role) -> None:
    client = desk.clients[role]
    wrong = []
    for each in PAGES:
        path = path_of(each, urn=desk.own_urn, number=NUMBER)
        for method in METHODS:
            code = getattr(client, method)(path).status_code
            if method in NEVER:
                fits = code == 405
            elif not each.admits(role):
                fits = code in (403, 405)
            elif method in ("get", "head"):
                fits = code in (200, 302, 405)
            else:  # nothing was written in the form
                fits = code < 500 and code != 403
            if not fits:
                wrong.append((method, path, code))
    assert wrong == []


def test_the_table_names_every_role_and_module() -> None:
    from strandline.web.config.documentation import permissions_page

    text = permissions_page()
    assert [role for role in Role if role.words not in text] == []
    assert [each.pattern for each in addresses() if each.pattern not in text.replace("&#124;", "|")] == []
    assert {module for role in Role for module in LEVELS[role]} == set(Module)
