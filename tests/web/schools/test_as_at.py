"""As at a day: what the desk knew then, and says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from strandline.web.people.models import Assignment
from strandline.web.people.roles import Role
from strandline.web.schools.actions import show_category
from strandline.web.schools.models import Intake, Line, School, Snapshot

SCHOOL = 992_001
START = date(2026, 10, 31)


@pytest.fixture
def officer(as_role: Callable[..., Client]) -> Client:
    """An officer of Northwold."""
    return as_role(Role.OFFICER, authority=992)


def later(intake: Intake, *, days: int, **changed: object) -> Intake:
    """The run of a later day, known on that day: one school's figures changed, the rest as they were."""
    day = intake.as_at + timedelta(days=days)
    lines, snapshots = list(intake.lines.all()), list(intake.snapshots.all())
    copy = Intake.objects.get(pk=intake.pk)
    copy.pk, copy.run_id, copy.as_at, copy.known_on = None, f"run-{day}", day, day
    copy.save()
    for row in (*lines, *snapshots):
        row.pk, row.intake = None, copy
    for line in lines:
        if line.school_id == SCHOOL:
            for name, value in changed.items():
                setattr(line, name, value)
    for snapshot in snapshots:
        if snapshot.school_id == SCHOOL:
            snapshot.facts = {**snapshot.facts, **changed}
    Line.objects.bulk_create(lines)
    Snapshot.objects.bulk_create(snapshots)
    School.objects.filter(urn=SCHOOL).update(latest=copy)
    return copy


def body(client: Client, address: str) -> str:
    """The page without what differs at each sending: the hidden keys of its forms."""
    page = client.get(address).content.decode()
    return re.sub(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"', "", page)


def test_twelve_months_later_every_past_list_and_page_is_the_same_byte_for_byte(
    taken_in: Callable[..., Intake], officer: Client
) -> None:
    intake = taken_in("northwold", known_on=START)
    shown: dict[str, str] = {}
    for month in range(12):
        if month:
            intake = later(intake, days=30, pupils_on_roll=200 + month, name=f"Pebbleheath {month}")
            school = School.objects.get(pk=SCHOOL)
            show_category(by=None, school=school, scheme="s", code=f"C{month}", published_on=intake.as_at)
        day = intake.as_at.isoformat()
        for address in (
            "/schools/",
            f"/schools/{SCHOOL}/",
            f"/schools/{SCHOOL}/history/",
            "/schools/map/places.geojson",
        ):
            shown[f"{address}?as_at={day}"] = body(officer, f"{address}?as_at={day}")
    assert len(set(shown.values())) == len(shown)
    for address, before in shown.items():
        assert body(officer, address) == before, address


def test_the_page_uses_the_latest_snapshot_known_then_and_says_so(
    taken_in: Callable[..., Intake], officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 12))
    later(taken_in("northwold", known_on=START), days=10, pupils_on_roll=999)
    early = officer.get(f"/schools/{SCHOOL}/pupils/?as_at=2026-11-05").content.decode()
    assert "As it stood on 5 November 2026" in early
    assert "figures as at 31 October 2026" in early
    assert "999" not in early
    assert "999" in officer.get(f"/schools/{SCHOOL}/pupils/?as_at=2026-11-10").content.decode()
    ahead = officer.get(f"/schools/{SCHOOL}/pupils/?as_at=2026-11-13").content.decode()
    assert "13 November 2026 lies ahead. As it stands today" in ahead
    assert "As it stood on" not in ahead


def test_a_run_learned_of_afterwards_serves_where_none_was_known_and_says_so(
    taken_in: Callable[..., Intake], officer: Client
) -> None:
    taken_in("northwold", known_on=date(2026, 12, 1))
    page = officer.get("/schools/?as_at=2026-11-05").content.decode()
    assert "The desk learned of them on 1 December 2026, after 5 November 2026" in page
    assert "124 schools" in page


def test_before_any_run_nothing_was_known(taken_in: Callable[..., Intake], officer: Client) -> None:
    taken_in("northwold")
    page = officer.get("/schools/?as_at=2020-01-01").content.decode()
    assert "Nothing was known of any school on 1 January 2020" in page
    assert "Nothing was known of this school" in officer.get(f"/schools/{SCHOOL}/?as_at=2020-01-01").content.decode()


def test_a_school_that_closed_keeps_its_page_and_is_on_the_closed_list(
    taken_in: Callable[..., Intake], officer: Client
) -> None:
    first = taken_in("northwold", known_on=START)
    second = later(first, days=10)
    School.objects.exclude(urn=992_002).update(latest=second)
    second.lines.filter(school=992_002).delete()
    second.snapshots.filter(school=992_002).delete()
    page = officer.get("/schools/992002/?as_at=2026-11-20").content.decode()
    assert "does not hold this school" in page
    listed = officer.get("/schools/?list=closed&as_at=2026-11-20").content.decode()
    assert "1 school<" in listed
    assert "992002" in listed
    assert "992002" not in officer.get("/schools/?per=200&as_at=2026-11-20").content.decode()
    assert "992002" in officer.get("/schools/?per=200&as_at=2026-10-31").content.decode()


def test_a_change_of_trust_stands_in_the_timeline_with_before_and_after(
    taken_in: Callable[..., Intake], officer: Client
) -> None:
    later(taken_in("northwold", known_on=START), days=10, trust_name="Lantern Learning Trust")
    page = officer.get(f"/schools/{SCHOOL}/history/?as_at=2026-11-20").content.decode()
    assert "Before: none. After: Lantern Learning Trust." in page
    assert "Lantern" not in officer.get(f"/schools/{SCHOOL}/history/?as_at=2026-11-05").content.decode()


def test_a_trust_does_not_see_earlier_lists_of_a_school_that_left_it(
    taken_in: Callable[..., Intake], as_role: Callable[..., Client]
) -> None:
    intake = taken_in("northwold", known_on=START)
    Line.objects.filter(intake=intake, school=SCHOOL).update(trust_uid="5001")
    later(intake, days=10, trust_uid="")
    trust = as_role(Role.TRUST, authority=992, cluster="5001")
    assert Assignment.objects.get(role=Role.TRUST.value).cluster == "5001"
    assert "992001" not in trust.get("/schools/?as_at=2026-11-05").content.decode()
    assert trust.get(f"/schools/{SCHOOL}/?as_at=2026-11-05").status_code == 404


@pytest.mark.parametrize("section", ["", "inspections/", "results/", "pupils/", "contacts/", "history/", "trail/"])
def test_a_school_page_runs_the_same_number_of_queries_however_long_its_history(
    taken_in: Callable[..., Intake],
    officer: Client,
    section: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    intake = taken_in("northwold", known_on=START)
    with django_assert_max_num_queries(30) as few:
        officer.get(f"/schools/{SCHOOL}/{section}?as_at=2027-12-31")
    for month in range(1, 4):
        intake = later(intake, days=30, pupils_on_roll=200 + month)
        school = School.objects.get(pk=SCHOOL)
        show_category(by=None, school=school, scheme="s", code=f"C{month}", published_on=intake.as_at)
    with django_assert_max_num_queries(len(few)):
        officer.get(f"/schools/{SCHOOL}/{section}?as_at=2027-12-31")
