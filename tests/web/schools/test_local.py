"""Contacts, agreements to share, documents, consortium, categories."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from strandline.web.audit.models import AuditRow
from strandline.web.audit.versions import StaleRecord
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools import actions
from strandline.web.schools.models import CategorySpell, Contact, Document, Intake, Line, School
from strandline.web.schools.uploads import LARGEST_BYTES, UploadRefused, accept

MAINTAINED = 992_001
STARTS = {"starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2025"}


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Documents of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def northwold(taken_in: Callable[..., Intake]) -> Intake:
    """Northwold's run, taken in."""
    return taken_in("northwold")


@pytest.fixture
def officer(northwold: Intake, as_role: Callable[..., Client]) -> Client:
    """An officer of Northwold."""
    return as_role(Role.OFFICER, authority=992)


@pytest.fixture
def academy(northwold: Intake) -> School:
    """An academy in a trust."""
    return School.objects.filter(maintained=False).exclude(trust_uid="").first()


def person(**fields: str) -> dict[str, str]:
    """What an officer types for a contact."""
    return {"body": "school", "role": "Head teacher", "name": "Ada Marl", **STARTS, **fields}


def test_several_people_may_share_a_role(officer: Client) -> None:
    officer.post(f"/schools/{MAINTAINED}/contacts/add/", person(name="Ada Marl"))
    officer.post(f"/schools/{MAINTAINED}/contacts/add/", person(name="Grace Murray"))
    officer.post(f"/schools/{MAINTAINED}/contacts/add/", person(body="governing_board", role="Chair", name="Jo Day"))
    page = officer.get(f"/schools/{MAINTAINED}/contacts/").content.decode()
    assert page.index("Ada Marl") < page.index("Grace Murray") < page.index("Jo Day")
    assert page.count(">Head teacher<") == 2
    assert "Jo Day" in officer.get(f"/schools/{MAINTAINED}/governance/").content.decode()


def test_a_trusts_contact_stands_with_each_of_its_schools(officer: Client, academy: School) -> None:
    officer.post(f"/schools/{academy.urn}/contacts/add/", person(body="trust", role="Chief executive", name="Kit Lo"))
    contact = Contact.objects.get()
    assert (contact.school_id, contact.body_key) == (None, academy.trust_uid)
    for urn in School.objects.filter(trust_uid=academy.trust_uid).values_list("urn", flat=True):
        assert "Kit Lo" in officer.get(f"/schools/{urn}/contacts/").content.decode()
    assert "Kit Lo" not in officer.get(f"/schools/{MAINTAINED}/contacts/").content.decode()


def test_a_school_in_no_trust_takes_no_contact_of_a_trust(officer: Client) -> None:
    answer = officer.post(f"/schools/{MAINTAINED}/contacts/add/", person(body="trust"))
    assert "belongs to no trust" in answer.content.decode()
    assert not Contact.objects.exists()


def test_a_contact_is_ended_and_still_stands_on_an_earlier_day(officer: Client) -> None:
    officer.post(f"/schools/{MAINTAINED}/contacts/add/", person())
    contact = Contact.objects.get()
    officer.post(
        f"/schools/{MAINTAINED}/contacts/{contact.pk}/end/",
        {"ends_on_day": "1", "ends_on_month": "11", "ends_on_year": "2026", "version": "1"},
    )
    contact.refresh_from_db()
    assert contact.ends_on == date(2026, 11, 1)
    assert "Ada Marl" in officer.get(f"/schools/{MAINTAINED}/contacts/?as_at=2026-10-31").content.decode()
    assert "Ada Marl" not in officer.get(f"/schools/{MAINTAINED}/contacts/?as_at=2026-11-02").content.decode()


