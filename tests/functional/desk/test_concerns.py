"""Journeys through casework: work with no concern, and a concern from its opening to a notice that is lifted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

WAYS = pytest.mark.parametrize(("window", "scripts"), [("desktop", True), ("phone", False)])
Visit = Callable[..., Page]
Inspect = Callable[..., None]
TYPED = "Three heads in a year: “interim” & £0 <left> in the budget"
PROBLEM = "There is a problem"
HEADINGS = ("Issue", "Current status", "Case aim", "De-escalation point", "Next steps")


def follow(page: Page, name: str) -> None:
    """Go where the first link of the main part leads that begins so."""
    page.locator("main a").filter(has_text=re.compile(rf"^\s*{re.escape(name)}")).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(words)


def fill_date(page: Page, *, days: int) -> None:
    """Type a day so far ahead into the only date of the page, by the desk's own clock."""
    ahead = page.evaluate(f"new Date(Date.now() + {days} * 864e5).toISOString()")
    for label, value in zip(("Year", "Month", "Day"), ahead[:10].split("-"), strict=True):
        page.get_by_label(label, exact=True).fill(value)


def opened(page: Page, *, kind: str, title: str, reason: str = "") -> None:
    """A case from the page of the school."""
    follow(page, "Open a case")
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("What it is about, in a line").fill(title)
    page.get_by_label("Means of referral").select_option(label="An officer's visit")
    page.get_by_label("Why it is a concern").fill(reason)
    press(page, "Open")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def decided(page: Page, *, outcome: str) -> None:
    """A decision for the head of service to authorise, on the page that asks for it."""
    page.get_by_label("Business area").select_option(label="Standards and improvement")
    page.get_by_label("Outcome, in a line").fill(outcome)
    page.get_by_label("Supporting notes").fill(TYPED)
    page.get_by_label("Authoriser").select_option(label="Head of service")
    press(page, "Record")
    says(page, "Waiting for the authoriser")


def authorised(visit: Visit, address: str, *, outcome: str, inspect: Inspect | None = None, **way: Any) -> Page:
    """The head of service reads the whole notice and authorises it: the officer could not."""
    head = visit(address, role="head_of_service", **way)
    expect(head.get_by_role("link", name=f"Take back: {outcome}")).to_be_visible()
    follow(head, outcome)
    says(head, "A plan, agreed with the authority")
    says(head, "A head teacher in post")
    if inspect:
        inspect(head, "journey-concerns-authorise")
    head.get_by_label("Authorise", exact=True).check()
    press(head, "Answer")
    says(head, "Your answer is kept")
    return head


@WAYS
def test_an_officer_opens_work_with_no_concern_and_closes_it(
    visit: Visit, inspect: Inspect, desk: Any, window: str, scripts: bool
) -> None:
    page = visit(f"/schools/{desk.school}/", role="officer", window=window, scripts=scripts)
    follow(page, "Open a case")
    press(page, "Open")
    expect(page.get_by_text(PROBLEM)).to_be_visible()
    inspect(page, "journey-concerns-open-errors")
    page.go_back()
    page.go_back()
    opened(page, kind="Work with no concern", title=f"Advice to its new chair, {window}")
    inspect(page, "journey-concerns-no-concern")
    assert page.get_by_role("link", name="Draft a notice").count() == 0
    follow(page, "Close the case")
    page.get_by_label("Reason").fill("The chair has completed the induction")
    press(page, "Close")
    says(page, "The case is closed, and kept")
    says(page, "The chair has completed the induction")
    assert page.get_by_role("link", name="Close the case").count() == 0
    inspect(page, "journey-concerns-closed")


