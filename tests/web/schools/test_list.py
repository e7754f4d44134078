"""The list: search that forgives, filters with counts, columns, order, files that match the screen."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django.fixtures import DjangoAssertNumQueries

from strandline.web.people.models import User
from strandline.web.people.roles import Role
from strandline.web.schools.actions import show_category, watch
from strandline.web.schools.asked import read
from strandline.web.schools.models import CategorySpell, Intake, Line, SavedList, School, Snapshot, Watch
from strandline.web.schools.words import likeness, words_of


@pytest.fixture
def intake(taken_in: Callable[..., Intake]) -> Intake:
    """Northwold's run, taken in."""
    return taken_in("northwold")


@pytest.fixture
def manager(intake: Intake, as_role: Callable[..., Client]) -> Client:
    """A service manager of Northwold."""
    return as_role(Role.SERVICE_MANAGER, authority=992)


def names(page: bytes) -> list[str]:
    """The schools of a page, in order."""
    return re.findall(r'<a class="govuk-link" href="/schools/\d+/[^"]*">([^<]*)</a>', page.decode().split("<tbody>")[1])


def count(page: bytes) -> int:
    """How many schools the page says that it found."""
    found = re.search(r'role="status">([\d,]+) schools?<', page.decode())
    assert found is not None
    return int(found[1].replace(",", ""))


def test_the_list_holds_every_school_of_the_authority_in_order_of_name(manager: Client, intake: Intake) -> None:
    page = manager.get("/schools/?per=200").content
    assert count(page) == len(names(page)) == 124
    assert names(page) == list(
        Line.objects.filter(intake=intake).order_by("sort_name", "urn").values_list("name", flat=True)
    )


@pytest.mark.parametrize(
    "typed",
    ["Pebbleheath Primary", "pebbleheath", "PEBBLEHEATH prim", "Pebblehaeth", "peblleheath primary", "992001", "2000"],
)
def test_a_school_is_found_by_name_number_and_with_slips_of_the_keyboard(manager: Client, typed: str) -> None:
    assert "Pebbleheath Primary School" in names(manager.get("/schools/", {"q": typed}).content)


@pytest.mark.parametrize(
    "typed", ["'; DROP TABLE schools_line; --", "%", "_", "£ < > \" '", "\x00", "x" * 10_000, "🦆"]
)
def test_odd_words_find_nothing_and_break_nothing(manager: Client, typed: str) -> None:
    page = manager.get("/schools/", {"q": typed})
    assert page.status_code == 200
    assert Line.objects.count() == 124


def test_saint_and_st_and_church_of_england_are_written_in_many_ways() -> None:
    assert words_of("St. Mary's C of E Primary") == words_of("Saint Mary’s Church of England Primary")
    assert likeness("brookfeild", "brookfield") > likeness("brookfeild", "thornfield")


def test_a_filter_counts_what_its_options_would_leave(manager: Client) -> None:
    page = manager.get("/schools/?sector=secondary").content
    left = count(page)
    assert left == Line.objects.filter(sector="secondary").count()
    told = dict(re.findall(r'value="([a-z_]+)"[^>]*><label[^>]*>[^<]*<span class="desk-count">(\d+)', page.decode()))
    assert int(told["primary"]) == Line.objects.filter(sector="primary").count(), "its own filter is set aside"
    academies = Line.objects.filter(sector="secondary", legal_form="academy_converter").count()
    assert academies == 0 or int(told["academy_converter"]) == academies, "the other filters are in force"


