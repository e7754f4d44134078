"""HAL-08: a concern about an academy or free school is notified to a regulator, with letter, date and response."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Intake, Line, School
from strandline.web.triggers import queries, referring
from strandline.web.triggers.models import Referral, Regulator
from strandline.web.triggers.referring import NotReferable

ACADEMY, MAINTAINED = 100_002, 100_001
WORDS = "We are concerned.\n\nResults fell for three years."


def send(client: Client, path: str, **fields: object) -> object:
    return client.post(path, {"form_key": str(uuid4()), **fields})


@pytest.fixture
def written(schools: dict[int, School], officer: Actor) -> Referral:
    """A letter about the academy, not sent yet."""
    return referring.write(by=officer, school=schools[ACADEMY], regulator=Regulator.DEPARTMENT, letter=WORDS)


def test_the_page_of_an_academy_s_powers_offers_to_notify_and_that_of_a_maintained_school_does_not(
    schools: dict[int, School], as_role: Callable[..., Client]
) -> None:
    """HAL-08."""
    client = as_role(Role.OFFICER)
    assert "Notify a regulator" in client.get(f"/triggers/powers/{ACADEMY}/").content.decode()
    assert "Notify a regulator" not in client.get(f"/triggers/powers/{MAINTAINED}/").content.decode()
    assert client.get(f"/triggers/powers/{MAINTAINED}/notify/").status_code == 404
    assert "Notify a regulator" not in as_role(Role.ANALYST).get(f"/triggers/powers/{ACADEMY}/").content.decode()


def test_a_letter_is_written_sent_and_answered_through_the_pages(
    schools: dict[int, School], as_role: Callable[..., Client]
) -> None:
    """HAL-08: to whom, the letter, the date it was sent, the response and its date."""
    client = as_role(Role.OFFICER)
    page = client.get(f"/triggers/powers/{ACADEMY}/notify/").content.decode()
    assert "The regional director of the Department for Education" in page
    assert "We write about Beech Academy (URN 100002)" in page
    answer = send(client, f"/triggers/powers/{ACADEMY}/notify/", regulator="department", letter=WORDS)
    row = Referral.objects.get()
    assert answer.url == f"/triggers/referrals/{row.pk}/"
    assert row.addressee == "the regional director of the Department for Education"
    today = timezone.localdate()
    day = {"sent_on_day": today.day, "sent_on_month": today.month, "sent_on_year": today.year}
    later = today + timedelta(days=30)
    due = {"answer_due_on_day": later.day, "answer_due_on_month": later.month, "answer_due_on_year": later.year}
    assert "Written, not sent" in client.get(f"/triggers/referrals/{row.pk}/").content.decode()
    assert send(client, f"/triggers/referrals/{row.pk}/sent/", version=row.version, **day, **due).status_code == 302
    row.refresh_from_db()
    assert (row.sent_on, row.answer_due_on) == (today, later)
    on = {"answered_on_day": today.day, "answered_on_month": today.month, "answered_on_year": today.year}
    sent = {"version": row.version, "answer": "We visit <in> June & write", **on}
    assert send(client, f"/triggers/referrals/{row.pk}/answer/", **sent).status_code == 302
    page = client.get(f"/triggers/referrals/{row.pk}/").content.decode()
    assert "We visit &lt;in&gt; June &amp; write" in page
    assert ">Answered<" in page
    told = AuditRow.objects.filter(action__startswith="triggers.referral", school_urn=ACADEMY).order_by("pk")
    assert [each.action.rpartition("_")[2] for each in told] == ["written", "sent", "answered"]


def test_what_is_open_is_listed_and_overdue_in_words_until_it_is_answered(
    written: Referral, officer: Actor, as_role: Callable[..., Client]
) -> None:
    """HAL-08."""
    client = as_role(Role.SERVICE_MANAGER)
    assert "Written, not sent" in client.get("/triggers/referrals/").content.decode()
    past = timezone.localdate() - timedelta(days=40)
    Referral.objects.update(written_on=past, sent_on=past, answer_due_on=past + timedelta(days=28))
    for path in ("/triggers/referrals/", "/triggers/referrals/?which=overdue", f"/triggers/powers/{ACADEMY}/"):
        assert (
            '<strong class="desk-tag desk-tag--late">Overdue for answer</strong>' in client.get(path).content.decode()
        )
    assert queries.referral_counts(by=officer) == {"open": 1, "overdue": 1, "answered": 0}
    referring.keep_answer(
        by=officer, referral_pk=written.pk, version=1, answered_on=timezone.localdate(), answer="Noted"
    )
    assert queries.referral_counts(by=officer) == {"open": 0, "overdue": 0, "answered": 1}
    assert "Overdue for answer</strong>" not in client.get("/triggers/referrals/").content.decode()


def test_the_steps_come_in_order(written: Referral, schools: dict[int, School], officer: Actor) -> None:
    """HAL-08."""
    today, later = timezone.localdate(), timezone.localdate() + timedelta(days=9)
    with pytest.raises(NotReferable, match="not referred"):
        referring.write(by=officer, school=schools[MAINTAINED], regulator=Regulator.OFSTED, letter=WORDS)
    with pytest.raises(NotReferable, match="No answer is awaited"):
        referring.keep_answer(by=officer, referral_pk=written.pk, version=1, answered_on=today, answer="Noted")
    with pytest.raises(NotReferable, match="after the sending"):
        referring.send(by=officer, referral_pk=written.pk, version=1, sent_on=today, answer_due_on=today)
    with pytest.raises(NotReferable, match="until today"):
        referring.send(by=officer, referral_pk=written.pk, version=1, sent_on=later, answer_due_on=later)
    referring.send(by=officer, referral_pk=written.pk, version=1, sent_on=today, answer_due_on=later)
    with pytest.raises(NotReferable, match="sent already"):
        referring.send(by=officer, referral_pk=written.pk, version=2, sent_on=today, answer_due_on=later)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.update(answered_on=today)


def test_an_answer_before_any_sending_is_refused_by_the_database(written: Referral) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.update(answered_on=timezone.localdate(), answer="Noted", answer_kept_by=written.written_by)


def test_an_answer_is_looked_for_within_twenty_working_days() -> None:
    assert referring.answer_expected(date(2025, 12, 1)) == date(2025, 12, 31), "two bank holidays lie between"


def test_the_letter_is_a_word_document_and_a_pdf_and_the_same_each_time(
    written: Referral, as_role: Callable[..., Client]
) -> None:
    """HAL-08."""
    client = as_role(Role.SERVICE_MANAGER)
    first, again = (client.get(f"/triggers/referrals/{written.pk}/letter.docx").content for _ in range(2))
    assert first == again
    text = ZipFile(BytesIO(first)).read("word/document.xml").decode()
    for words in ("We are concerned.", "Results fell for three years.", "Beech Academy (URN 100002)"):
        assert words in text
    assert client.get(f"/triggers/referrals/{written.pk}/letter.pdf").content.startswith(b"%PDF")
    assert client.get(f"/triggers/referrals/{written.pk}/letter.odt").status_code == 404


def test_why_the_strategy_leaves_the_school_out_stands_on_the_page_and_in_the_draft(
    schools: dict[int, School], as_role: Callable[..., Client]
) -> None:
    """HAL-08: academies and free schools are out of the strategy."""
    intake = Intake.objects.create(
        run_id="r", authority=850, as_at=date(2014, 3, 1), pack="halton-2014", pack_title="Halton 2014"
    )
    Line.objects.create(
        intake=intake,
        school=schools[ACADEMY],
        urn=ACADEMY,
        name="Beech Academy",
        sort_name="beech academy",
        la=850,
        proposed_state="out_of_scope",
        proposed_reason="an academy",
    )
    said = "The strategy Halton 2014 leaves it out: an academy."
    client = as_role(Role.OFFICER)
    assert said in client.get(f"/triggers/powers/{ACADEMY}/").content.decode()
    assert said in client.get(f"/triggers/powers/{ACADEMY}/notify/").content.decode()
    assert said not in as_role(Role.BOARD_MEMBER).get(f"/triggers/powers/{ACADEMY}/").content.decode()


def test_who_may_not_read_letters_sees_that_one_was_written_and_not_what_it_says(
    written: Referral, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.BOARD_MEMBER)
    page = client.get("/triggers/referrals/").content.decode()
    assert "The regional director of the Department for Education" in page
    assert f"/triggers/referrals/{written.pk}/" not in page
    assert client.get(f"/triggers/referrals/{written.pk}/").status_code == 404
    assert client.get(f"/triggers/referrals/{written.pk}/letter.docx").status_code == 404
