"""Every component in every state, in a browser: axe at WCAG 2.2 AA, three widths, with scripts and without."""

from __future__ import annotations

import pytest

PAGES = {
    "components": "/components/",
    "component-list": "/components/list?category=3A&category=4&q=a&sort=-pupils",
    "component-list-empty": "/components/list?q=nowhere",
    "component-form": "/components/form",
    "component-table": "/components/table",
    "component-map": "/components/map",
    "component-letter": "/components/letter",
}
STAFF = "head_of_service"


@pytest.mark.parametrize("window", ["desktop", "phone", "zoom"])
@pytest.mark.parametrize("name", PAGES)
def test_a_component_page_is_accessible_at_every_width(name, window, visit, inspect) -> None:
    page = visit(PAGES[name], role=STAFF, window=window)
    if name == "component-map":
        page.get_by_text("48 schools on the map.").wait_for()
    inspect(page, name)


@pytest.mark.parametrize("window", ["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_a_component_page_is_whole_without_scripts(name, window, visit, inspect) -> None:
    page = visit(PAGES[name], role=STAFF, window=window, scripts=False)
    inspect(page, f"{name}-no-scripts")
    assert page.locator("[data-prints]:visible").count() == 0


@pytest.mark.parametrize("window", ["desktop", "phone", "zoom"])
def test_a_form_sent_empty_says_every_error_and_keeps_what_was_typed(window, visit, inspect) -> None:
    page = visit("/components/form", role=STAFF, window=window)
    page.get_by_label("Reason").fill("It's <b>£5</b> & “more”")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    inspect(page, "component-form-errors")
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Reason").input_value() == "It's <b>£5</b> & “more”"
    summary = page.locator(".govuk-error-summary__list a")
    targets = summary.evaluate_all("links => links.map(link => link.hash)")
    assert len(targets) == 8
    assert page.evaluate("targets => targets.every(one => document.querySelector(one))", targets)
    fields = page.evaluate(
        "targets => targets.map(one => document.querySelector(one).getBoundingClientRect().top)", targets
    )
    assert fields == sorted(fields)


def test_a_form_sent_empty_says_every_error_without_scripts(visit, inspect) -> None:
    page = visit("/components/form", role=STAFF, scripts=False)
    page.get_by_role("button", name="Save").click()
    inspect(page, "component-form-errors-no-scripts")
    assert page.locator(".govuk-error-summary__list li").count() == 9


def test_a_table_sorts_in_the_page_and_keeps_what_is_missing_last(visit) -> None:
    page = visit("/components/", role=STAFF)
    days = page.locator("#sortable")
    days.get_by_role("button", name="Days").click()
    first = days.locator("tbody tr th").all_inner_texts()
    days.get_by_role("button", name="Days").click()
    second = days.locator("tbody tr th").all_inner_texts()
    assert first == ["South team", "North team", "Coast team"]
    assert second == ["North team", "South team", "Coast team"]
    assert days.locator("th[aria-sort=descending]").inner_text() == "Days"


def test_a_list_sorts_by_links_and_keeps_its_filters(visit) -> None:
    page = visit("/components/list?category=3A&q=a", role=STAFF, scripts=False)
    page.get_by_role("link", name="Pupils").click()
    assert "sort=pupils" in page.url
    assert "category=3A" in page.url
    assert page.locator("th[aria-sort=ascending]").inner_text() == "Pupils"
    page.get_by_role("link", name="Take off the filter Category: 3A").click()
    assert "category" not in page.url
    assert "q=a" in page.url


def test_the_map_and_its_list_point_at_each_other(visit) -> None:
    page = visit("/components/map", role=STAFF)
    page.get_by_text("48 schools on the map.").wait_for()
    page.locator(".desk-places__place").first.hover()
    assert page.locator(".desk-map__mark--lifted").count() == 1
    page.locator(".desk-map__mark").first.dispatch_event("click")
    assert page.locator(".leaflet-popup-content a").count() == 1


def test_the_list_stays_where_the_map_cannot_be_drawn(visit, complaints) -> None:
    complaints.expected.append("/components/map")
    page = visit("/components/letter", role=STAFF)
    page.route("**/map/places", lambda route: route.fulfill(status=503))
    page.goto(page.url.replace("letter", "map"))
    page.get_by_text("The list holds every school.").wait_for()
    assert page.locator(".desk-places__place").count() == 48


def test_the_first_stop_skips_to_the_main_part(visit, keys) -> None:
    page = visit("/components/letter", role=STAFF)
    hands = keys(page)
    hands.reach("Skip to main content", most=1)
    hands.press()
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_form_is_filled_and_sent_by_keyboard_alone(visit, keys) -> None:
    page = visit("/components/form", role=STAFF)
    hands = keys(page)
    hands.reach("Name of the school")
    hands.write("Alder Road")
    hands.reach("Agree with the proposal")
    hands.press("Space")
    hands.reach("A visit")
    hands.press("Space")
    hands.reach("Day")
    hands.write("31")
    hands.reach("Month")
    hands.write("2")
    hands.reach("Year")
    hands.write("2013")
    hands.reach("Save")
    hands.press()
    page.get_by_role("alert").wait_for()
    assert "“31 2 2013” is not a date" in page.locator(".govuk-error-summary").inner_text()
    assert page.get_by_label("Agree with the proposal").is_checked()


def test_focus_shows_on_every_stop_of_the_component_page(visit, keys) -> None:
    page = visit("/components/", role=STAFF)
    hands = keys(page)
    dark = []
    for _ in range(120):
        hands.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if not hands.shows_focus():
            dark.append(hands.here())
    assert dark == []


def test_paper_shows_sources_and_hides_controls(visit) -> None:
    page = visit("/components/", role=STAFF)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator(".desk-tabs").is_hidden()
    assert page.locator(".desk-figure").first.is_visible()


def test_the_components_are_not_for_the_public(visit, desk, chromium) -> None:
    page = visit("/components/map/places")
    assert "/components/map/places" not in page.url.split("?", maxsplit=1)[0]
