"""The audit: one row for each change, in sentences, never altered, each reader within their own authority."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import strandline.web
from strandline.kernel.errors import BugError
from strandline.web import audit
from strandline.web.audit import presenters, queries
from strandline.web.audit.models import AuditRow
from strandline.web.audit.queries import Asked
from strandline.web.audit.sentences import sentences
from strandline.web.people.models import Assignment, Organisation, OrganisationKind
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

pytestmark = pytest.mark.django_db
WEB = Path(strandline.web.__file__).parent


def note(by: Actor | None, action: str = "people.assigned", **more: object) -> AuditRow:
    with transaction.atomic():
        return audit.record(by=by, action=action, subject=("people.assignment", 1), **more)


def test_every_action_that_is_recorded_has_a_sentence() -> None:
    recorded = set()
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for each in node.keywords:
                    named = each.arg == "action" and isinstance(each.value, ast.Constant)
                    if named and re.fullmatch(r"[a-z_]+\.[a-z_]+", str(each.value.value)):
                        recorded.add(each.value.value)
    assert len(recorded) > 10
    assert recorded - set(sentences()) == set()


@transaction.atomic
def fail_after_recording(by: Actor) -> None:
    audit.record(by=by, action="people.assigned", subject=("x", 1))
    raise RuntimeError


def test_a_change_and_its_row_stand_or_fall_together(actor: Callable[..., Actor], transactional_db: None) -> None:
    officer = actor(Role.OFFICER)
    with pytest.raises(BugError, match="outside a transaction"):
        audit.record(by=officer, action="people.assigned", subject=("x", 1))
    with pytest.raises(RuntimeError):
        fail_after_recording(officer)
    assert not AuditRow.objects.exists()


def test_a_contractor_acts_for_the_council_and_the_audit_shows_both(person: Callable, council: Organisation) -> None:
    """WAL-27: a user belongs to an organisation other than the council and acts for it; the audit shows both."""
    works_for = Organisation.objects.create(kind=OrganisationKind.CONTRACTOR, name="Tideway Improvement Ltd")
    user = person(Role.OFFICER)
    user.organisation = works_for
    user.save()
    Assignment.objects.filter(user=user).update(acting_for=council)
    row = note(actor_for(user), after={"name": "Ola", "role": "Officer"})
    assert (row.organisation, row.acting_for) == ("Tideway Improvement Ltd", "Northwold Council")
    assert presenters.who(row) == "Officer (Tideway Improvement Ltd, for Northwold Council)"


def test_inviting_somebody_of_a_contractor_makes_them_act_for_the_council(
    as_role: Callable[..., Client], council: Organisation
) -> None:
    head = as_role(Role.HEAD_OF_SERVICE)
    form = {"name": "Ola", "email": "ola@example.org", "role": "officer"}
    head.post("/people/invite/", form | {"new_organisation": "Tideway Ltd", "new_kind": "contractor"})
    address = head.session["invitation_address"]["address"].replace("http://testserver", "")
    Client().post(address, {"password": "tide-line-2026", "again": "tide-line-2026"})
    held = Assignment.objects.get(user__email="ola@example.org")
    assert held.acting_for == council
    assert "Tideway Ltd, acting for Northwold Council" in head.get("/people/").content.decode()


def test_a_row_is_never_altered(actor: Callable[..., Actor]) -> None:
    row = note(actor(Role.OFFICER))
    row.action = "people.signed_in"
    with pytest.raises(BugError):
        row.save()
    with pytest.raises(BugError):
        row.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditRow.objects.filter(pk=row.pk).update(action="people.signed_in")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's test runner empties tables row by row")
def test_a_row_is_never_removed(actor: Callable[..., Actor]) -> None:
    row = note(actor(Role.OFFICER))
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditRow.objects.filter(pk=row.pk).delete()


def test_a_row_reads_as_a_sentence_with_what_changed(actor: Callable[..., Actor]) -> None:
    row = note(
        actor(Role.HEAD_OF_SERVICE),
        action="people.assignment_ended",
        before={"ends_on": None, "name": "Ola"},
        after={"ends_on": "2026-07-31", "name": "Ola", "role": "Officer", "reason": "moved"},
    )
    assert presenters.sentence(row, schools={}) == (
        "Head of service ended the role Officer of Ola on 31 July 2026: moved"
    )
    shown = {each.field: (each.before, each.after) for each in presenters.changes(row)}
    assert shown["ends on"] == ("–", "31 July 2026")
    assert "name" not in shown


def test_a_code_that_changed_is_printed_as_words(actor: Callable[..., Actor]) -> None:
    before, after = {"role": "head_teacher", "email": "a_b@c.example"}, {"role": "chair_of_governors"}
    row = note(actor(Role.OFFICER), action="people.assigned", before=before, after=after)
    shown = {each.field: (each.before, each.after) for each in presenters.changes(row)}
    assert shown == {"role": ("head teacher", "chair of governors"), "email": ("a_b@c.example", "–")}


def test_a_sentence_holds_whatever_was_written(actor: Callable[..., Actor]) -> None:
    row = note(actor(Role.OFFICER), action="people.invited", after={"name": "{who.__class__} £ <b>", "role": ""})
    assert presenters.sentence(row, schools={}) == "Officer invited {who.__class__} £ <b> as –, for –"


def test_the_history_of_a_field_says_who_when_from_to(as_role: Callable[..., Client], person: Callable) -> None:
    head = as_role(Role.HEAD_OF_SERVICE)
    user = person(Role.OFFICER)
    head.post(f"/people/{user.pk}/sign-in/", {"version": 1, "reason": "leave"})
    head.post(f"/people/{user.pk}/sign-in/", {"version": 2, "reason": "back"})
    page = head.get(f"/audit/people.user/{user.pk}/").content.decode()
    assert "stopped the sign-in of Officer: leave" in page
    assert page.index("May sign in") > 0
    made = presenters.history(AuditRow.objects.filter(subject_id=str(user.pk)).order_by("pk"))["may sign in"]
    assert [(each.before, each.after, each.who) for each in made] == [
        ("yes", "no", "Head of service"),
        ("no", "yes", "Head of service"),
    ]


def test_a_reader_sees_their_own_authority_only(actor: Callable[..., Actor], as_role: Callable[..., Client]) -> None:
    note(actor(Role.OFFICER), after={"name": "Here"})
    note(actor(Role.OFFICER, authority=851), after={"name": "Faraway"})
    page = as_role(Role.HEAD_OF_SERVICE).get("/audit/").content.decode()
    assert "Here" in page
    assert "Faraway" not in page
    assert as_role(Role.AUDITOR).get("/audit/people.assignment/1/").status_code == 200
    assert as_role(Role.OFFICER, email="o@example.org").get("/audit/").status_code == 403


def test_an_auditor_learns_that_intelligence_was_noted_and_not_what(
    actor: Callable[..., Actor], as_role: Callable[..., Client]
) -> None:
    note(actor(Role.OFFICER), action="intelligence.added", after={"title": "A complaint about X"})
    page = as_role(Role.AUDITOR).get("/audit/").content.decode()
    assert "added (intelligence)" in page
    assert "complaint" not in page


def test_the_filter_narrows_by_who_what_school_and_days(actor: Callable[..., Actor]) -> None:
    head = actor(Role.HEAD_OF_SERVICE)
    note(actor(Role.OFFICER), school_urn=100_001)
    note(head, action="people.invited")

    def count(**asked: object) -> int:
        return queries.rows(by=head, asked=Asked(**asked)).count()

    assert (count(), count(who="officer"), count(action="people.invited"), count(school_urn=100_001)) == (2, 1, 1, 1)
    day = AuditRow.objects.first().at.date()
    assert (count(since=day, until=day), count(until=day.replace(year=2000))) == (2, 0)


def test_the_audit_page_runs_the_same_queries_for_two_rows_and_for_a_hundred(
    actor: Callable[..., Actor], as_role: Callable[..., Client]
) -> None:
    head, officer = as_role(Role.HEAD_OF_SERVICE), actor(Role.OFFICER)
    head.get("/audit/")
    counts = []
    for more in (2, 98):
        for _ in range(more):
            note(officer, school_urn=100_001)
        with CaptureQueriesContext(connection) as seen:
            head.get("/audit/")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 7
