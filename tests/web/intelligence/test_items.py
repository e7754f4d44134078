"""Items are typed, sourced, reviewed by a day, age out, and feed a strategy's judgements without their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.audit.versions import StaleRecord
from strandline.web.intelligence import actions, queries
from strandline.web.intelligence.actions import Heard, NotKeepable
from strandline.web.intelligence.kinds import kinds
from strandline.web.intelligence.models import Item, Review
from strandline.web.intelligence.queries import Asked
from strandline.web.intelligence.reach import Sharing
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

CAPACITY = {"capacity": frozenset({"low", "middle", "high"})}
DECLARED = CAPACITY | {"local_intelligence_items": frozenset()}
COUNTS = dict.fromkeys(("local_intelligence_items", "local_intelligence_weight", "complaints_in_use"), frozenset())


def heard(**more: object) -> Heard:
    told = {
        "kind": "finance",
        "text": "A deficit of £40,000",
        "source": "Schools finance",
        "happened_on": timezone.localdate() - timedelta(days=3),
        "confidence": "high",
        "weight": 2,
        "sharing": Sharing.SCHOOL,
    }
    return Heard(**(told | more))  # type: ignore[arg-type]


def test_the_ten_kinds_are_data() -> None:
    listed = "complaint first_preferences exclusions finance hr specialist_services elected_member inspection"
    assert list(kinds()) == [*listed.split(), "peer_review", "other"]


def test_an_item_is_to_be_reviewed_after_the_time_that_is_usual_for_its_kind(
    schools: dict[int, School], officer: Actor
) -> None:
    row = actions.record(by=officer, school=schools[100_001], heard=heard())
    assert row.review_by == actions.review_day("finance", since=timezone.localdate())
    assert actions.review_day("finance", since=date(2024, 2, 29)) == date(2025, 2, 28)


def test_an_item_that_the_school_may_not_see_says_why(schools: dict[int, School], officer: Actor) -> None:
    with pytest.raises(NotKeepable, match="why it is withheld"):
        actions.record(by=officer, school=schools[100_001], heard=heard(sharing=Sharing.SERVICE))
    row = actions.record(by=officer, school=schools[100_001], heard=heard())
    with pytest.raises(IntegrityError, match="intelligence_withheld_with_a_reason"), transaction.atomic():
        Item.objects.filter(pk=row.pk).update(sharing=Sharing.TEAM)


def test_an_item_past_its_day_counts_for_nothing_until_somebody_has_looked(
    schools: dict[int, School], officer: Actor
) -> None:
    row = actions.record(by=officer, school=schools[100_001], heard=heard(bears_on="capacity", bears_value="low"))
    Item.objects.filter(pk=row.pk).update(review_by=timezone.localdate() - timedelta(days=1))
    assert (queries.totals(by=officer).in_use, queries.totals(by=officer).to_review) == (0, 1)
    assert queries.judgement_inputs(authority=850, declared=DECLARED) == ()
    until = timezone.localdate() + timedelta(days=60)
    actions.keep_in_use(by=officer, item_pk=row.pk, version=row.version, until=until, note="Still so")
    assert queries.totals(by=officer).in_use == 1
    assert [one.value for one in queries.judgement_inputs(authority=850, declared=CAPACITY)] == ["low"]
    assert Review.objects.get().note == "Still so"


def test_a_closed_item_is_kept_and_feeds_nothing(schools: dict[int, School], officer: Actor) -> None:
    row = actions.record(by=officer, school=schools[100_001], heard=heard())
    actions.close(by=officer, item_pk=row.pk, version=row.version, reason="Settled")
    assert queries.totals(by=officer).in_use == 0
    assert queries.items(by=officer, asked=Asked(standings=("closed",))).count() == 1
    with pytest.raises(NotKeepable, match="closed"):
        actions.change(by=officer, item_pk=row.pk, version=row.version + 1, heard=heard())


def test_items_feed_only_the_judgements_that_the_pack_declares(schools: dict[int, School], officer: Actor) -> None:
    """WAR-30: an item is typed, dated, sourced, weighted and has a level; items contribute to a school's risk."""
    school = schools[100_001]
    row = actions.record(by=officer, school=school, heard=heard(weight=3))
    assert (row.kind, row.source, row.weight, row.sharing) == ("finance", "Schools finance", 3, Sharing.SCHOOL)
    assert row.happened_on == timezone.localdate() - timedelta(days=3)
    actions.record(by=officer, school=school, heard=heard(kind="complaint", weight=1))
    told = queries.judgement_inputs(authority=850, declared=COUNTS)
    assert {one.name: one.value for one in told} == {
        "local_intelligence_items": "2",
        "local_intelligence_weight": "4",
        "complaints_in_use": "1",
    }
    assert queries.judgement_inputs(authority=850, declared={"something_else": frozenset()}) == ()


