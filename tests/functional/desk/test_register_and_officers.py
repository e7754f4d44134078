"""Journeys through the trigger register, local intelligence and officers: desktop, phone, keyboard, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Inspect = Callable[..., None]
SECRET = "Staff say that the deputy has left"


@pytest.mark.parametrize(("window", "scripts"), [("desktop", True), ("phone", False)])
def test_an_officer_decides_about_a_trigger_and_a_manager_approves(
    visit: Visit, inspect: Inspect, window: str, scripts: bool
) -> None:
    page = visit("/triggers/?standing=none", role="officer", window=window, scripts=scripts)
    if scripts:
        inspect(page, "triggers-register")
    page.locator("tbody a").first.click()
    if scripts:
        inspect(page, "triggers-entry")
    page.get_by_role("button", name="Decide").or_(page.get_by_role("link", name="Decide")).first.click()
    page.get_by_role("button", name="Propose the decision").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    if scripts:
        inspect(page, "triggers-decide-errors")
    page.get_by_label("Act", exact=True).check()
    page.get_by_label(re.compile("What will be done")).fill("Review meeting by the service manager, 1 March")
    page.get_by_label("Reason").fill("Attainment fell & <progress> with it: £0 left in the budget")
    page.get_by_role("button", name="Propose the decision").click()
    expect(page.get_by_text("It counts once another person has approved it")).to_be_visible()
    address = page.url.partition("/triggers/")[2]
    manager = visit(f"/triggers/{address}", role="service_manager", window=window, scripts=scripts)
    manager.get_by_role("button", name="Approve").click()
    expect(manager.get_by_text("The decision is approved.")).to_be_visible()
    if scripts:
        inspect(manager, "triggers-approved")


def test_several_triggers_are_decided_by_keyboard_alone(visit: Visit, keys: Callable[[Page], object]) -> None:
    page = visit("/triggers/?standing=none", role="officer")
    hands = keys(page)
    label = page.locator("tbody label").first.inner_text()
    hands.reach(label.strip()[:20], most=120)  # type: ignore[attr-defined]
    hands.press("Space")  # type: ignore[attr-defined]
    hands.reach("Decide about the chosen", most=300)  # type: ignore[attr-defined]
    hands.press()  # type: ignore[attr-defined]
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide about several schools")


def test_what_is_withheld_from_a_school_is_not_on_its_page(visit: Visit, inspect: Inspect, desk: object) -> None:
    urn = desk.school  # type: ignore[attr-defined]
    page = visit(f"/intelligence/schools/{urn}/add/", role="officer")
    inspect(page, "intelligence-add")
    for text, level in ((SECRET, "The service"), ("First preferences fell from 40 to 31", "The school can see it")):
        page.goto(page.url.partition("/intelligence/")[0] + f"/intelligence/schools/{urn}/add/")
        page.get_by_label("What kind").select_option("other")
        page.get_by_label("What was heard").fill(text)
        page.get_by_role("textbox", name="Source").fill("A visit")
        page.get_by_label(re.compile("^Medium")).check()
        page.get_by_label(re.compile(f"^{level}")).check()
        page.get_by_label(re.compile("Why it is withheld")).fill("It would name a person" if text == SECRET else "")
        page.get_by_role("button", name="Record").click()
        expect(page.get_by_text("It is recorded.")).to_be_visible()
    inspect(page, "intelligence-item")
    page.goto(page.url.partition("/intelligence/")[0] + "/intelligence/")
    inspect(page, "intelligence-register")
    theirs = visit("/intelligence/", role="head_teacher", window="phone")
    inspect(theirs, "intelligence-school")
    expect(theirs.get_by_text("First preferences fell")).to_be_visible()
    assert SECRET not in theirs.content()


def test_schools_are_re_allocated_and_the_officer_declares(visit: Visit, inspect: Inspect) -> None:
    page = visit("/officers/reallocate/?officer=nobody", role="head_of_service")
    inspect(page, "officers-reallocate")
    boxes = page.locator("input[name=schools]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_label("Officer", exact=True).select_option(label="Officer")
    next_year = page.evaluate("new Date().getFullYear() + 1")
    for part, value in (("Day", 1), ("Month", 9), ("Year", next_year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("Why").fill("The autumn term")
    page.get_by_role("button", name="Re-allocate").click()
    expect(page.get_by_text("2 wait for a declaration")).to_be_visible()
    inspect(page, "officers-reallocation")
    theirs = visit("/officers/offers/", role="officer", scripts=False)
    theirs.get_by_role("button", name="Declare").click()
    expect(theirs.get_by_text("no conflict")).to_be_visible()
    page.reload()
    expect(page.get_by_text("All are confirmed")).to_be_visible()


@pytest.mark.parametrize("window", ["desktop", "phone", "zoom"])
def test_the_pages_fit_every_window(visit: Visit, inspect: Inspect, desk: object, window: str) -> None:
    urn = desk.school  # type: ignore[attr-defined]
    paths = {
        "triggers-about": "/triggers/about/",
        "triggers-powers": "/triggers/powers/",
        "triggers-school-powers": f"/triggers/powers/{urn}/",
        "triggers-waiting": "/triggers/waiting/",
        "officers-index": "/officers/",
        "officers-uncovered": "/officers/without/",
        "officers-caseloads": "/officers/caseloads/",
        "officers-school": f"/officers/schools/{urn}/",
        "officers-tasks": "/officers/tasks/",
        "officers-special": "/officers/special/",
        "officers-visit": f"/officers/schools/{urn}/visit/",
        "officers-propose": f"/officers/schools/{urn}/propose/",
    }
    page = visit("/officers/offers/", role="head_of_service", window=window)
    home = page.url.partition("/officers/")[0]
    for name, path in paths.items():
        page.goto(home + path)
        inspect(page, name)
