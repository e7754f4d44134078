"""What stands in the way of closing, deleting or escalating: one line for each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from strandline.web.concerns.casework import Step, casework, notice_title
from strandline.web.concerns.models import (
    ENDED,
    About,
    Answer,
    Case,
    CaseDecision,
    ConditionState,
    Kind,
    Notice,
    State,
    StepNote,
)
from strandline.web.triggers.powers import powers_of

DECIDES: Mapping[State, About] = {
    State.DRAFTED: About.ISSUE,
    State.ISSUED: About.WITHDRAW,
    State.REPRESENTATIONS: About.WITHDRAW,
    State.RUNNING: About.WITHDRAW,
    State.NOT_MET: About.WITHDRAW,
    State.MET: About.LIFT,
}
"""What is decided about a notice where it stands."""
AUTHORITY: Mapping[State, About] = {State.LIFTED: About.LIFT, State.WITHDRAWN: About.WITHDRAW}
"""What has to be authorised before a notice that was issued ends so."""


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


def powerless(case: Case, step: str) -> str:
    """Why a step before a notice is not noted at a school; empty where the authority holds a power that it leads to."""
    standing = powers_of(case.school, timezone.localdate())
    if any(standing.may(power) for power in casework().steps[step].powers):
        return ""
    return f"The authority has no power over {case.school.name} that this step leads to. {standing.why}"


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
    if to is State.WITHDRAWN and notice.state != State.DRAFTED and not is_authorised(notice, About.WITHDRAW):
        return ("It was issued, and no decision to withdraw it has been authorised by another person",)
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


def authorisation(notice: Notice, about: About) -> CaseDecision | None:
    """The authorised decision about this of the notice as it stands: what was authorised of another text is none."""
    rows = notice.case_decisions.filter(about=about, answer=Answer.AUTHORISED, notice_version=notice.version)
    return rows.select_related("authoriser").first()


def is_authorised(notice: Notice, about: About) -> bool:
    """Whether another person has authorised this about the notice as it stands."""
    return authorisation(notice, about) is not None


def not_decided_now(notice: Notice, about: About) -> str:
    """Why nothing is to be decided about this of a notice where it stands; empty where there is."""
    if about is About.COURSE or DECIDES.get(State(notice.state)) is about:
        return ""
    wanted = {
        About.ISSUE: "a draft is issued",
        About.LIFT: "a notice is lifted once it is found complied with",
        About.WITHDRAW: "a notice is withdrawn by decision once it is issued, and until it is found complied with",
    }
    return f"The notice is {notice.get_state_display().lower()}: {wanted[about]}"


def changed_since(row: CaseDecision) -> bool:
    """Whether the notice is another than the one that the decision was recorded about."""
    return row.notice is not None and row.notice_version != row.notice.version


def no_day_before(notice: Notice, to: State) -> tuple[date | None, str]:
    """
    The day before which a notice is not taken a step on, and what happened on it.

    Issued not before its authority and its steps were recorded; every later move not before the one before it.
    """
    if to is State.ISSUED:
        known = authorisation(notice, About.ISSUE)
        days = [(known.answered_on, "its issue was authorised")] if known else []
        wanted = {step.key for step in casework().before(notice.power)}
        days += [
            (timezone.localtime(note.noted_at).date(), "the last step before it was noted")
            for key, note in latest_steps(notice.case).items()
            if key in wanted
        ]
        days.append((notice.drafted_on, "it was drafted"))
    else:
        about = AUTHORITY.get(to)
        known = authorisation(notice, about) if about else None
        days = [
            (known.answered_on if known else None, "this was authorised"),
            (notice.found_on, "it was found complied with or not"),
            (notice.representations_on, "representations were made"),
            (notice.issued_on or notice.drafted_on, "it was issued" if notice.issued_on else "it was drafted"),
        ]
    told = [(on, what) for on, what in days if on is not None]
    return max(told, key=lambda each: each[0], default=(None, ""))