def test_the_second_of_two_editors_of_a_contact_is_told(
    northwold: Intake, actor: Callable[..., Actor], officer: Client
) -> None:
    officer.post(f"/schools/{MAINTAINED}/contacts/add/", person())
    contact, school = Contact.objects.get(), School.objects.get(pk=MAINTAINED)
    one = actor(Role.SERVICE_MANAGER, authority=992)
    new = {"role": "Head", "name": "A. Byron", "email": "", "telephone": "", "note": "", "starts_on": date(2025, 9, 1)}
    actions.change_contact(by=one, school=school, pk=contact.pk, version=1, **new)
    with pytest.raises(StaleRecord):
        actions.change_contact(by=one, school=school, pk=contact.pk, version=1, **new)


def test_text_is_kept_as_typed_and_printed_harmless(officer: Client) -> None:
    text = "£5 \"quoted\" 'single' <b>bold</b> & done " * 40
    officer.post(f"/schools/{MAINTAINED}/contacts/add/", person(note=text.strip()))
    assert Contact.objects.get().note == text.strip()
    assert "&lt;b&gt;bold" in officer.get(f"/schools/{MAINTAINED}/contacts/").content.decode()


def test_a_wrong_contact_is_answered_in_sentences_and_nothing_typed_is_lost(officer: Client) -> None:
    page = officer.post(f"/schools/{MAINTAINED}/contacts/add/", person(name="", note="A long note")).content.decode()
    assert "Enter the name" in page
    assert "A long note" in page


def test_an_academys_contacts_and_documents_are_hidden_until_it_agrees(officer: Client, academy: School) -> None:
    """WAL-22: a non-maintained school's data are hidden until it agrees to share them."""
    refused = officer.post(f"/schools/{academy.urn}/contacts/add/", person()).content.decode()
    assert "has not agreed to share" in refused
    page = officer.get(f"/schools/{academy.urn}/documents/").content.decode()
    assert "has not agreed to share documents" in page
    agree = {"part": "contacts", "agreed": "yes", "from_on_day": "1", "from_on_month": "9", "from_on_year": "2025"}
    officer.post(f"/schools/{academy.urn}/sharing/", agree)
    officer.post(f"/schools/{academy.urn}/contacts/add/", person())
    assert "Ada Marl" in officer.get(f"/schools/{academy.urn}/contacts/").content.decode()
    officer.post(f"/schools/{academy.urn}/sharing/", {**agree, "agreed": "no", "from_on_year": "2026"})
    hidden = officer.get(f"/schools/{academy.urn}/contacts/").content.decode()
    assert "Ada Marl" not in hidden
    assert "has not agreed to share its own contacts" in hidden
    assert "Ada Marl" not in officer.get(f"/schools/{academy.urn}/trail/").content.decode()
    one = Contact.objects.get()
    for address in (f"contacts/{one.pk}/", f"contacts/{one.pk}/end/"):
        assert officer.get(f"/schools/{academy.urn}/{address}").status_code == 404, address


def test_a_maintained_school_shares_by_law(officer: Client) -> None:
    assert officer.get(f"/schools/{MAINTAINED}/sharing/").status_code == 404
    assert "The authority maintains the school" in officer.get(f"/schools/{MAINTAINED}/contacts/").content.decode()


def document(**fields: object) -> dict[str, object]:
    """What an officer sends to keep a file."""
    file = SimpleUploadedFile("visit.pdf", b"%PDF-1.7 a note of visit", content_type="application/pdf")
    days = {"dated_day": "1", "dated_month": "10", "dated_year": "2026"}
    return {"file": file, "title": "Note of visit", "kind": "Note of visit", **days, **fields}


