"""What people type in casework."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from strandline.kernel.dates import long_date
from strandline.web.concerns.actions import Decided, Drafted, Narrated
from strandline.web.concerns.bounds import FIRST_DAY, latest_to_comply
from strandline.web.concerns.casework import casework, notice_title
from strandline.web.concerns.guards import not_decided_now
from strandline.web.concerns.models import About, Case, Kind, Notice
from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm
from strandline.web.people.models import User

HALF_A_TERM = timedelta(weeks=6)


def _area(label: str, *, rows: int = 4, most: int = 4_000, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _told_apart(notice: Notice) -> str:
    """A notice with its day and state: a case may hold two of one kind."""
    return f"{notice_title(notice.power)}, {notice.get_state_display().lower()}, of {long_date(notice.drafted_on)}"


def _half_a_term_ahead() -> date:
    return timezone.localdate() + HALF_A_TERM


class PersonField(forms.ModelChoiceField[User]):
    """A person by name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.name)


class Dated(DeskForm):
    """A form with a day that is neither tomorrow nor long past."""

    def clean(self) -> dict[str, Any]:
        """The day has come."""
        kept = super().clean() or {}
        for name in ("on", "opened_on"):
            if kept.get(name) and kept[name] > timezone.localdate():
                self.add_error(name, "The day lies in the future")
            elif kept.get(name) and kept[name] < FIRST_DAY:
                self.add_error(name, "The day lies before the year 2000")
        return kept


