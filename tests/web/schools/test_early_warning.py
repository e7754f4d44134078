"""Targets, predictions and estimates: given, revised, withdrawn; and the page that tries rules on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from fakes.generated import Generated
from pytest_django.fixtures import Settings

from strandline.web.audit.models import AuditRow
from strandline.web.audit.versions import StaleRecord
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools import actions
from strandline.web.schools.models import ForwardFigure, Intake, School

PAGE = "/schools/early-warning/"
PUBLISHED = 2025
NEXT = 2026


@pytest.fixture
def northwold(taken_in: Callable[..., Intake], settings: Settings, made_up: Generated) -> Intake:
    """Northwold's run, taken in and on disk: its latest published results are those of 2024/25."""
    settings.RUNS_HOME = made_up.northwold
    return taken_in("northwold")


@pytest.fixture
def officer(northwold: Intake, as_role: Callable[..., Client]) -> Client:
    """An officer of Northwold."""
    return as_role(Role.OFFICER, authority=992)


@pytest.fixture
def school(northwold: Intake) -> School:
    """A primary school that the authority maintains."""
    return School.objects.filter(maintained=True, sector="primary").order_by("urn").first()


@pytest.fixture
def academy(northwold: Intake) -> School:
    """A primary school that it does not maintain."""
    return School.objects.filter(maintained=False, sector="primary").order_by("urn").first()


def typed(**changed: str) -> dict[str, str]:
    """What an officer types for a figure."""
    return {
        "results_year": str(NEXT),
        "measure": "ks2_rwm_expected",
        "kind": "prediction",
        "value": "48.5",
        "cohort": "30",
        "source": "Head teacher's forecast of March",
        "given_on_day": "2",
        "given_on_month": "3",
        "given_on_year": "2026",
        **changed,
    }


def give(client: Client, school: School, **changed: str) -> str:
    """What is answered to a figure that is given."""
    return client.post(f"/schools/{school.urn}/forward/add/", typed(**changed), follow=True).content.decode()


def test_a_prediction_stands_apart_from_the_published_figures_and_says_what_it_is(
    officer: Client, school: School
) -> None:
    page = give(officer, school)
    official, ahead = page.split("Given ahead of publication", 1)
    assert "48.5 %" in ahead
    assert "Prediction" in ahead
    assert "not a published result" in ahead
    assert "Head teacher&#x27;s forecast of March" in ahead
    assert "48.5 %" not in official
    kept = AuditRow.objects.get(action="schools.figure_given", school_urn=school.urn)
    assert kept.after["value"] == "48.5 %"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value": "101"}, "A percentage lies between 0 and 100"),
        ({"value": "-1"}, "A percentage lies between 0 and 100"),
        ({"value": "about half"}, "cannot be read as a figure"),
        ({"value": "nan"}, "cannot be read as a figure"),
        ({"value": ""}, "Enter the figure"),
        ({"measure": "ks2_rwm_hoped"}, "That measure is not known"),
        ({"measure": "ks2_reading_progress", "value": "48"}, "A progress score lies between"),
        ({"results_year": str(PUBLISHED)}, "have been published"),
        ({"results_year": "2040"}, "too far ahead"),
        ({"results_year": "soon"}, "Choose a results year"),
        ({"kind": "actual"}, "Choose what the figure is"),
        ({"source": ""}, "Say who gave the figure"),
        ({"cohort": "0"}, "A cohort has at least one pupil"),
        ({"cohort": "thirty"}, "Write the number of pupils in digits"),
        ({"given_on_year": "2090"}, "still to come"),
    ],
)
def test_what_cannot_be_is_answered_in_a_sentence_and_keeps_what_was_typed(
    officer: Client, school: School, changed: dict[str, str], said: str
) -> None:
    page = give(officer, school, **{"source": "A source to keep", **changed})
    assert said in page
    assert "A source to keep" in page or "source" in changed
    assert not ForwardFigure.objects.exists()


def test_a_form_sent_twice_gives_one_figure_and_a_second_figure_of_the_kind_is_refused(
    officer: Client, school: School
) -> None:
    for _ in range(2):
        give(officer, school, form_key="11111111-1111-4111-8111-111111111111")
    assert ForwardFigure.objects.count() == 1
    assert "is there already" in give(officer, school, value="60")
    assert "48.5 %" in give(officer, school, kind="target", value="65")
    assert ForwardFigure.objects.count() == 2


def test_a_revision_leaves_the_earlier_figure_on_record(officer: Client, school: School) -> None:
    give(officer, school)
    first = ForwardFigure.objects.get()
    revised = {**typed(value="55"), "version": "1"}
    page = officer.post(f"/schools/{school.urn}/forward/{first.pk}/", revised, follow=True).content.decode()
    first.refresh_from_db()
    assert (first.value, first.ended_at is not None, first.replaced_by.value) == (48.5, True, 55.0)
    assert "55 %" in page
    assert "48.5 %" not in page
    stale = officer.post(f"/schools/{school.urn}/forward/{first.pk}/", {**revised, "value": "70"})
    assert "changed this record after you opened it" in stale.content.decode()
    assert ForwardFigure.objects.count() == 2


def test_of_two_editors_the_second_is_told(school: School, actor: Callable[..., Actor]) -> None:
    one = actor(Role.OFFICER, authority=992)
    told = {"source": "Forecast", "given_on": date(2026, 3, 2)}
    row = actions.give_figure(
        by=one, school=school, measure="ks2_rwm_expected", results_year=NEXT, kind="prediction", value=50, **told
    )
    actions.revise_figure(by=one, school=school, pk=row.pk, version=1, value=52, **told)
    with pytest.raises(StaleRecord):
        actions.revise_figure(by=one, school=school, pk=row.pk, version=1, value=54, **told)
    with pytest.raises(StaleRecord):
        actions.withdraw_figure(by=one, school=school, pk=row.pk, version=1)