def test_a_feed_never_repeats_the_words_of_an_item_and_leaves_the_team_s_out(
    schools: dict[int, School], officer: Actor, head: Actor
) -> None:
    school = schools[100_001]
    secret = heard(sharing=Sharing.TEAM, withheld_reason="Casework", bears_on="capacity", bears_value="low")
    actions.record(by=head, school=school, heard=secret)
    assert queries.judgement_inputs(authority=850, declared=DECLARED) == ()
    actions.record(by=head, school=school, heard=heard(bears_on="capacity", bears_value="middle"))
    (told,) = queries.judgement_inputs(authority=850, declared=CAPACITY)
    assert (told.urn, told.value, told.by_role) == (100_001, "middle", "head_of_service")
    assert "deficit" not in told.reason


def test_of_several_items_on_one_matter_the_newest_counts(schools: dict[int, School], officer: Actor) -> None:
    for days, value in ((30, "low"), (5, "high"), (10, "middle")):
        day = timezone.localdate() - timedelta(days=days)
        actions.record(
            by=officer, school=schools[100_001], heard=heard(happened_on=day, bears_on="capacity", bears_value=value)
        )
    (told,) = queries.judgement_inputs(authority=850, declared=CAPACITY)
    assert told.value == "high"


def test_the_rows_of_a_feed_are_the_columns_that_a_run_reads(schools: dict[int, School], officer: Actor) -> None:
    from dataclasses import fields

    from strandline.runs.judgements import COLUMNS
    from strandline.web.intelligence.feeding import JudgementInput

    assert tuple(field.name for field in fields(JudgementInput)) == COLUMNS


def test_the_second_of_two_editors_is_told(schools: dict[int, School], officer: Actor, head: Actor) -> None:
    row = actions.record(by=officer, school=schools[100_001], heard=heard())
    actions.change(by=head, item_pk=row.pk, version=row.version, heard=heard(text="A deficit of £50,000"))
    with pytest.raises(StaleRecord, match=head.user.name):
        actions.change(by=officer, item_pk=row.pk, version=row.version, heard=heard(text="A deficit of £30,000"))


def test_an_item_is_recorded_changed_and_reviewed_through_the_pages(
    schools: dict[int, School], as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.OFFICER)
    day = timezone.localdate() - timedelta(days=2)
    parts = {"happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year}
    sent = {
        "kind": "hr",
        "text": "Quotes ' \" pounds £ <b>angle</b> " + "x" * 9_000,
        "source": "HR",
        "confidence": "low",
        "weight": 1,
        "sharing": 2,
        **parts,
    }
    refused = client.post("/intelligence/schools/100001/add/", sent | {"form_key": str(uuid4())})
    assert "Write why the school may not see it" in refused.content.decode()
    assert "&lt;b&gt;angle&lt;/b&gt;" in refused.content.decode()
    key = str(uuid4())
    for _ in range(2):
        answer = client.post(
            "/intelligence/schools/100001/add/", sent | {"withheld_reason": "Casework", "form_key": key}
        )
        assert answer.status_code == 302
    row = Item.objects.get()
    assert client.get(f"/intelligence/{row.pk}/").status_code == 200
    assert client.get(f"/intelligence/{row.pk}/change/").status_code == 200
    answer = client.post(
        f"/intelligence/{row.pk}/review/",
        {"outcome": "close", "note": "Done", "version": row.version, "form_key": str(uuid4())},
    )
    assert answer.status_code == 302
    assert Item.objects.get().closed_reason == "Done"
    assert AuditRow.objects.filter(action="intelligence.closed").count() == 1


def test_an_export_quotes_what_a_spreadsheet_would_run(
    schools: dict[int, School], officer: Actor, as_role: Callable[..., Client]
) -> None:
    actions.record(by=officer, school=schools[100_001], heard=heard(text="=HYPERLINK(1)"))
    answer = as_role(Role.HEAD_OF_SERVICE).get("/intelligence/export/")
    assert "'=HYPERLINK(1)" in answer.content.decode("utf-8-sig")