class OpenForm(Dated):
    """A new case."""

    kind = forms.ChoiceField(label="What kind of work is it?", choices=Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="What it is about, in a line", max_length=200)
    referral = forms.ChoiceField(label="Means of referral")
    opened_on = DateParts(label="Opened on", initial=timezone.localdate)
    reason = _area(
        "Why it is a concern",
        required=False,
        help_text="Needed for a concern; leave it empty for work with no concern.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *casework().referrals.items()]
        self.fields["referral"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A concern says why."""
        kept = super().clean()
        if kept.get("kind") == Kind.CONCERN and not kept.get("reason"):
            self.add_error("reason", "Write why it is a concern")
        return kept


class TurnForm(Dated):
    """Work with no concern turns into one."""

    on = DateParts(label="A concern since", initial=timezone.localdate)
    reason = _area("Why it is a concern")
    version = forms.IntegerField(widget=forms.HiddenInput)


class NarrativeForm(DeskForm):
    """The seven headings."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in casework().headings:
            self.fields[each.key] = _area(each.title, most=10_000, help_text=each.hint, required=each.wanted)
        self.fields["review_by"] = DateParts(
            label="Look at it again by",
            initial=_half_a_term_ahead,
            help_text="Half a term ahead, unless you say otherwise. From that day on it stands on the front page.",
        )

    def clean(self) -> dict[str, Any]:
        """The day to look at it again lies ahead."""
        kept = super().clean() or {}
        if kept.get("review_by") and kept["review_by"] <= timezone.localdate():
            self.add_error("review_by", "Give a day after today")
        return kept

    def told(self) -> Narrated:
        """The narrative in the type of the action."""
        return Narrated(**{each.key: self.cleaned_data[each.key] for each in casework().headings})


class StepForm(Dated):
    """A step before a notice: done or not, on which day, and what shows it."""

    done = forms.ChoiceField(
        label="Is it done?", choices=[("yes", "Done"), ("no", "Not done, or no longer so")], widget=forms.RadioSelect
    )
    on = DateParts(label="On which day", initial=timezone.localdate)
    evidence = _area("Evidence", help_text="What shows it, and where that is kept.")


class ReasonForm(DeskForm):
    """A reason, against a version that was seen."""

    reason = _area("Reason")
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReassignForm(DeskForm):
    """Another officer for the chosen cases."""

    officer = PersonField(label="Case owner", queryset=User.objects.none(), empty_label="Choose")
    reason = _area("Reason", rows=2)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class DecisionForm(DeskForm):
    """A decision for another person to authorise."""

    about = forms.ChoiceField(label="About", choices=About.choices, widget=forms.RadioSelect)
    notice = forms.ChoiceField(label="Notice", required=False, help_text="Needed where it is about a notice.")
    area = forms.ChoiceField(label="Business area")
    outcome = forms.CharField(label="Outcome, in a line", max_length=500)
    notes = _area("Supporting notes", rows=6, most=10_000, help_text="What an auditor would want to read in two years.")
    authoriser = PersonField(
        label="Authoriser",
        queryset=User.objects.none(),
        empty_label="Choose",
        help_text="A manager of the service: not yourself, and not who drafted the notice.",
    )

    def __init__(self, *args: Any, case: Case, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        notices = [(str(each.pk), _told_apart(each)) for each in case.notices.all()]
        self.fields["notice"].choices = [("", "None"), *notices]  # type: ignore[attr-defined]
        if not notices:
            del self.fields["notice"]
            self.fields["about"].choices = [(About.COURSE, About.COURSE.label)]  # type: ignore[attr-defined]
            self.initial["about"] = About.COURSE
        self.fields["area"].choices = [("", "Choose"), *casework().areas.items()]  # type: ignore[attr-defined]
        self.fields["authoriser"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A decision about a notice names it, is one for where it stands, and is for another than who drafted it."""
        kept = super().clean() or {}
        if not kept.get("about") or (kept["about"] == About.COURSE and not kept.get("notice")):
            return kept
        if not kept.get("notice"):
            self.add_error("notice", "Choose the notice")
            return kept
        notice = self.case.notices.get(pk=kept["notice"])
        if why := not_decided_now(notice, About(kept["about"])):
            self.add_error("about", why)
        if kept.get("authoriser") and kept["authoriser"].pk == notice.drafted_by_id:
            self.add_error("authoriser", "Choose another person: nobody authorises a notice that they drafted")
        return kept

    def decided(self) -> Decided:
        """The decision in the type of the action."""
        kept = self.cleaned_data
        return Decided(
            about=kept["about"],
            area=kept["area"],
            outcome=kept["outcome"],
            notes=kept["notes"],
            authoriser=kept["authoriser"],
            notice_pk=int(kept["notice"]) if kept.get("notice") else None,
        )


class AnswerForm(DeskForm):
    """The authoriser's answer."""

    answer = forms.ChoiceField(
        label="Your answer", choices=[("yes", "Authorise"), ("no", "Refuse")], widget=forms.RadioSelect
    )
    reason = _area("Reason", required=False, help_text="Needed for a refusal.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        kept = super().clean() or {}
        if kept.get("answer") == "no" and not kept.get("reason"):
            self.add_error("reason", "Write why it is refused")
        return kept


class NoticeForm(DeskForm):
    """What a notice is to say."""

    power = forms.ChoiceField(label="Which notice?", widget=forms.RadioSelect)
    matters = _area("Matters on which it rests", rows=6, most=10_000)
    action_required = _area("Action that is required", rows=6, most=10_000)
    comply_by = DateParts(label="Comply by")

    def __init__(self, *args: Any, powers: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["power"].choices = [(each, notice_title(each)) for each in powers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """There is time to comply."""
        kept = super().clean() or {}
        if kept.get("comply_by") and kept["comply_by"] <= timezone.localdate():
            self.add_error("comply_by", "Give a day after today")
        elif kept.get("comply_by") and kept["comply_by"] > latest_to_comply():
            self.add_error("comply_by", "Give a day not more than two years ahead")
        return kept

    def told(self) -> Drafted:
        """The notice in the type of the action."""
        names = ("power", "matters", "action_required", "comply_by")
        return Drafted(**{name: self.cleaned_data[name] for name in names})


class EscalateForm(NoticeForm):
    """The next notice, against the version of the one before."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def after(cls, notice: Notice) -> dict[str, Any]:
        """What the next notice begins with."""
        return {"version": notice.version, "matters": notice.matters}


class ConditionForm(DeskForm):
    """One condition."""

    text = _area("What has to be seen")
    version = forms.IntegerField(widget=forms.HiddenInput)


class SettleForm(Dated):
    """Whether a condition is met."""

    met = forms.ChoiceField(label="Is it met?", choices=[("yes", "Met"), ("no", "Not met")], widget=forms.RadioSelect)
    on = DateParts(label="Found on", initial=timezone.localdate)
    evidence = _area("Evidence", help_text="The school reads it with the condition.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(Dated):
    """One step of a notice; `wanted` labels the text where the step needs one."""

    on = DateParts(label="On which day", initial=timezone.localdate)
    text = _area("Reason", rows=4, most=10_000)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, wanted: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wanted:
            self.fields["text"].label = wanted
        else:
            del self.fields["text"]
