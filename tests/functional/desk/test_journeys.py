"""What each role comes to the desk for, from front page to end: on a desk with scripts, on a telephone without."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WAYS = pytest.mark.parametrize(("window", "scripts"), [("desktop", True), ("phone", False)])
Visit = Callable[..., Page]
Inspect = Callable[..., None]
TYPED = "Two visits: “leadership” is interim & £0 <left> in the budget"
PROBLEM = "There is a problem"


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Go where the first link of the main part leads that says so; some look like buttons."""
    words = re.compile(rf"^\s*{re.escape(name)}") if isinstance(name, str) else name
    page.locator("main a").filter(has_text=words).first.click()


def fill_date(page: Page, *, day: int, month: int, year: int) -> None:
    """Type a day into the only date of the page."""
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(label, exact=True).fill(str(value))


def month_from_now(page: Page) -> dict[str, int]:
    """A day about a month ahead, by the desk's own clock."""
    ahead = page.evaluate("new Date(Date.now() + 30 * 864e5).toISOString()")
    return dict(zip(("year", "month", "day"), (int(part) for part in ahead[:10].split("-")), strict=True))


# ------------------------------------------------------------------ the service


@WAYS
def test_a_head_of_service_sees_a_worry_and_who_is_on_it(
    visit: Visit, inspect: Inspect, window: str, scripts: bool
) -> None:
    page = visit("/", role="head_of_service", window=window, scripts=scripts)
    if window == "desktop":
        foot = page.evaluate("document.querySelector('main').getBoundingClientRect().bottom")
        assert foot <= 800, "the front page does not fit a laptop without scrolling"
    row = page.locator("main tbody tr").first
    worry = row.get_by_role("link").first
    name = worry.inner_text().strip()
    assert row.locator("td").last.inner_text().strip()
    worry.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    inspect(page, "journey-head-of-service-school")
    if "/decisions/" in page.url or "/triggers/" in page.url:
        return
    follow(page, re.compile("whole trail"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    inspect(page, "journey-head-of-service-trail")


@WAYS
def test_an_officer_overrides_and_a_manager_approves_and_publishes(
    visit: Visit, inspect: Inspect, window: str, scripts: bool
) -> None:
    page = visit("/decisions/", role="officer", window=window, scripts=scripts)
    follow(page, "Agree or override what the rules propose")
    link = page.locator("main tbody a").nth(0 if scripts else 1)
    school = link.inner_text().strip()
    link.click()
    follow(page, "Override")
    page.get_by_role("button", name="Keep the decision").click()
    expect(page.get_by_text(PROBLEM)).to_be_visible()
    inspect(page, "journey-officer-override-errors")
    page.locator("input[name=category]").last.check()
    page.get_by_label("Reason").fill(TYPED)
    page.get_by_label(re.compile("officer", re.IGNORECASE)).fill("A visit on 3 March: an interim head teacher")
    fill_date(page, **month_from_now(page))
    page.get_by_role("button", name="Keep the decision").click()
    expect(page.get_by_role("main")).to_contain_text(TYPED)
    expect(page.get_by_role("main")).to_contain_text("A colleague who moderates has to approve it")
    inspect(page, "journey-officer-proposed")
    manager = visit("/decisions/queue/?part=approve", role="service_manager", window=window, scripts=scripts)
    follow(manager, school)
    inspect(manager, "journey-manager-decision")
    manager.get_by_role("button", name="Approve").click()
    manager.goto(manager.url.partition("/decisions/")[0] + "/decisions/publish/")
    inspect(manager, "journey-manager-publish")
    manager.get_by_role("row").filter(has_text=school).get_by_role("checkbox").check()
    manager.get_by_role("button", name="Publish those ticked").click()
    expect(manager.get_by_role("main")).to_contain_text(re.compile("published", re.IGNORECASE))
    inspect(manager, "journey-manager-published")
    page.goto(page.url.partition("/decisions/")[0] + f"/schools/?q={school}")
    follow(page, school)
    expect(page.get_by_role("main")).to_contain_text("published on")


@WAYS
def test_an_officer_agrees_with_several(visit: Visit, inspect: Inspect, window: str, scripts: bool) -> None:
    page = visit("/decisions/queue/", role="officer", window=window, scripts=scripts)
    boxes = page.locator("main tbody input[type=checkbox]")
    for place in (4, 5, 6):
        boxes.nth(place).check()
    page.get_by_role("button", name=re.compile("Agree with the rules")).click()
    expect(page.get_by_role("main")).to_contain_text("3")
    inspect(page, "journey-officer-agreed")


def test_an_officer_settles_what_the_rules_leave_open(visit: Visit, inspect: Inspect) -> None:
    page = visit("/decisions/queue/?part=judge", role="officer")
    inspect(page, "journey-officer-to-judge")
    page.locator("main tbody a").first.click()
    inspect(page, "journey-officer-undecided")
    follow(page, "Settle by judgement")
    page.locator("input[name=category]").first.check()
    page.get_by_label("Reason").fill("No figure is published; three visits agree.")
    page.get_by_label(re.compile("officer", re.IGNORECASE)).fill("Three visits this year")
    page.get_by_role("button", name="Keep the decision").click()
    expect(page.get_by_role("main")).to_contain_text("No figure is published; three visits agree.")
    inspect(page, "journey-officer-settled")


@WAYS
def test_an_analyst_takes_away_what_the_screen_shows(
    visit: Visit, inspect: Inspect, window: str, scripts: bool
) -> None:
    page = visit(
        "/schools/?sector=secondary&column=pupils&column=sector&sort=-pupils",
        role="analyst",
        window=window,
        scripts=scripts,
    )
    inspect(page, "journey-analyst-list")
    shown = [name.split("\n")[0].strip() for name in page.locator("main tbody th a").all_inner_texts()]
    address = page.get_by_role("link", name="Download as CSV").get_attribute("href")
    answer = page.context.request.get(page.url.partition("/schools/")[0] + str(address))
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
    assert shown
    assert [row["School"] for row in rows][: len(shown)] == shown
    heads = [" ".join(text.split()).rstrip("↑↓↕ ") for text in page.locator("main thead th").all_inner_texts()]
    assert [head for head in heads if head in rows[0]] == heads


@WAYS
def test_an_auditor_reads_everything_and_changes_nothing(
    visit: Visit, inspect: Inspect, window: str, scripts: bool
) -> None:
    page = visit("/audit/", role="auditor", window=window, scripts=scripts)
    inspect(page, "journey-auditor-audit")
    assert page.locator("main tbody tr").count() > 10
    page.goto(page.url.partition("/audit/")[0] + "/decisions/queue/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Moderation")
    assert page.locator("main form[method=post]").count() == 0


# ------------------------------------------------------------------ the school


@WAYS
def test_a_head_teacher_reads_why_and_replies(visit: Visit, inspect: Inspect, window: str, scripts: bool) -> None:
    page = visit("/", role="head_teacher", window=window, scripts=scripts)
    inspect(page, "journey-head-teacher-front")
    page.locator("main a[href*='/decisions/schools/']").first.click()
    expect(page.get_by_role("heading", name="Why", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="What would move you up")).to_be_visible()
    inspect(page, "journey-head-teacher-category")
    follow(page, "Reply")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text(PROBLEM)).to_be_visible()
    inspect(page, "journey-head-teacher-reply-errors")
    page.locator("input[name=view]").first.check()
    page.get_by_label("What do you want to say?").fill(TYPED)
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_role("main")).to_contain_text(TYPED)
    inspect(page, "journey-head-teacher-replied")


