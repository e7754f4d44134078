"""The register: who is opened by a run, decided with reason and approver, opened again, ended; nothing is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.audit.versions import StaleRecord
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.triggers import actions, queries
from strandline.web.triggers.actions import NotDecidable, NotYours, Verdict
from strandline.web.triggers.definitions import definitions
from strandline.web.triggers.models import Entry, Occasion, Outcome, Scan, State, TriggerDecision
from strandline.web.triggers.queries import Asked

FLOOR = {"ks2_below_floor": {100_001: True, 100_002: None}}
FIRST, SECOND, THIRD = date(2025, 9, 1), date(2026, 1, 15), date(2026, 6, 1)
Tell = Callable[..., None]


def entry(urn: int = 100_001, trigger: str = "below_primary_floor") -> Entry:
    return Entry.objects.get(school=urn, trigger=trigger)


def decided(
    officer: Actor, manager: Actor, outcome: Outcome = Outcome.ACT, until: date | None = None
) -> TriggerDecision:
    row = entry()
    verdict = Verdict(outcome=outcome, reason="Results fell three years running", action="Review", until=until)
    made = actions.decide(by=officer, entry_pk=row.pk, version=row.version, verdict=verdict)
    return actions.approve(by=manager, decision_pk=made.pk, version=made.version)


def test_a_school_that_meets_a_trigger_is_opened_with_no_decision_and_a_day_by_which_one_is_due(tell: Tell) -> None:
    tell(FIRST, FLOOR, known_on=date(2025, 9, 1))
    row = entry()
    assert (row.state, row.first_met_on) == (State.OPEN, FIRST)
    assert row.due_on == date(2025, 9, 29), "twenty working days, no bank holiday among them"


def test_a_school_whose_figures_are_missing_is_neither_met_nor_left_out_silently(tell: Tell) -> None:
    tell(FIRST, FLOOR)
    scan = Scan.objects.get(trigger="below_primary_floor", authority=850)
    assert (scan.met, scan.not_met, scan.unknown) == (1, 1, [100_002])
    assert not Entry.objects.filter(school=100_002).exists()


def test_reading_the_same_run_twice_changes_nothing(tell: Tell) -> None:
    tell(FIRST, FLOOR)
    before = (Entry.objects.count(), Occasion.objects.count(), AuditRow.objects.count())
    assert actions.register_run(by=None, run=SimpleNamespace(run_id="run-1")) == ()  # type: ignore[arg-type]
    assert (Entry.objects.count(), Occasion.objects.count(), AuditRow.objects.count()) == before


def test_a_decision_counts_once_another_person_has_approved_it(tell: Tell, officer: Actor, manager: Actor) -> None:
    tell(FIRST, FLOOR)
    row = entry()
    verdict = Verdict(outcome=Outcome.NOT_ACT, reason="A cohort of eleven")
    made = actions.decide(by=officer, entry_pk=row.pk, version=row.version, verdict=verdict)
    assert entry().state == State.WAITING
    with pytest.raises(NotYours):
        actions.approve(by=officer, decision_pk=made.pk, version=made.version)
    actions.approve(by=manager, decision_pk=made.pk, version=made.version)
    assert entry().state == State.NOT_ACT
    kept = TriggerDecision.objects.get()
    assert (kept.reason, kept.decided_by, kept.settled_by) == ("A cohort of eleven", officer.user, manager.user)


def test_the_database_itself_refuses_an_approval_by_the_proposer(tell: Tell, officer: Actor) -> None:
    tell(FIRST, FLOOR)
    with pytest.raises(IntegrityError, match="trigger_decision_approved_by_another"), transaction.atomic():
        TriggerDecision.objects.create(
            entry=entry(),
            outcome=Outcome.ACT,
            reason="Because",
            decided_by=officer.user,
            stage="approved",
            settled_by=officer.user,
            settled_on=timezone.localdate(),
        )


def test_a_decision_without_a_reason_is_refused(tell: Tell, officer: Actor) -> None:
    tell(FIRST, FLOOR)
    row = entry()
    with pytest.raises(NotDecidable, match="says why"):
        actions.decide(
            by=officer, entry_pk=row.pk, version=row.version, verdict=Verdict(outcome=Outcome.NOT_ACT, reason="  ")
        )


def test_a_deferral_names_a_later_day_and_is_due_again_on_it(tell: Tell, officer: Actor, manager: Actor) -> None:
    tell(FIRST, FLOOR)
    row = entry()
    today = timezone.localdate()
    verdict = Verdict(outcome=Outcome.DEFER, reason="New head", until=today)
    with pytest.raises(NotDecidable, match="later day"):
        actions.decide(by=officer, entry_pk=row.pk, version=row.version, verdict=verdict)
    decided(officer, manager, Outcome.DEFER, until=today + timedelta(days=30))
    assert (entry().state, entry().due_on) == (State.DEFERRED, today + timedelta(days=30))
    assert queries.front_page(by=manager).no_decision == 0
    Entry.objects.update(due_on=today - timedelta(days=1))
    assert queries.front_page(by=manager).no_decision == 1
    assert queries.front_page(by=manager).overdue == 1


def test_a_later_run_opens_a_decided_school_again_and_keeps_the_decision_before(
    tell: Tell, officer: Actor, manager: Actor
) -> None:
    tell(FIRST, FLOOR)
    decided(officer, manager)
    assert entry().state == State.ACT
    tell(SECOND, FLOOR)
    row = entry()
    assert (row.state, row.times_opened, row.first_met_on, row.last_met_on) == (State.OPEN, 2, FIRST, SECOND)
    assert row.same_evidence, "nothing new is known: the page says so"
    assert [one.outcome for one in row.decisions.all()] == [Outcome.ACT]
    assert [one.opened for one in row.occasions.order_by("as_at")] == [True, True]


def test_new_evidence_is_told_from_the_same(tell: Tell, officer: Actor, manager: Actor) -> None:
    tell(FIRST, FLOOR, facts={100_001: {"ks2_results_year": 2024}})
    decided(officer, manager)
    tell(SECOND, FLOOR, facts={100_001: {"ks2_results_year": 2025}})
    assert not entry().same_evidence
    assert entry().evidence == {"ks2_results_year": 2025}


def test_a_deferral_stands_until_its_day_unless_the_evidence_is_new(tell: Tell, officer: Actor, manager: Actor) -> None:
    tell(FIRST, FLOOR, facts={100_001: {"ks2_results_year": 2024}})
    decided(officer, manager, Outcome.DEFER, until=timezone.localdate() + timedelta(days=90))
    tell(SECOND, FLOOR, facts={100_001: {"ks2_results_year": 2024}})
    assert entry().state == State.DEFERRED
    tell(THIRD, FLOOR, facts={100_001: {"ks2_results_year": 2025}})
    assert entry().state == State.OPEN


def test_an_older_run_that_comes_late_opens_nothing_again(tell: Tell, officer: Actor, manager: Actor) -> None:
    tell(SECOND, FLOOR)
    decided(officer, manager)
    tell(FIRST, FLOOR)
    row = entry()
    assert (row.state, row.first_met_on, row.last_met_on) == (State.ACT, FIRST, SECOND)


def test_a_school_that_no_longer_meets_it_is_ended_and_a_blank_stays_on_record(tell: Tell, manager: Actor) -> None:
    tell(FIRST, FLOOR)
    tell(SECOND, {"ks2_below_floor": {}})
    row = entry()
    assert (row.state, row.ended_on, row.ended_undecided) == (State.ENDED, SECOND, True)
    assert list(queries.register(by=manager, asked=Asked())) == []
    assert list(queries.register(by=manager, asked=Asked(standings=("ended_undecided",)))) == [row]
    tell(THIRD, FLOOR)
    row = entry()
    assert (row.state, row.ended_on, row.times_opened) == (State.OPEN, None, 2)


def test_an_unknown_rule_neither_opens_nor_ends(tell: Tell) -> None:
    tell(FIRST, FLOOR)
    tell(SECOND, {"ks2_below_floor": {100_001: None}})
    assert entry().state == State.OPEN


def test_a_run_of_a_pack_that_does_not_know_the_rule_ends_nothing(tell: Tell) -> None:
    tell(FIRST, FLOOR)
    tell(SECOND, {"rise_eligible": {}})
    assert entry().state == State.OPEN


def test_special_measures_are_not_counted_again_as_a_category_of_concern(tell: Tell) -> None:
    concern = {100_001: True, 100_002: True}
    facts = {100_001: {"category_of_concern": "special_measures"}, 100_002: {"category_of_concern": "none"}}
    tell(FIRST, {"in_category_of_concern": concern, "rc_special_measures": {}}, facts=facts)
    found = set(Entry.objects.values_list("school", "trigger"))
    assert found == {(100_001, "special_measures"), (100_002, "category_of_concern")}


def test_a_pack_s_own_category_is_a_trigger_in_its_own_runs_only(tell: Tell) -> None:
    tell(FIRST, {}, pack="halton-2014", placed={100_001: "concern", 100_002: "other"})
    tell(FIRST, {}, pack="warwickshire-2013", placed={100_003: "concern"})
    assert set(Entry.objects.values_list("school", "trigger")) == {(100_001, "causing_concern")}


def test_a_decision_that_is_returned_leaves_the_entry_as_it_was(tell: Tell, officer: Actor, manager: Actor) -> None:
    tell(FIRST, FLOOR)
    row = entry()
    verdict = Verdict(outcome=Outcome.NOT_ACT, reason="Seems fine")
    made = actions.decide(by=officer, entry_pk=row.pk, version=row.version, verdict=verdict)
    actions.give_back(by=manager, decision_pk=made.pk, version=made.version, reason="Say why it is fine")
    assert entry().state == State.OPEN
    assert TriggerDecision.objects.get().settled_reason == "Say why it is fine"


def test_the_second_of_two_who_decide_at_once_is_told(tell: Tell, officer: Actor, manager: Actor) -> None:
    tell(FIRST, FLOOR)
    row = entry()
    verdict = Verdict(outcome=Outcome.ACT, reason="Because", action="Visit")
    actions.decide(by=officer, entry_pk=row.pk, version=row.version, verdict=verdict)
    with pytest.raises(StaleRecord, match=officer.user.name):
        actions.decide(by=manager, entry_pk=row.pk, version=row.version, verdict=verdict)
    assert TriggerDecision.objects.count() == 1


def test_every_decision_has_its_audit_row_with_reason_and_school(tell: Tell, officer: Actor, manager: Actor) -> None:
    tell(FIRST, FLOOR)
    decided(officer, manager)
    rows = AuditRow.objects.filter(action__in=["triggers.decided", "triggers.approved"]).order_by("pk")
    assert [(row.action, row.actor_name, row.school_urn) for row in rows] == [
        ("triggers.decided", officer.user.name, 100_001),
        ("triggers.approved", manager.user.name, 100_001),
    ]
    assert rows[0].after["reason"] == "Results fell three years running"


def test_schools_of_another_authority_are_in_no_list_and_no_count(
    tell: Tell, manager: Actor, actor: Callable[..., Actor]
) -> None:
    tell(FIRST, {"ks2_below_floor": {100_001: True, 100_004: True}})
    assert [row.school_id for row in queries.register(by=manager, asked=Asked())] == [100_001]
    assert queries.front_page(by=manager).met == 1
    elsewhere = actor(Role.SERVICE_MANAGER, authority=851)
    assert [row.school_id for row in queries.register(by=elsewhere, asked=Asked())] == [100_004]
    with pytest.raises(Entry.DoesNotExist):
        queries.entry(by=elsewhere, pk=entry().pk)


def test_an_expired_override_opens_an_entry_of_the_desk_s_own(
    schools: dict[int, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    met = {100_001: {"decision": 7, "expired_on": "2026-01-31"}}
    monkeypatch.setattr("strandline.web.triggers.registering.DESK", {"expired_overrides": lambda **_: met})
    assert actions.register_desk(on=date(2026, 2, 2)) == 1
    assert actions.register_desk(on=date(2026, 2, 3)) == 0, "the same matter as yesterday"
    assert entry(trigger="override_expired").state == State.OPEN
    met.clear()
    actions.register_desk(on=date(2026, 2, 4))
    assert entry(trigger="override_expired").ended_on == date(2026, 2, 4)


def test_every_trigger_says_its_source_and_can_be_met() -> None:
    for each in definitions().values():
        assert each.cite, each.key
        assert each.working_days > 0, each.key
        assert each.rules or each.facts or each.categories or each.desk, each.key
