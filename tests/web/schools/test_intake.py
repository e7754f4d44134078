"""Taking in a run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from strandline.runs.record import Run
from strandline.runs.school_records import SchoolRecord, authorities_of, school_records
from strandline.web.audit.models import AuditRow
from strandline.web.decisions.actions import import_run
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.actions import import_snapshot
from strandline.web.schools.models import Intake, Line, School, SchoolTerm, Snapshot


def test_every_school_of_the_run_gets_a_line_and_a_snapshot(taken_in: Callable[..., Intake]) -> None:
    intake = taken_in("northwold")
    assert intake.schools == 124
    assert School.objects.count() == Line.objects.count() == Snapshot.objects.count() == 124


def test_a_run_is_taken_in_once(taken_in: Callable[..., Intake]) -> None:
    first = taken_in("northwold")
    assert taken_in("northwold") == first
    assert Intake.objects.count() == 1


def test_taking_in_is_in_the_audit(taken_in: Callable[..., Intake]) -> None:
    intake = taken_in("northwold")
    row = AuditRow.objects.get(action="schools.run_taken_in")
    assert row.after["schools"] == intake.schools
    assert row.authority == 992


def test_a_snapshot_says_why_each_missing_figure_is_missing(
    taken_in: Callable[..., Intake], made_runs: dict[str, Run]
) -> None:
    taken_in("northwold")
    told = made_runs["northwold"].table("missing")
    kept = {
        (snapshot.urn, feature): (why["reason"], why["token"])
        for snapshot in Snapshot.objects.all()
        for feature, why in snapshot.missing.items()
    }
    expected = {
        (urn, feature): (reason, token or "")
        for urn, feature, reason, token in told.select("urn", "feature", "reason", "token").iter_rows()
    }
    assert kept == expected
    assert any(reason == "suppressed" and token for reason, token in kept.values())


def test_a_snapshot_holds_every_figure_of_the_run(taken_in: Callable[..., Intake], made_runs: dict[str, Run]) -> None:
    taken_in("northwold")
    for row in made_runs["northwold"].table("facts").iter_rows(named=True):
        snapshot = Snapshot.objects.get(school_id=row["urn"])
        plain = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in row.items()
            if value is not None
        }
        assert snapshot.facts == plain


def test_a_figure_leads_to_the_release_that_it_came_from(taken_in: Callable[..., Intake]) -> None:
    taken_in("northwold")
    snapshot = Snapshot.objects.select_related("intake").get(school_id=992_001)
    assert snapshot.source_of("pupils_on_roll")["kind"] == "gias_establishments"
    assert snapshot.source_of("inspection_grade")["kind"] == "ofsted_mi"
    assert snapshot.source_of("idaci_quintile")["kind"] == "ofsted_mi", "filled from another file than its group's"


def test_an_older_run_taken_in_later_does_not_set_the_schools_back(
    taken_in: Callable[..., Intake], made_runs: dict[str, Run], tmp_path: object
) -> None:
    intake = taken_in("northwold")
    School.objects.filter(urn=992_001).update(consortium="North")
    older = Intake.objects.create(
        run_id="later", authority=992, as_at=date(2027, 1, 1), pack="x", known_on=date(2027, 1, 1)
    )
    Snapshot.objects.all().delete()
    Line.objects.all().delete()
    School.objects.update(name="As the later run has it", latest=older)
    intake.delete()
    taken_in("northwold")
    assert set(School.objects.values_list("name", flat=True)) == {"As the later run has it"}
    assert Line.objects.get(school_id=992_001).consortium == "North"


def test_search_terms_are_words_of_the_name_numbers_and_postcode(taken_in: Callable[..., Intake]) -> None:
    taken_in("northwold")
    school = School.objects.get(urn=992_001)
    terms = set(SchoolTerm.objects.filter(school=school).values_list("word", flat=True))
    assert {"992001", str(school.laestab), *school.name.lower().split()} <= terms


def test_nobody_sees_a_school_of_another_authority(
    taken_in: Callable[..., Intake], actor: Callable[..., Actor]
) -> None:
    taken_in("northwold")
    taken_in("ardenshire")
    officer = actor(Role.HEAD_OF_SERVICE, authority=991)
    assert set(School.objects.for_actor(officer).values_list("la", flat=True)) == {991}
    assert not School.objects.for_actor(actor(Role.ELECTED_MEMBER, authority=991)).exists()


def test_an_actor_may_take_in_a_run_and_is_named(made_runs: dict[str, Run], actor: Callable[..., Actor]) -> None:
    analyst = actor(Role.ANALYST, authority=992)
    import_snapshot(by=analyst, run=made_runs["northwold"])
    assert AuditRow.objects.get(action="schools.run_taken_in").actor_name == analyst.user.name


def test_a_person_takes_in_a_run_for_their_own_authority_and_no_other(
    made_runs: dict[str, Run], actor: Callable[..., Actor], settings: Any
) -> None:
    run = made_runs["northwold"]
    settings.RUNS_HOME = run.folder.parent.parent
    assert import_run(by=actor(Role.HEAD_OF_SERVICE, authority=991), run_id=run.run_id) == ()
    assert not Intake.objects.exists()
    (made,) = import_run(by=actor(Role.HEAD_OF_SERVICE, authority=992), run_id=run.run_id)
    assert (made.authority, made.schools) == (992, Line.objects.count())


def test_records_come_authority_by_authority_and_the_same_however_many_are_asked_for(
    made_runs: dict[str, Run], told_once: Callable[[str], tuple[SchoolRecord, ...]]
) -> None:
    run, every = made_runs["northwold"], told_once("northwold")
    assert authorities_of(run) == (992,)
    assert tuple(school_records(run, authorities=[992])) == every
    assert [record.urn for record in every] == sorted(run.decisions["urn"])
    assert tuple(school_records(run, authorities=[850])) == ()