def test_a_category_page_prints_without_controls(visit: Visit, desk) -> None:
    page = visit(f"/decisions/schools/{desk.school}/", role="head_teacher")
    page.emulate_media(media="print")
    assert page.locator("main a[href$='/reply/']").is_hidden()
    assert page.locator(".govuk-service-navigation").is_hidden()
    assert page.locator(".desk-printed").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("role", ["chair_of_governors", "governor"])
@WAYS
def test_governors_see_their_school_and_only_the_chair_replies(
    visit: Visit, desk, role: str, window: str, scripts: bool
) -> None:
    page = visit("/", role=role, window=window, scripts=scripts)
    page.locator("main a[href*='/decisions/schools/']").first.click()
    expect(page.get_by_role("heading", name="Why", exact=True)).to_be_visible()
    assert page.locator("main a[href$='/reply/']").count() == (role == "chair_of_governors")
    answer = page.context.request.get(f"{desk.url}/schools/{desk.school + 1}/")
    assert answer.status == 404


# ------------------------------------------------------------------ partners


@WAYS
def test_a_member_sees_totals_and_no_school(visit: Visit, desk, window: str, scripts: bool) -> None:
    page = visit("/", role="elected_member", window=window, scripts=scripts)
    assert page.locator("main tbody tr").count() >= 3
    assert page.locator("main a[href*='/schools/']").count() == 0
    for path in ("/schools/", f"/schools/{desk.school}/", f"/decisions/schools/{desk.school}/"):
        assert page.context.request.get(desk.url + path).status in (403, 404)


