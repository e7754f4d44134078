"""Notices: only where the power exists, only with their steps done, only from one state to the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from fakes.casework import again, authorise, drafted, lapsed, moved, walk_steps

from strandline.web.audit.versions import StaleRecord
from strandline.web.concerns import actions
from strandline.web.concerns.actions import NotPossible
from strandline.web.concerns.actions.notices import MOVES
from strandline.web.concerns.casework import casework
from strandline.web.concerns.models import Case, Condition, Kind, Notice, State
from strandline.web.people.scope import Actor
from strandline.web.triggers.powers import law

TODAY = timezone.localdate


def settled(notice: Notice, *, by: Actor, met: bool) -> None:
    for each in notice.conditions.all():
        actions.settle_condition(
            by=by, condition_pk=each.pk, version=each.version, met=met, on=TODAY(), evidence="Seen"
        )


def test_an_academy_gets_no_notice_but_what_can_be_done(opens: Callable[..., Case], officer: Actor) -> None:
    row = opens(urn=100_002)
    with pytest.raises(NotPossible, match="no such power over Beech Academy") as refused:
        actions.draft(by=officer, case_pk=row.pk, told=drafted())
    assert "letter of concern" in refused.value.what_to_do


def test_work_with_no_concern_brings_no_notice(opens: Callable[..., Case], officer: Actor) -> None:
    with pytest.raises(NotPossible, match="no concern"):
        actions.draft(by=officer, case_pk=opens(Kind.NO_CONCERN).pk, told=drafted())


def test_a_notice_leaves_time_to_comply(concern: Case, officer: Actor) -> None:
    with pytest.raises(NotPossible, match="comply"):
        actions.draft(by=officer, case_pk=concern.pk, told=drafted(days=0))


def test_every_notice_and_step_names_a_power_of_the_law() -> None:
    powers = {power.key for power in law().powers}
    assert set(casework().notices) <= powers
    assert all(set(kind.next) <= set(casework().notices) for kind in casework().notices.values())
    assert all(step.powers <= set(casework().notices) and step.cite for step in casework().steps.values())
    assert "s63" not in casework().notices["s60A"].next


def test_issuing_lists_what_is_missing(concern: Case, officer: Actor, head: Actor) -> None:
    notice = actions.draft(by=officer, case_pk=concern.pk, told=drafted())
    with pytest.raises(NotPossible) as refused:
        moved(notice, State.ISSUED, by=officer)
    said = str(refused.value)
    assert all(step.title in said for step in casework().before("s60"))
    assert "no condition" in said
    assert "authorised by another person" in said


@pytest.mark.parametrize("step", [step.key for step in casework().before("s60")])
def test_one_step_not_done_is_enough_to_refuse(concern: Case, officer: Actor, head: Actor, step: str) -> None:
    notice = actions.draft(by=officer, case_pk=concern.pk, told=drafted())
    actions.add_condition(by=officer, notice_pk=notice.pk, version=1, text="A head in post")
    walk_steps(concern, by=officer, but=step)
    authorise(notice, by=officer, head=head)
    with pytest.raises(NotPossible, match=casework().steps[step].title):
        moved(notice, State.ISSUED, by=officer)


def test_a_notice_is_issued_answered_met_and_lifted(ready: Notice, officer: Actor, head: Actor) -> None:
    moved(ready, State.ISSUED, by=officer)
    moved(ready, State.REPRESENTATIONS, by=officer, text="The board disagrees")
    moved(ready, State.RUNNING, by=officer)
    settled(ready, by=officer, met=True)
    moved(ready, State.MET, by=officer)
    with pytest.raises(NotPossible, match="cannot be lifted"):
        moved(ready, State.LIFTED, by=officer, text="Done")
    authorise(again(ready), by=officer, head=head, about="lift")
    moved(ready, State.LIFTED, by=officer, text="Done")
    assert (again(ready).state, again(ready).ended_on) == ("lifted", TODAY())


@pytest.mark.parametrize("state", State)
def test_no_state_is_reached_but_from_the_one_before(ready: Notice, officer: Actor, state: State) -> None:
    if state not in MOVES[State.DRAFTED]:
        with pytest.raises(NotPossible, match="does not become"):
            moved(ready, state, by=officer, text="x")
    else:
        assert moved(ready, state, by=officer, text="x").state == state


def test_ended_notices_go_nowhere() -> None:
    assert [state for state in State if not MOVES[state]] == [State.LIFTED, State.ESCALATED, State.WITHDRAWN]


def test_a_finding_follows_its_conditions(running: Notice, officer: Actor) -> None:
    with pytest.raises(NotPossible, match="still open"):
        moved(running, State.MET, by=officer)
    settled(running, by=officer, met=False)
    with pytest.raises(NotPossible, match="not met"):
        moved(running, State.MET, by=officer)
    settled(running, by=officer, met=True)
    lapsed(running)
    with pytest.raises(NotPossible, match="Every condition is met"):
        moved(running, State.NOT_MET, by=officer)
    assert moved(running, State.MET, by=officer).found_on == TODAY()


def test_nothing_is_found_not_complied_with_before_its_day_is_over(running: Notice, officer: Actor) -> None:
    settled(running, by=officer, met=False)
    with pytest.raises(NotPossible, match=r"has until .* to comply"):
        moved(running, State.NOT_MET, by=officer)
    Notice.objects.filter(pk=lapsed(running).pk).update(comply_by=TODAY())
    with pytest.raises(NotPossible, match=r"has until .* to comply"):
        moved(running, State.NOT_MET, by=officer)
    assert moved(lapsed(running), State.NOT_MET, by=officer).found_on == TODAY()


def test_conditions_are_set_before_and_looked_at_after_the_issue(ready: Notice, officer: Actor) -> None:
    with pytest.raises(NotPossible, match="while the compliance period runs"):
        settled(ready, by=officer, met=True)
    moved(ready, State.ISSUED, by=officer)
    with pytest.raises(NotPossible, match="before the notice is issued"):
        actions.add_condition(by=officer, notice_pk=ready.pk, version=again(ready).version, text="More")


def test_a_notice_not_complied_with_escalates_to_the_next(running: Notice, concern: Case, officer: Actor) -> None:
    settled(running, by=officer, met=False)
    moved(lapsed(running), State.NOT_MET, by=officer)
    version = again(running).version
    with pytest.raises(NotPossible, match="eligible for intervention"):
        actions.escalate(by=officer, notice_pk=running.pk, version=version, told=drafted("s64"))
    walk_steps(concern, by=officer, power="s64")
    made = actions.escalate(by=officer, notice_pk=running.pk, version=version, told=drafted("s64"))
    assert (made.state, made.follows_id, again(running).state) == ("drafted", running.pk, "escalated")


def test_only_what_may_follow_follows(running: Notice, officer: Actor) -> None:
    with pytest.raises(NotPossible, match="Only a notice that was not complied with"):
        actions.escalate(by=officer, notice_pk=running.pk, version=running.version, told=drafted("s64"))
    settled(running, by=officer, met=False)
    moved(lapsed(running), State.NOT_MET, by=officer)
    with pytest.raises(NotPossible, match="cannot follow"):
        actions.escalate(by=officer, notice_pk=running.pk, version=again(running).version, told=drafted("s60A"))


def test_the_second_of_two_is_told(ready: Notice, officer: Actor, head: Actor) -> None:
    moved(ready, State.ISSUED, by=head)
    with pytest.raises(StaleRecord):
        actions.move(by=officer, notice_pk=ready.pk, version=ready.version, to=State.WITHDRAWN, on=TODAY(), text="x")


def test_a_day_before_the_notice_is_refused(ready: Notice, officer: Actor) -> None:
    for days in (-1, 1):
        with pytest.raises(NotPossible):
            actions.move(
                by=officer,
                notice_pk=ready.pk,
                version=ready.version,
                to=State.ISSUED,
                on=TODAY() + timedelta(days=days),
            )


def test_the_database_holds_what_the_rules_say(running: Notice) -> None:
    for model, wrong in (
        (Notice, {"comply_by": TODAY()}),
        (Notice, {"state": "drafted"}),
        (Notice, {"state": "met"}),
        (Notice, {"representations": "Unsaid when"}),
        (Notice, {"ended_on": TODAY()}),
        (Condition, {"state": "met"}),
        (Condition, {"evidence": "Seen"}),
        (Condition, {"text": ""}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**wrong)


def test_what_was_authorised_is_what_is_issued(ready: Notice, officer: Actor) -> None:
    with pytest.raises(NotPossible, match="authorised as it stands"):
        actions.add_condition(by=officer, notice_pk=ready.pk, version=ready.version, text="And one more")
    assert ready.conditions.count() == 1