def test_a_document_is_kept_listed_and_downloaded(officer: Client) -> None:
    officer.post(f"/schools/{MAINTAINED}/documents/add/", document())
    kept = Document.objects.get()
    answer = officer.get(f"/schools/{MAINTAINED}/documents/{kept.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 a note of visit"
    assert answer["Content-Disposition"] == 'attachment; filename="visit.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert AuditRow.objects.filter(action="schools.document_added", school_urn=MAINTAINED).exists()


def test_a_document_for_the_service_is_not_the_schools(officer: Client, as_role: Callable[..., Client]) -> None:
    officer.post(f"/schools/{MAINTAINED}/documents/add/", document())
    head = as_role(Role.HEAD_TEACHER, authority=992, school_urn=MAINTAINED)
    kept = Document.objects.get()
    assert head.get(f"/schools/{MAINTAINED}/documents/{kept.pk}/").status_code == 404
    assert b"Note of visit" not in head.get(f"/schools/{MAINTAINED}/documents/").content
    officer.post(
        f"/schools/{MAINTAINED}/documents/add/",
        document(
            title="For the school",
            shown_to_school="on",
            file=SimpleUploadedFile("open.pdf", b"%PDF-1.7 open"),
        ),
    )
    assert b"For the school" in head.get(f"/schools/{MAINTAINED}/documents/").content
    assert head.get(f"/schools/{MAINTAINED}/documents/add/").status_code == 404


def test_a_withdrawn_document_is_off_the_page_and_stays_on_record(officer: Client) -> None:
    officer.post(f"/schools/{MAINTAINED}/documents/add/", document())
    kept = Document.objects.get()
    officer.post(f"/schools/{MAINTAINED}/documents/{kept.pk}/withdraw/", {"version": "1"})
    assert b"Note of visit</a>" not in officer.get(f"/schools/{MAINTAINED}/documents/").content
    kept.refresh_from_db()
    assert kept.withdrawn_at is not None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("visit.pdf", b"<script>alert(1)</script>"),
        ("visit.docx", b"%PDF-1.7"),
        ("run.exe", b"MZ\x90"),
        ("notes.txt", b"\x00binary"),
        ("notes.txt", "latin \xe9".encode("latin-1")),
        ("book.xlsx", b"PK\x03\x04 not really an archive"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ],
)
def test_a_file_is_known_by_its_content_not_by_its_name(name: str, content: bytes) -> None:
    with pytest.raises(UploadRefused, match="PDF, Word"):
        accept(SimpleUploadedFile(name, content))


def archive(*names: str) -> bytes:
    """A ZIP archive with empty files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        for name in names:
            file.writestr(name, "")
    return whole.getvalue()


def test_word_and_excel_are_kept_unless_they_carry_macros() -> None:
    assert accept(SimpleUploadedFile("a.docx", archive("[Content_Types].xml", "word/document.xml"))).suffix == ".docx"
    assert accept(SimpleUploadedFile("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"))).suffix == ".xlsx"
    with pytest.raises(UploadRefused):
        accept(SimpleUploadedFile("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")))


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    file = SimpleUploadedFile("big.pdf", b"%PDF-")
    file.size = LARGEST_BYTES + 1
    with pytest.raises(UploadRefused, match="larger than 10 MB"):
        accept(file)


def test_a_consortium_is_the_authoritys_own_and_shows_in_the_list(officer: Client) -> None:
    officer.post(f"/schools/{MAINTAINED}/consortium/", {"consortium": "North", "version": "1"})
    assert School.objects.get(pk=MAINTAINED).consortium == "North"
    assert Line.objects.get(school=MAINTAINED).consortium == "North"
    assert "1 school<" in officer.get("/schools/?consortium=North").content.decode()


def test_a_new_category_supersedes_the_one_shown_and_never_changes_it(northwold: Intake) -> None:
    school = School.objects.get(pk=MAINTAINED)
    first = actions.show_category(by=None, school=school, scheme="s", code="2A", published_on=date(2025, 11, 1))
    second = actions.show_category(by=None, school=school, scheme="s", code="3B", published_on=date(2026, 3, 1))
    first.refresh_from_db()
    assert (first.code, first.published_on, first.superseded_on) == ("2A", date(2025, 11, 1), date(2026, 3, 1))
    assert second.superseded_on is None
    with pytest.raises(IntegrityError), transaction.atomic():
        CategorySpell.objects.create(school=school, scheme="s", code="4", published_on=date(2026, 4, 1))