def test_a_withdrawn_figure_is_off_the_pages_and_stays_on_record(officer: Client, school: School) -> None:
    give(officer, school)
    row = ForwardFigure.objects.get()
    assert (
        "Withdraw the prediction" in officer.get(f"/schools/{school.urn}/forward/{row.pk}/withdraw/").content.decode()
    )
    officer.post(f"/schools/{school.urn}/forward/{row.pk}/withdraw/", {"version": "1"})
    assert "48.5 %" not in officer.get(f"/schools/{school.urn}/results/").content.decode()
    assert school.name not in officer.get(PAGE).content.decode()
    assert ForwardFigure.objects.get().ended_at is not None


def test_an_academys_predictions_are_its_own_until_it_agrees_to_share_them(officer: Client, academy: School) -> None:
    """WAL-22: a non-maintained school's predictions are hidden until it agrees to share them."""
    assert "has not agreed to share" in give(officer, academy)
    agree = {"part": "predictions", "agreed": "yes", "from_on_day": "1", "from_on_month": "9", "from_on_year": "2025"}
    officer.post(f"/schools/{academy.urn}/sharing/", agree)
    assert "48.5 %" in give(officer, academy)
    assert academy.name in officer.get(PAGE).content.decode()
    officer.post(f"/schools/{academy.urn}/sharing/", {**agree, "agreed": "no", "from_on_year": "2026"})
    page = officer.get(PAGE).content.decode()
    assert academy.name not in page
    assert "The figures of 1 school are not shown" in page
    assert "48.5 %" not in officer.get(f"/schools/{academy.urn}/results/").content.decode()
    one = ForwardFigure.objects.get()
    for address in (f"forward/{one.pk}/", f"forward/{one.pk}/withdraw/"):
        assert officer.get(f"/schools/{academy.urn}/{address}").status_code == 404, address


@pytest.mark.parametrize("role", Role)
def test_only_the_service_sees_what_is_given_ahead(
    officer: Client, school: School, as_role: Callable[..., Client], role: Role
) -> None:
    give(officer, school)
    School.objects.filter(pk=school.pk).update(trust_uid="5001", diocese="Diocese of Northwold", consortium="North")
    client = officer if role is Role.OFFICER else as_role(role, authority=992, school_urn=school.urn)
    of_the_service = role in (Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER, Role.OFFICER, Role.ANALYST)
    answer = client.get(PAGE)
    assert answer.status_code == (200 if of_the_service else 403)
    results = client.get(f"/schools/{school.urn}/results/")
    assert ("48.5 %" in results.content.decode()) is of_the_service
    assert ("Early warning" in client.get("/schools/").content.decode()) is of_the_service
    assert client.get(f"/schools/{school.urn}/forward/add/").status_code == (200 if of_the_service else 404)


def test_another_authority_sees_nothing_of_them(
    officer: Client, school: School, as_role: Callable[..., Client]
) -> None:
    give(officer, school)
    other = as_role(Role.HEAD_OF_SERVICE, authority=850)
    page = other.get(PAGE)
    assert page.status_code == 200
    assert school.name not in page.content.decode()
    row = ForwardFigure.objects.get()
    for path in ("forward/add/", f"forward/{row.pk}/", f"forward/{row.pk}/withdraw/"):
        assert other.get(f"/schools/{school.urn}/{path}").status_code == 404


def test_a_figure_is_reached_only_under_its_own_school(officer: Client, school: School) -> None:
    give(officer, school)
    row = ForwardFigure.objects.get()
    other = School.objects.filter(maintained=True).exclude(pk=school.pk).first()
    assert officer.get(f"/schools/{other.urn}/forward/{row.pk}/").status_code == 404


def test_the_next_figure_begins_with_the_year_and_source_of_the_last(officer: Client, school: School) -> None:
    give(officer, school)
    page = officer.get(f"/schools/{school.urn}/forward/add/").content.decode()
    assert 'value="Head teacher&#x27;s forecast of March"' in page


@pytest.mark.parametrize("asked", ["99999", "soon", "-1", "0000", "²⁰²⁶"])
def test_a_year_that_is_none_is_answered_for(officer: Client, asked: str) -> None:
    assert officer.get(PAGE, {"year": asked}).status_code == 200


def test_a_run_that_is_not_there_is_said_and_the_figures_are_shown(
    officer: Client, school: School, settings: Settings, tmp_path: object
) -> None:
    give(officer, school)
    settings.RUNS_HOME = tmp_path
    page = officer.get(PAGE).content.decode()
    assert "The rules could not be tried" in page
    assert "48.5 %" in page


def test_the_page_asks_the_same_number_of_questions_for_one_school_and_for_many(
    officer: Client, school: School, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for each in School.objects.filter(maintained=True, sector="primary")[:8]:
        give(officer, each)
    with django_assert_max_num_queries(22):
        officer.get(PAGE)


def test_an_actual_figure_is_kept_by_no_form_and_no_code(school: School, actor: Callable[..., Actor]) -> None:
    by = actor(Role.OFFICER, authority=992)
    with pytest.raises(IntegrityError), transaction.atomic():
        ForwardFigure.objects.create(
            school=school,
            measure="ks2_rwm_expected",
            results_year=NEXT,
            kind="actual",
            value=50,
            source="A table",
            given_on=date(2026, 3, 2),
            given_by=by.user,
        )