@WAYS
def test_a_concern_goes_from_its_narrative_to_a_notice_that_is_lifted(
    visit: Visit, inspect: Inspect, desk: Any, window: str, scripts: bool
) -> None:
    way = {"window": window, "scripts": scripts}
    page = visit(f"/schools/{desk.school}/", role="officer", **way)
    opened(page, kind="Concern", title=f"Leadership in a {window} year", reason=TYPED)
    says(page, TYPED)
    case = page.url
    follow(page, "Write the narrative")
    press(page, "Keep the narrative")
    expect(page.get_by_text(PROBLEM)).to_be_visible()
    inspect(page, "journey-concerns-narrative-errors")
    for heading in HEADINGS:
        page.get_by_label(heading, exact=True).fill(f"{heading}: {TYPED}")
    press(page, "Keep the narrative")
    says(page, f"De-escalation point: {TYPED}")
    says(page, "Version 1")

    follow(page, "Draft a notice")
    page.get_by_label("Performance, standards and safety warning notice").check()
    page.get_by_label("Matters on which it rests").fill(TYPED)
    page.get_by_label("Action that is required").fill("A plan, agreed with the authority")
    fill_date(page, days=30)
    press(page, "Draft")
    notice = page.url
    says(page, "Before it can be issued")
    inspect(page, "journey-concerns-notice-drafted")
    follow(page, "Issue the notice")
    says(page, "This cannot be done yet")
    says(page, "No decision to issue it has been authorised by another person")
    assert page.locator("main form").count() == 0
    inspect(page, "journey-concerns-notice-guarded")
    _made_ready(page, visit, case=case, notice=notice, way=way)

    follow(page, "Issue the notice")
    press(page, "Issue the notice")
    says(page, "The notice: issued.")
    follow(page, "Start the compliance period")
    press(page, "Start the compliance period")
    follow(page, "A head teacher in post")
    page.get_by_label("Met", exact=True).check()
    page.get_by_label("Evidence").fill("Seen at the review meeting")
    press(page, "Note it")
    follow(page, "Find it complied with")
    press(page, "Find it complied with")
    follow(page, "Lift the notice")
    says(page, "No decision to lift it has been authorised")
    page.goto(notice)
    follow(page, "Record a decision to lift it")
    decided(page, outcome="Lift the notice after the review")
    authorised(visit, case.removeprefix(desk.url), outcome="Lift the notice after the review", inspect=inspect, **way)
    page.goto(notice)
    follow(page, "Lift the notice")
    page.get_by_label("Why it is lifted").fill("Every condition is met")
    press(page, "Lift the notice")
    says(page, "Every condition is met")
    inspect(page, "journey-concerns-notice-lifted")
    _told_the_school(visit, notice.removeprefix(desk.url), inspect=inspect, way=way)


def _made_ready(page: Page, visit: Visit, *, case: str, notice: str, way: dict[str, Any]) -> None:
    """A condition, every step before it with its evidence, and another person's authority."""
    page.goto(notice)
    follow(page, "Add a condition")
    page.get_by_label("What has to be seen").fill("A head teacher in post")
    press(page, "Add")
    page.goto(case)
    steps = page.locator("main .govuk-task-list").first.locator("a").all_inner_texts()
    assert len(steps) == 5
    for step in steps:
        follow(page, step)
        page.get_by_label("Done", exact=True).check()
        page.get_by_label("Evidence").fill(f"Minutes: {TYPED}")
        press(page, "Note it")
        says(page, "The step is noted")
    says(page, f"Minutes: {TYPED}")
    page.goto(notice)
    follow(page, "Record a decision to issue it")
    decided(page, outcome="Issue the warning notice")
    assert (
        page.get_by_role("link", name="Issue the warning notice", exact=True).count() == 0
    )  # nobody authorises their own
    path = case[case.index("/concerns/") :]
    authorised(visit, path, outcome="Issue the warning notice", **way)
    page.goto(notice)


def _told_the_school(visit: Visit, path: str, *, inspect: Inspect, way: dict[str, Any]) -> None:
    """The head teacher reads the notice that was issued, and nothing of the case."""
    theirs = visit("/concerns/", role="head_teacher", **way)
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Notices issued to your school")
    theirs.locator(f"main a[href='{path}']").click()
    says(theirs, "A head teacher in post")
    assert "De-escalation" not in theirs.content()
    says(theirs, "Every condition is met")
    inspect(theirs, "journey-concerns-notice-at-the-school")


@WAYS
def test_an_academy_is_given_no_statutory_step_but_the_way_to_a_regulator(
    visit: Visit, inspect: Inspect, window: str, scripts: bool
) -> None:
    page = visit("/concerns/?q=Exclusions", role="officer", window=window, scripts=scripts)
    follow(page, "Exclusions doubled in a year")
    says(page, "no statutory step is offered")
    assert page.get_by_role("link", name="Draft a notice").count() == 0
    assert page.locator("main .govuk-task-list").count() == 0
    inspect(page, "journey-concerns-academy")
    follow(page, "Notify a regulator")
    assert "/notify/" in page.url


@pytest.mark.parametrize("role", ["governor", "elected_member", "trust", "diocese", "board_member"])
def test_whoever_casework_is_closed_to_is_not_led_there(visit: Visit, desk: Any, role: str) -> None:
    page = visit("/", role=role)
    assert page.locator("a[href^='/concerns/']").count() == 0
    for path in ("/concerns/", "/concerns/1/", "/concerns/1/narratives/", "/concerns/notices/1/"):
        assert page.context.request.get(desk.url + path).status in (403, 404)


def test_cases_go_to_another_owner_by_keyboard_alone(visit: Visit, keys: Callable[[Page], Any]) -> None:
    page = visit("/concerns/", role="head_of_service")
    hands = keys(page)
    chosen = page.locator("main tbody tr").first.locator("td a, th a").first.inner_text().strip()
    hands.reach(f"Choose {chosen}")
    hands.press("Space")
    hands.reach("Name another owner for those ticked")
    hands.press()
    page.wait_for_url("**/reassign/**")
    says(page, chosen)
    hands.reach("Case owner")
    hands.write("Service manager")
    hands.reach("Reason")
    hands.write(TYPED)
    hands.reach("Name the owner")
    hands.press()
    says(page, "Service manager owns 1 case now")