@pytest.mark.parametrize("role", [Role.SERVICE_MANAGER, Role.OFFICER, Role.HEAD_TEACHER])
def test_a_few_schools_are_counted_as_many_are(
    intake: Intake, as_role: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    """The filters of a search are counted in two ways: of a few hundred schools found, and of more."""
    reach = {"school_urn": 992_001} if role is Role.HEAD_TEACHER else {}
    desk = as_role(role, authority=992, **reach)
    for urn, code in ((992_001, "O2"), (992_002, "RC"), (992_003, "O2")):
        school = School.objects.get(pk=urn)
        show_category(by=None, school=school, scheme="s", code=code, title=f"Title {code}", published_on=intake.as_at)
    desk.post("/schools/992001/watch/")
    desk.get("/schools/")  # says once that the school is watched
    asked = (
        "q=primary",
        "q=primary&category=O2",
        "q=primary&category=none&form=community&form=academy_converter",
        "q=primary&watch=yes&sector=primary",
        "q=primary&state=decided&officer=none",
        "q=primary&trust=none&diocese=none&page=2",
    )
    few = {each: _without_keys(desk.get(f"/schools/?{each}").content) for each in asked}
    monkeypatch.setattr("strandline.web.schools.queries.search.FEW", -1)
    for each in asked:
        assert _without_keys(desk.get(f"/schools/?{each}").content) == few[each], each
    assert count(desk.get("/schools/?q=primary").content) > (0 if reach else 50)


def _without_keys(page: bytes) -> str:
    """A page without what is new in it every time: the keys of its forms."""
    return re.sub(r'name="(?:form_key|csrfmiddlewaretoken)" value="[^"]*"', "", page.decode())


def test_two_filters_narrow_together_and_a_chip_takes_one_off(manager: Client) -> None:
    page = manager.get("/schools/?sector=primary&form=community&q=primary").content.decode()
    assert (
        'href="/schools/?q=primary&amp;form=community"' in page
        or 'href="/schools/?form=community&amp;q=primary"' in page
    )


def test_columns_are_chosen_and_ordered(manager: Client) -> None:
    page = manager.get("/schools/?column=pupils_on_roll&column=ward&sort=-pupils_on_roll").content.decode()
    head = re.findall(r'aria-sort="(\w+)">?<a[^>]*>([^<]*)</a>', page)
    assert [heading for _, heading in head] == ["School", "Pupils", "Ward"]
    assert {heading: order for order, heading in head}["Pupils"] == "descending"
    first = Line.objects.order_by("-pupils_on_roll", "sort_name").first()
    assert names(page.encode())[0] == first.name


def test_what_is_not_known_comes_last_in_either_order(manager: Client) -> None:
    unknown = Line.objects.filter(ks2_rwm_expected=None).count()
    assert unknown
    for order in ("ks2_rwm_expected", "-ks2_rwm_expected"):
        page = manager.get(f"/schools/?per=200&column=ks2_rwm_expected&sort={order}").content.decode()
        cells = page.split("<tbody>")[1].split("<tr")[1:]
        assert all("desk-missing" in cell for cell in cells[-unknown:])
        assert not any("desk-missing" in cell for cell in cells[:-unknown])


def test_a_missing_figure_in_the_list_gives_its_reason_and_the_publishers_mark(manager: Client) -> None:
    Line.objects.filter(school=992_001).update(ks2_rwm_expected=None)
    gaps = {"reasons": {"suppressed": ["ks2_rwm_expected"]}, "tokens": {"ks2_rwm_expected": "SUPP"}}
    Snapshot.objects.filter(school=992_001).update(gaps=gaps)
    page = manager.get("/schools/?per=200&column=ks2_rwm_expected").content.decode()
    assert "Suppressed by the publisher" in page
    assert "(SUPP)" in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_matches_the_screen(manager: Client, form: str) -> None:
    asked = "sector=primary&column=pupils_on_roll&column=urn&column=inspected&sort=-pupils_on_roll"
    page = manager.get(f"/schools/?per=200&{asked}").content
    answer = manager.get(f"/schools/export.{form}?{asked}")
    assert answer["Content-Disposition"].startswith('attachment; filename="schools-')
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["School", "Pupils", "URN", "Inspected"]
    assert [row[0] for row in rows[1:]] == names(page)


def test_a_name_that_a_spreadsheet_would_execute_is_quoted(manager: Client, intake: Intake) -> None:
    Line.objects.filter(intake=intake, school=992_001).update(name='=HYPERLINK("http://x")')
    text = manager.get("/schools/export.csv?column=urn").content.decode("utf-8-sig")
    assert "\"'=HYPERLINK" in text


def test_an_empty_list_still_gives_a_file_with_headings(manager: Client) -> None:
    text = manager.get("/schools/export.csv?q=nonesuch&column=urn").content.decode("utf-8-sig")
    assert text.splitlines()[0] == "School,URN"


def test_only_those_who_may_export_do(intake: Intake, as_role: Callable[..., Client]) -> None:
    head = as_role(Role.HEAD_TEACHER, authority=992, school_urn=992_001)
    assert head.get("/schools/export.csv").status_code in (403, 404)
    assert b"Download" not in head.get("/schools/").content


def test_the_published_category_is_shown_filtered_and_counted(manager: Client) -> None:
    for urn, code in ((992_001, "O2"), (992_002, "RC"), (992_003, "O2")):
        school = School.objects.get(pk=urn)
        show_category(
            by=None, school=school, scheme="s", code=code, title=f"Title {code}", published_on=date(2026, 11, 1)
        )
    page = manager.get("/schools/?category=O2").content
    assert count(page) == 2
    assert "Title O2" in page.decode()
    assert count(manager.get("/schools/?category=none&per=200").content) == 121


def test_the_watchlist_is_ones_own(
    intake: Intake, manager: Client, as_role: Callable[..., Client], actor: Callable[..., object]
) -> None:
    manager.post("/schools/992001/watch/")
    manager.post("/schools/992001/watch/")
    assert Watch.objects.count() == 1
    assert names(manager.get("/schools/?watch=yes").content) == ["Pebbleheath Primary School"]
    other = as_role(Role.OFFICER, authority=992)
    assert count(other.get("/schools/?watch=yes").content) == 0
    manager.post("/schools/992001/watch/", {"off": "1"})
    assert Watch.objects.count() == 0


def test_a_saved_list_keeps_filters_columns_and_order_but_not_the_page(manager: Client) -> None:
    manager.post(
        "/schools/lists/save/", {"name": "Big primaries", "query": "sector=primary&sort=-pupils_on_roll&page=2"}
    )
    kept = SavedList.objects.get()
    assert kept.query == "sector=primary&sort=-pupils_on_roll"
    assert "Big primaries" in manager.get("/schools/").content.decode()
    manager.post(f"/schools/lists/{kept.pk}/remove/")
    assert not SavedList.objects.exists()


def test_a_shared_list_is_seen_by_the_service_and_nobody_else(
    intake: Intake, manager: Client, as_role: Callable[..., Client]
) -> None:
    manager.post("/schools/lists/save/", {"name": "Shared one", "query": "sector=primary", "shared": "on"})
    manager.post("/schools/lists/save/", {"name": "Mine alone", "query": "sector=primary"})
    officer = as_role(Role.OFFICER, authority=992).get("/schools/").content.decode()
    assert "Shared one" in officer
    assert "Mine alone" not in officer
    head = as_role(Role.HEAD_TEACHER, authority=992, school_urn=992_001).get("/schools/").content.decode()
    assert "Shared one" not in head
    assert (
        as_role(Role.ANALYST, authority=992)
        .post(f"/schools/lists/{SavedList.objects.get(name='Shared one').pk}/remove/")
        .status_code
        == 404
    )


@pytest.mark.parametrize("per", [50, 100, 200])
def test_the_list_runs_the_same_number_of_queries_however_many_rows(
    manager: Client, per: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(27) as few:
        manager.get("/schools/?per=50&sector=secondary")
    with django_assert_max_num_queries(len(few)):
        manager.get(f"/schools/?per={per}&sector=primary")


def test_the_map_and_its_points_run_a_constant_number_of_queries(
    manager: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for page in ("/schools/map/", "/schools/map/places.geojson"):
        with django_assert_max_num_queries(14) as few:
            manager.get(f"{page}?q=992001")
        with django_assert_max_num_queries(len(few)):
            manager.get(page)


def test_the_address_of_a_list_is_read_forgivingly() -> None:
    from django.http import QueryDict

    asked = read(QueryDict("sort=nonsense&column=nonsense&per=7&as_at=31-12-2013&page=x&sector=&sector=primary"))
    assert (asked.sort, asked.per, asked.as_at_refused) == ("name", 50, "31-12-2013")
    assert asked.chosen == {"sector": ("primary",)}


def test_a_day_that_is_none_is_answered_for(manager: Client) -> None:
    assert "“31-12-2013” is not a date" in manager.get("/schools/?as_at=31-12-2013").content.decode()


def test_marks_of_watch_belong_to_existing_people(intake: Intake, actor: Callable[..., object]) -> None:
    one = actor(Role.OFFICER, authority=992)
    watch(by=one, school=School.objects.get(pk=992_001))
    assert Watch.objects.get().user == User.objects.get()
    assert CategorySpell.objects.count() == 0
