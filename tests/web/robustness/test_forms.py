"""Two at one record, double clicks, sessions that end, long pastes: nothing is done twice, nothing is lost."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.decisions.models import Decision, Evidence, Proposal, RiskAssessment, RunCategory, State
from strandline.web.people.models import Draft
from strandline.web.schools.models import Contact

PASTE = (
    "“Quotes” 'single' \"double\" £1,234.50 & <b>bold</b> <script>alert('x')</script> {{ 7 }} {% now %} é – …\n" * 99
)[:9_999] + "."


def settling(proposal: Proposal, **changed: object) -> dict[str, object]:
    """The form of an override, filled in."""
    other = RunCategory.objects.filter(run=proposal.run).exclude(code=proposal.category).first()
    until = timezone.localdate() + timedelta(days=30)
    return {
        "version": proposal.version,
        "category": other.code,
        "reason": "Leadership changed at Easter",
        "evidence_officer": "Seen on two visits",
        "expires_on_day": until.day,
        "expires_on_month": until.month,
        "expires_on_year": until.year,
    } | changed


def key_in(client: Client, path: str) -> str:
    """The key hidden in a form."""
    return re.search(r'name="form_key" value="([^"]+)"', client.get(path).content.decode())[1]


def override_of(proposal: Proposal) -> str:
    return f"/decisions/proposals/{proposal.pk}/settle/"


def test_the_second_of_two_who_decide_is_told_and_keeps_their_text(
    officer: Client, colleague: Client, waiting: Proposal
) -> None:
    assert officer.post(override_of(waiting), settling(waiting, reason="The first reason")).status_code == 302
    mine = "My own reason, long and <good> & £5 better"
    answer = colleague.post(override_of(waiting), settling(waiting, reason=mine))
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Officer changed this record after you opened it" in page
    assert mine in page
    assert [each.reason for each in Decision.objects.filter(proposal=waiting)] == ["The first reason"]


def test_the_second_of_two_who_approve_is_told(officer: Client, colleague: Client, waiting: Proposal) -> None:
    officer.post(override_of(waiting), settling(waiting))
    made = Decision.objects.get(proposal=waiting)
    assert colleague.post(f"/decisions/{made.pk}/approve/", {"version": made.version}).status_code == 302
    late = colleague.post(f"/decisions/{made.pk}/return/", {"version": made.version, "reason": "Say which results"})
    assert late.status_code == 409
    assert "Say which results" in late.content.decode()
    made.refresh_from_db()
    assert made.state == State.APPROVED


def judging(client: Client, path: str, **changed: object) -> dict[str, object]:
    """The form of a risk assessment as it stands on the page, filled in."""
    page = client.get(path).content.decode()
    dimensions = dict.fromkeys(re.findall(r'name="(dimension_\w+)"', page), "low")
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    seen = re.search(r'name="version" value="(\d+)"', page)[1]
    return {**dimensions, **day, "level": "high", "reason": "Two visits", "version": seen} | changed


def test_the_second_of_two_who_assess_risk_is_told_and_keeps_their_text(
    officer: Client, colleague: Client, waiting: Proposal
) -> None:
    path = f"/decisions/schools/{waiting.urn}/risk/"
    theirs = judging(officer, path, reason="Leadership has changed", level="middle")
    mine = judging(colleague, path, reason="My own <reason> & £5 more")
    assert officer.post(path, theirs).status_code == 302
    answer = colleague.post(path, mine)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Officer changed this record after you opened it" in page
    assert "assessed the risk of" in re.sub(r"<[^>]+>", "", page)
    assert "My own <reason> & £5 more" in page
    assert waiting.school_name in page
    assert f"school {waiting.urn}" not in page
    assert "On month" not in page
    assert [each.reason for each in RiskAssessment.objects.filter(school=waiting.urn)] == ["Leadership has changed"]
    again = judging(colleague, path, reason="My own <reason> & £5 more")
    assert colleague.post(path, again).status_code == 302
    assert RiskAssessment.objects.filter(school=waiting.urn).count() == 2


def test_the_second_of_two_who_correct_a_contact_is_told_and_keeps_their_text(
    officer: Client, colleague: Client, waiting: Proposal
) -> None:
    today = timezone.localdate()
    day = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    first = {"body": "authority", "role": "Link adviser", "name": "A. Reader", "note": "Wednesdays", **day}
    assert officer.post(f"/schools/{waiting.urn}/contacts/add/", first).status_code == 302
    row = Contact.objects.get(school=waiting.urn, name="A. Reader")
    path = f"/schools/{waiting.urn}/contacts/{row.pk}/"
    seen = {"role": "Link adviser", "name": "A. Reader", "version": row.version, **day}
    assert officer.post(path, seen | {"telephone": "01632 960 001"}).status_code == 302
    answer = colleague.post(path, seen | {"note": "Mine: <not> on Fridays & £5"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Officer changed this record after you opened it" in page
    assert "Mine: <not> on Fridays & £5" in page
    row.refresh_from_db()
    assert (row.telephone, row.note) == ("01632 960 001", "")
    ended = {f"ends_on_{part}": getattr(today, part) for part in ("day", "month", "year")}
    assert colleague.post(f"{path}end/", {"version": row.version - 1, **ended}).status_code == 409
    unversioned = colleague.post(path, {name: value for name, value in seen.items() if name != "version"})
    assert unversioned.status_code == 409
    row.refresh_from_db()
    assert row.ends_on is None


def test_an_override_sent_twice_is_one_decision(officer: Client, waiting: Proposal) -> None:
    form = settling(waiting, form_key=key_in(officer, override_of(waiting)))
    first, second = (officer.post(override_of(waiting), form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == first.url
    assert Decision.objects.filter(proposal=waiting).count() == 1
    assert AuditRow.objects.filter(action="decisions.overridden", school_urn=waiting.urn).count() == 1


def test_agreement_and_publication_sent_twice_happen_once(colleague: Client, waiting: Proposal) -> None:
    page = f"/decisions/proposals/{waiting.pk}/"
    form = {"version": waiting.version, "form_key": key_in(colleague, page)}
    answers = [colleague.post(f"{page}agree/", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    made = Decision.objects.get(proposal=waiting)
    form = {"decision": made.pk, "form_key": key_in(colleague, "/decisions/publish/")}
    answers = [colleague.post("/decisions/publish/", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditRow.objects.filter(action="decisions.published", subject_id=str(made.pk)).count() == 1


def test_a_paste_of_ten_thousand_characters_is_kept_to_the_letter_and_shown_as_text(
    officer: Client, waiting: Proposal
) -> None:
    assert len(PASTE) == 10_000
    answer = officer.post(override_of(waiting), settling(waiting, reason=PASTE, evidence_officer=PASTE[:4_000].strip()))
    assert answer.status_code == 302
    made = Decision.objects.get(proposal=waiting)
    assert made.reason == PASTE
    assert Evidence.objects.get(decision=made).statement == PASTE[:4_000].strip()
    assert AuditRow.objects.get(action="decisions.overridden", school_urn=waiting.urn).after["reason"] == PASTE
    page = officer.get(answer.url).content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert "£1,234.50 & <b>bold</b>" in html.unescape(page)
    assert "{{ 7 }}" in page


def test_a_text_that_is_too_long_is_given_back_whole(officer: Client, waiting: Proposal) -> None:
    long = PASTE + "and one more"
    answer = officer.post(override_of(waiting), settling(waiting, reason=long))
    assert answer.status_code == 200
    assert "and one more" in answer.content.decode()
    assert not Decision.objects.filter(proposal=waiting).exists()


def test_a_session_that_ends_mid_form_loses_no_letter(officer: Client, waiting: Proposal) -> None:
    officer.get(override_of(waiting))
    session = officer.session
    session["seen_at"] = (timezone.now() - timedelta(hours=2)).timestamp()
    session.save()
    answer = officer.post(override_of(waiting), settling(waiting, reason=PASTE))
    assert answer.status_code == 302
    assert not Decision.objects.filter(proposal=waiting).exists()
    draft = Draft.objects.get()
    login = {"login": draft.user.email, "password": "tide-line-2026", "next": f"/people/kept/{draft.pk}/"}
    back = officer.post("/account/login/", login)
    page = officer.get(back.url).content.decode()
    assert "<script>alert" not in page
    given = dict(draft.fields)
    assert officer.post(draft.path, given).status_code == 302
    assert Decision.objects.get(proposal=waiting).reason == PASTE


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud7ff￿"])
def test_characters_that_no_name_has_break_nothing(officer: Client, waiting: Proposal, text: str) -> None:
    answer = officer.post(override_of(waiting), settling(waiting, reason=text))
    assert answer.status_code in (200, 302)
    assert officer.get("/schools/", {"q": text}).status_code == 200
