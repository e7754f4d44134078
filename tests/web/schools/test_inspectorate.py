"""The inspector attached to a school, and the letters of visits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from strandline.web.people.roles import Role
from strandline.web.schools.models import Contact, Document, Intake

MAINTAINED = 992_001


@pytest.fixture
def officer(
    taken_in: Callable[..., Intake], settings: Settings, tmp_path: Path, as_role: Callable[..., Client]
) -> Client:
    """An officer of Northwold, whose documents lie in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    taken_in("northwold")
    return as_role(Role.OFFICER, authority=992)


def test_the_inspector_attached_to_a_school_and_the_letters_of_visits_stand_on_its_record(officer: Client) -> None:
    """WAR-57: a named HMI is attached to a school; the contact and the letters of visits are on the school's record."""
    told = {"starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2025"}
    told |= {"body": "inspectorate", "role": "HMI", "name": "Robin Vale"}
    assert officer.post(f"/schools/{MAINTAINED}/contacts/add/", told).status_code == 302
    contact = Contact.objects.get()
    assert (contact.school_id, contact.body, contact.role) == (MAINTAINED, "inspectorate", "HMI")
    page = officer.get(f"/schools/{MAINTAINED}/contacts/").content.decode()
    assert "Inspectorate" in page
    assert "Robin Vale" in page
    letter = {
        "title": "Letter of the monitoring visit of 3 March",
        "kind": "Letter",
        "dated_day": "3",
        "dated_month": "3",
        "dated_year": "2026",
        "file": SimpleUploadedFile("letter.pdf", b"%PDF-1.7 a letter", content_type="application/pdf"),
    }
    officer.post(f"/schools/{MAINTAINED}/documents/add/", letter)
    kept = Document.objects.get()
    listed = officer.get(f"/schools/{MAINTAINED}/documents/").content.decode()
    assert "Letter of the monitoring visit of 3 March" in listed
    assert f"/schools/{MAINTAINED}/documents/{kept.pk}/" in listed
