"""WAR-51: limited contact is a stated policy: “no visit (policy)” is neither “overdue” nor “none planned”."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from strandline.runs.visiting import VisitsGiven, visits_given
from strandline.web.officers import actions, queries
from strandline.web.officers.models import Task, TaskState
from strandline.web.officers.queries import VisitState, visiting
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

TODAY = timezone.localdate()
MAINTAINED = {"maintained": True, "academy": False, "special": False, "legal_form": "community"}
ACADEMY = {"maintained": False, "academy": True, "special": False, "legal_form": "academy_converter"}


def given(home: Path, category: str, school: dict[str, object], pack: str = "warwickshire-2013") -> VisitsGiven:
    return visits_given(home, which=pack, as_at=date(2013, 10, 1), category=category, school=school)


def test_an_academy_of_category_one_has_no_visit_by_policy_and_a_good_special_one_is_reviewed(tmp_path: Path) -> None:
    """WAR-51."""
    told = given(tmp_path, "1", ACADEMY)
    assert told.none_by_policy
    assert told.words == "Core training offer, no visit from an officer"
    assert "Step 3" in told.cited
    special = given(tmp_path, "1", ACADEMY | {"special": True})
    assert not special.none_by_policy
    assert special.asked == ("Annual review visit to a special school, every year",)


def test_contact_or_liaison_is_not_called_no_visit(tmp_path: Path) -> None:
    """WAR-51."""
    assert not given(tmp_path, "4", ACADEMY).none_by_policy
    assert not given(tmp_path, "3A", ACADEMY).none_by_policy


def test_a_maintained_school_of_concern_is_visited_and_a_good_one_has_none_by_policy(tmp_path: Path) -> None:
    """WAR-51."""
    assert "Officer visit, every 14 days" in given(tmp_path, "4", MAINTAINED).asked
    good = given(tmp_path, "1", MAINTAINED)
    assert good.none_by_policy
    assert "none to category 1" in good.words


def test_a_category_that_the_strategy_does_not_have_says_nothing_of_visits(tmp_path: Path) -> None:
    assert given(tmp_path, "Z", MAINTAINED) == VisitsGiven(none_by_policy=False)


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The strategy gives the academy no visit, and says nothing of the others."""

    def told(school: School, placed: object, *, today: date) -> VisitsGiven | None:
        return VisitsGiven(none_by_policy=True, words="Core offer") if not school.maintained else None

    monkeypatch.setattr(visiting, "_given", told)


@pytest.mark.usefixtures("policy")
def test_overdue_planned_by_policy_and_none_planned_are_four_different_things(
    schools: dict[int, School], officer: Actor, as_role: Callable[..., Client]
) -> None:
    """WAR-51."""
    late = actions.add_task(
        by=officer, school=schools[100_001], title="Visit", due_on=TODAY - timedelta(days=1), kind="visit"
    )

    def states() -> dict[int, VisitState]:
        rows = queries.schools_to_visit(by=officer)
        return {urn: told.state for urn, told in queries.visit_standings(by=officer, schools=rows).items()}

    assert states() == {
        100_001: VisitState.OVERDUE,
        100_002: VisitState.NO_VISIT,
        100_003: VisitState.NONE_PLANNED,
    }
    client = as_role(Role.SERVICE_MANAGER)
    page = client.get("/officers/visits/").content.decode()
    assert '<strong class="desk-tag desk-tag--late">Visit overdue</strong>' in page
    assert '<strong class="desk-tag desk-tag--neutral">No visit (policy)</strong>' in page
    assert '<strong class="desk-tag desk-tag--unknown">None planned</strong>' in page
    assert "No visit (policy)</strong>" in client.get("/officers/schools/100002/").content.decode()
    assert "None planned</strong>" in client.get("/officers/schools/100003/").content.decode()
    Task.objects.filter(pk=late.pk).update(due_on=TODAY)
    assert states()[100_001] is VisitState.PLANNED
    version = Task.objects.get(pk=late.pk).version
    actions.settle_task(by=officer, task_pk=late.pk, version=version, state=TaskState.DONE, on=TODAY)
    assert states()[100_001] is VisitState.NONE_PLANNED


def test_a_visit_is_planned_through_the_page_and_shown_among_one_s_own(
    schools: dict[int, School], as_role: Callable[..., Client]
) -> None:
    """WAR-51."""
    client = as_role(Role.SERVICE_MANAGER)
    due = {"due_on_day": 1, "due_on_month": 9, "due_on_year": TODAY.year + 1}
    sent = {"title": "See the head", "kind": "visit", "officer": "", "form_key": "0b5a3f7e-90f4-4a0e-9f0b-2d7a3b1c5d6e"}
    assert client.post("/officers/schools/100001/tasks/add/", sent | due).status_code == 302
    assert "Visit planned</strong>" in client.get("/officers/schools/100001/").content.decode()
    assert "No schools here" in client.get("/officers/visits/?mine=1").content.decode()