@pytest.mark.parametrize("role", ["diocese", "trust", "consortium_lead", "board_member"])
@WAYS
def test_a_partner_sees_its_own_schools_and_their_published_categories(
    visit: Visit, role: str, window: str, scripts: bool
) -> None:
    page = visit("/", role=role, window=window, scripts=scripts)
    first = page.locator("main tbody a").first
    name = first.inner_text().strip()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    assert "rules propose" not in page.get_by_role("main").inner_text().lower()
    page.goto(page.url.partition("/schools/")[0].partition("/decisions/")[0] + "/schools/")
    shown = page.locator("main tbody tr").count()
    assert shown > 0
    assert "The rules propose" not in page.content()


@WAYS
def test_a_provider_sees_its_school_and_no_decision(visit: Visit, desk, window: str, scripts: bool) -> None:
    page = visit("/", role="external_provider", window=window, scripts=scripts)
    page.goto(f"{desk.url}/schools/{desk.school}/")
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator("main .desk-mark").count() == 0
    assert page.context.request.get(f"{desk.url}/decisions/schools/{desk.school}/").status in (403, 404)


# ------------------------------------------------------------------ by keyboard alone


def test_an_officer_overrides_by_keyboard_alone(visit: Visit, keys) -> None:
    page = visit("/decisions/queue/", role="officer")
    hands = keys(page)
    hands.reach("Skip to main content", most=1)
    hands.press()
    school = page.locator("main tbody a").first.inner_text().strip()
    hands.reach(school)  # the box to agree with several
    hands.reach(school)
    hands.press()
    page.wait_for_url("**/proposals/**")
    hands.reach("Override")
    hands.press()
    page.wait_for_url("**/settle/")
    hands.reach(page.locator("input[name=category] + label").first.inner_text().strip()[:12])
    hands.press("Space")
    hands.reach("Reason")
    hands.write(TYPED)
    day = month_from_now(page)
    for part in ("day", "month", "year"):
        hands.reach(part.capitalize())
        hands.write(str(day[part]))
    hands.reach(page.locator("label[for=id_evidence_officer]").inner_text().strip())
    hands.write("A visit")
    hands.reach("Keep the decision")
    hands.press()
    expect(page.get_by_role("main")).to_contain_text("A colleague who moderates has to approve it")


def test_a_head_teacher_challenges_by_keyboard_alone(visit: Visit, keys, desk) -> None:
    page = visit(f"/decisions/schools/{desk.school}/", role="head_teacher")
    hands = keys(page)
    hands.reach("Challenge the decision")
    hands.press()
    page.wait_for_url("**/challenge/")
    hands.reach("Why should the category be looked at again?")
    hands.write(TYPED)
    hands.reach("Send the challenge")
    hands.press()
    expect(page.get_by_role("main")).to_contain_text(TYPED)
    for _ in range(200):
        hands.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return
    raise AssertionError("the keyboard never leaves the page")
