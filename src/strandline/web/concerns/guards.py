"""What stands in the way of closing, deleting or escalating: one line for each."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from strandline.web.concerns.casework import Step, casework, notice_title
from strandline.web.concerns.models import (
    ENDED,
    About,
    Answer,
    Case,
    ConditionState,
    Kind,
    Notice,
    State,
    StepNote,
)


def open_of(case: Case) -> tuple[str, ...]:
    """What is open in a case."""
    lines = []
    for notice in case.notices.exclude(state__in=ENDED).prefetch_related("conditions"):
        title = notice_title(notice.power)
        lines.append(f"{title}: {notice.get_state_display().lower()}")
        lines += [
            f"{title}, condition open: {each.text[:80]}"
            for each in notice.conditions.all()
            if each.state == ConditionState.OPEN
        ]
    waiting = case.case_decisions.filter(answer=Answer.WAITING).select_related("authoriser")
    lines += [f"Decision waiting for {each.authoriser.name}: {each.outcome}" for each in waiting]
    if case.kind == Kind.CONCERN and not case.narratives.exists():
        lines.append("The narrative, with its de-escalation point, is not written")
    return tuple(lines)


def held_by(case: Case) -> tuple[str, ...]:
    """What a case holds that must not be lost."""
    counted = (
        (case.narratives.count(), "version of the narrative", "versions of the narrative"),
        (case.step_notes.count(), "noted step", "noted steps"),
        (case.case_decisions.count(), "decision", "decisions"),
        (case.notices.count(), "notice", "notices"),
    )
    lines = [f"It holds {number} {one if number == 1 else many}" for number, one, many in counted if number]
    if case.closed_on is not None:
        lines.append("It is closed, and kept")
    return tuple(lines)


def latest_steps(case: Case) -> dict[str, StepNote]:
    """The note that holds for each step."""
    found: dict[str, StepNote] = {}
    for note in case.step_notes.select_related("noted_by").order_by("-pk"):
        found.setdefault(note.step, note)
    return found


def missing_before(case: Case, power: str) -> tuple[Step, ...]:
    """The steps before a notice under a power that are not done."""
    notes = latest_steps(case)
    return tuple(step for step in casework().before(power) if not (step.key in notes and notes[step.key].done))


def before_issue(notice: Notice, *, on: date) -> tuple[str, ...]:
    """What is missing before a notice may be issued on a day."""
    lines = [f"Step not done: {step.title}" for step in missing_before(notice.case, notice.power)]
    if not notice.conditions.exists():
        lines.append("It has no condition")
    if not is_authorised(notice, About.ISSUE):
        lines.append("No decision to issue it has been authorised by another person")
    if notice.comply_by <= on:
        lines.append("The day by which to comply has passed")
    return tuple(lines)


def before_move(notice: Notice, to: State, *, on: date) -> tuple[str, ...]:
    """What is missing before a notice goes one step on."""
    if to is State.ISSUED:
        return before_issue(notice, on=on)
    if to is State.LIFTED and not is_authorised(notice, About.LIFT):
        return ("No decision to lift it has been authorised by another person",)
    if to in (State.MET, State.NOT_MET):
        return _before_finding(notice, to, on=on)
    return ()


def _before_finding(notice: Notice, to: State, *, on: date) -> tuple[str, ...]:
    if to is State.NOT_MET and on <= notice.comply_by:
        day = date_format(notice.comply_by, "j F Y")
        return (f"The school has until {day} to comply: it can be found not to have done so once that day is over",)
    states = set(notice.conditions.values_list("state", flat=True))
    if ConditionState.OPEN in states:
        return ("Conditions are still open: say of each whether it is met",)
    if to is State.MET and ConditionState.NOT_MET in states:
        return ("A condition is not met: find the notice not complied with",)
    if to is State.NOT_MET and ConditionState.NOT_MET not in states:
        return ("Every condition is met: find the notice complied with",)
    return ()


def is_authorised(notice: Notice, about: About) -> bool:
    """Whether another person has authorised this about a notice."""
    return notice.case_decisions.filter(about=about, answer=Answer.AUTHORISED).exists()
