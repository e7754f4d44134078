"""The pages of the register and of the powers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from strandline.web.people.roles import Role
from strandline.web.schools.models import School
from strandline.web.triggers.models import Entry, State, TriggerDecision

FLOOR = {"ks2_below_floor": {100_001: True, 100_002: True}}
FIRST = date(2025, 9, 1)
Tell = Callable[..., None]


@pytest.fixture
def told(tell: Tell) -> Entry:
    """Two schools below the floor."""
    tell(FIRST, FLOOR)
    return Entry.objects.get(school=100_001)


def send(client: Client, path: str, **fields: object) -> object:
    return client.post(path, {"form_key": str(uuid4()), **fields})


def test_a_blank_is_marked_on_the_register_and_when_overdue_as_overdue(
    told: Entry, as_role: Callable[..., Client]
) -> None:
    Entry.objects.filter(school=100_002).update(due_on=timezone.localdate() + timedelta(days=5))
    Entry.objects.filter(pk=told.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    page = as_role(Role.HEAD_OF_SERVICE).get("/triggers/").content.decode()
    assert '<strong class="desk-tag desk-tag--late">No decision yet, overdue</strong>' in page
    assert '<strong class="desk-tag desk-tag--due">No decision yet</strong>' in page
    assert "1 overdue" in page


def test_a_decision_is_proposed_and_approved_through_the_pages(told: Entry, as_role: Callable[..., Client]) -> None:
    officer, manager = as_role(Role.OFFICER), as_role(Role.SERVICE_MANAGER)
    sent = {
        "outcome": "act",
        "reason": "Three years' fall & <no> plan: £0",
        "action": "Review meeting",
        "version": told.version,
    }
    answer = send(officer, f"/triggers/{told.pk}/decide/", **sent)
    assert answer.status_code == 302
    made = TriggerDecision.objects.get()
    assert send(officer, f"/triggers/decisions/{made.pk}/approve/", version=made.version).status_code == 404
    answer = send(manager, f"/triggers/decisions/{made.pk}/approve/", version=made.version)
    assert answer.status_code == 302
    page = manager.get(f"/triggers/{told.pk}/").content.decode()
    assert "Three years&#x27; fall &amp; &lt;no&gt; plan: £0" in page
    assert Entry.objects.get(pk=told.pk).state == State.ACT


def test_a_form_sent_twice_makes_one_decision(told: Entry, as_role: Callable[..., Client]) -> None:
    officer = as_role(Role.OFFICER)
    sent = {"outcome": "not_act", "reason": "Tiny cohort", "version": told.version, "form_key": str(uuid4())}
    first = officer.post(f"/triggers/{told.pk}/decide/", sent)
    second = officer.post(f"/triggers/{told.pk}/decide/", sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert TriggerDecision.objects.count() == 1


def test_several_schools_are_decided_and_approved_at_once(told: Entry, as_role: Callable[..., Client]) -> None:
    officer, manager = as_role(Role.OFFICER), as_role(Role.SERVICE_MANAGER)
    chosen = [f"{row.pk}:{row.version}" for row in Entry.objects.all()]
    assert officer.get("/triggers/decide/", {"chosen": chosen}).status_code == 200
    answer = send(
        officer, "/triggers/decide/", chosen=chosen, outcome="act", reason="All of them", action="Visit", version=0
    )
    assert answer.status_code == 302
    waiting = [f"{row.pk}:{row.version}" for row in TriggerDecision.objects.all()]
    assert send(manager, "/triggers/waiting/approve/", chosen=waiting).status_code == 302
    assert set(Entry.objects.values_list("state", flat=True)) == {State.ACT}


def test_a_decision_about_several_without_an_outcome_or_a_row_keeps_the_text(
    told: Entry, as_role: Callable[..., Client]
) -> None:
    officer, reason = as_role(Role.OFFICER), "Tiny cohorts in all of them"
    page = send(officer, "/triggers/decide/", chosen=[f"{told.pk}:{told.version}"], reason=reason, version=0)
    assert "Choose an answer to “What is decided”" in page.content.decode()
    assert reason in page.content.decode()
    gone = send(officer, "/triggers/decide/", chosen=["999999:1"], outcome="not_act", reason=reason, version=0)
    assert gone.status_code == 422
    assert reason in gone.content.decode()
    assert "What is decided" in gone.content.decode()


def test_a_deferral_without_a_day_is_told_so_and_keeps_the_text(told: Entry, as_role: Callable[..., Client]) -> None:
    sent = {"outcome": "defer", "reason": "A new head starts in January", "version": told.version}
    page = send(as_role(Role.OFFICER), f"/triggers/{told.pk}/decide/", **sent).content.decode()
    assert "Enter the day until which it is deferred" in page
    assert "A new head starts in January" in page


def test_an_academy_s_entry_offers_no_statutory_step_and_says_what_can_be_done(
    told: Entry, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.OFFICER)
    row = Entry.objects.get(school=100_002)
    page = client.get(f"/triggers/{row.pk}/").content.decode()
    assert "no statutory step is offered" in page
    assert "Send a letter of concern to the trust" in page
    assert "no statutory step is offered" not in client.get(f"/triggers/{told.pk}/").content.decode()


def test_the_page_of_powers_lists_every_type_of_establishment(as_role: Callable[..., Client]) -> None:
    page = as_role(Role.ANALYST).get("/triggers/powers/").content.decode()
    for words in ("Academy secure 16 to 19", "Local authority nursery school", "Welsh establishment", "s.60A"):
        assert words in page


def test_the_powers_over_a_school_are_those_of_the_day(
    schools: dict[int, School], as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.OFFICER)
    before = client.get("/triggers/powers/100001/", {"on": "2009-06-01"}).content.decode()
    assert "Give a teachers" not in before
    now = client.get("/triggers/powers/100001/").content.decode()
    assert "Give a teachers" in now
    assert client.get("/triggers/powers/100004/").status_code == 404


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    tell: Tell, as_role: Callable[..., Client], django_assert_num_queries: Callable[..., object]
) -> None:
    client = as_role(Role.HEAD_OF_SERVICE)
    client.get("/triggers/")
    counts = []
    for urns in ([100_001], [100_001, 100_002, 100_003]):
        tell(FIRST if len(urns) == 1 else date(2026, 1, 1), {"ks2_below_floor": dict.fromkeys(urns, True)})
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get("/triggers/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_is_exported_is_what_stands_on_the_screen(told: Entry, as_role: Callable[..., Client]) -> None:
    School.objects.filter(urn=100_001).update(name="=Ash")
    answer = as_role(Role.ANALYST).get("/triggers/export/", {"q": "=Ash"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("School,URN,Trigger,Met,Decision,Due")
    assert len(lines) == 2
    assert lines[1].startswith("'=Ash,100001,Below the primary floor standard")


@pytest.mark.parametrize("role", [Role.HEAD_TEACHER, Role.GOVERNOR, Role.ELECTED_MEMBER, Role.TRUST])
def test_those_outside_the_service_see_no_register(role: Role, told: Entry, as_role: Callable[..., Client]) -> None:
    client = as_role(role)
    assert client.get("/triggers/").status_code == 403
    assert client.get(f"/triggers/{told.pk}/").status_code == 404
    assert client.get("/triggers/export/").status_code in (403, 404)
