"""What people type to decide, to publish, to reply and to adopt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from strandline.runs.scheme import Choice, ParameterFacts, RiskFacts
from strandline.web.decisions.actions.deciding import Given, Settlement
from strandline.web.decisions.actions.schemes import Ways
from strandline.web.decisions.models import EvidenceSource, Kind, Scheme, SecondPerson
from strandline.web.decisions.models.correspondence import Outcome, View
from strandline.web.design.dates import DateParts
from strandline.web.design.written import DeskForm

LONG = 10_000
DATE_HINT = "For example, 31 8 2027."


class SettleForm(DeskForm):
    """Another category than the rules propose, or one where they propose none."""

    category = forms.ChoiceField(label="Category", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason",
        max_length=LONG,
        widget=forms.Textarea,
        help_text="The school will read it, and so will whoever approves the decision.",
    )

    def __init__(
        self, *args: Any, categories: Iterable[tuple[str, str]], kind: Kind, latest: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self._category().choices = list(categories)
        if kind == Kind.OVERRIDDEN:
            self.fields["expires_on"] = DateParts(
                label="End of the override",
                help_text=f"Until {latest} at the latest. Afterwards the rules count again, and the school is flagged.",
            )
        for source in EvidenceSource:
            self.fields[f"evidence_{source.value}"] = forms.CharField(
                label=source.label, max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    def _category(self) -> forms.ChoiceField:
        field = self.fields["category"]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError("the category is a choice")
        return field

    def clean(self) -> dict[str, Any]:
        """Ask for one piece of evidence."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"evidence_{source.value}") for source in EvidenceSource):
            self.add_error(f"evidence_{EvidenceSource.NATIONAL_CRITERIA.value}", "Give at least one piece of evidence")
        return cleaned

    def settlement(self) -> Settlement:
        """What was decided."""
        kept = self.cleaned_data
        given = ((source.value, kept.get(f"evidence_{source.value}")) for source in EvidenceSource)
        return Settlement(
            kind=self.kind,
            category=kept["category"],
            reason=kept["reason"],
            evidence=tuple(Given(source=source, statement=statement) for source, statement in given if statement),
            expires_on=kept.get("expires_on"),
        )


class ReasonForm(DeskForm):
    """A reason, and nothing else."""

    reason = forms.CharField(label="Reason", max_length=LONG, widget=forms.Textarea)


class ReplyForm(DeskForm):
    """What the school says of the account."""

    view = forms.ChoiceField(label="Is the account accurate?", choices=View.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="What do you want to say?",
        max_length=LONG,
        widget=forms.Textarea,
        help_text="Name the figure or the sentence that you mean. Do not name pupils.",
    )


class ChallengeForm(DeskForm):
    """Why the category should be looked at again."""

    grounds = forms.CharField(
        label="Why should the category be looked at again?",
        max_length=LONG,
        widget=forms.Textarea,
        help_text="Say what is wrong and what shows it. Somebody who did not make the decision will settle it.",
    )


class AnswerForm(DeskForm):
    """The authority's answer."""

    text = forms.CharField(label="Answer", max_length=LONG, widget=forms.Textarea, help_text="The school will read it.")


class OutcomeForm(DeskForm):
    """What becomes of a challenge."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[(Outcome.UPHELD, "Upheld: the school is decided again"), (Outcome.NOT_UPHELD, "Not upheld")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reason", max_length=LONG, widget=forms.Textarea, help_text="The school will read it."
    )


class SchemeForm(DeskForm):
    """How an authority decides under a scheme."""

    second_person = forms.ChoiceField(
        label="The approver is somebody other than the proposer for",
        choices=SecondPerson.choices,
        widget=forms.RadioSelect,
        initial=SecondPerson.DEPARTURES,
    )
    reply_days = forms.IntegerField(label="Days that a school has to reply", min_value=1, max_value=90, initial=20)
    override_months = forms.IntegerField(
        label="Months that an override lasts at most", min_value=1, max_value=36, initial=12
    )

    def ways(self) -> Ways:
        """What was chosen."""
        return Ways(**{name: self.cleaned_data[name] for name in ("second_person", "reply_days", "override_months")})


class DraftForm(SchemeForm):
    """A new scheme from a pack."""

    pack = forms.ChoiceField(label="Pack")
    title = forms.CharField(label="Title", max_length=200, help_text="As schools will read it.")
    field_order = ("pack", "title", "second_person", "reply_days", "override_months")

    def __init__(self, *args: Any, packs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pack"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose a pack"), *packs]


class RunForm(DeskForm):
    """A run of the authority's schools."""

    pack = forms.ChoiceField(label="Strategy", error_messages={"required": "Choose the strategy"})
    as_at = DateParts(
        label="Figures as at",
        help_text="What had been published by that day counts, and what officers had judged and recorded by then.",
    )
    carry = forms.BooleanField(
        label="Judgements that the latest run of this strategy counted count again",
        required=False,
        initial=True,
        help_text="Local intelligence and risk assessments are read afresh for the day, with or without this.",
    )

    def __init__(self, *args: Any, packs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pack"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose a strategy"), *packs]

    def clean_as_at(self) -> date:
        """Nothing is known of a day to come."""
        day: date = self.cleaned_data["as_at"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day lies in the future: give today or an earlier day")
        return day


class AdoptForm(DeskForm):
    """From when a scheme is in force."""

    starts_on = DateParts(label="First day in force", help_text=DATE_HINT)


class RenewForm(DeskForm):
    """The yearly evaluation."""

    evaluation = forms.CharField(
        label="Evaluation of the year",
        max_length=LONG,
        widget=forms.Textarea,
        help_text="Whether the scheme found schools early enough, and whether floors and inspection rules are current.",
    )


class TrialForm(DeskForm):
    """Other values of a scheme's choices and numbers."""

    def __init__(
        self,
        *args: Any,
        settings: Iterable[Choice],
        parameters: Iterable[ParameterFacts],
        scheme: Scheme,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._settings = {each.name: each for each in settings}
        self._parameters = {each.name: each for each in parameters if each.value is not None}
        for setting in self._settings.values():
            self.fields[f"setting_{setting.name}"] = forms.ChoiceField(
                label=setting.title,
                choices=setting.values,
                initial=scheme.settings.get(setting.name, setting.default),
                required=False,
                help_text=setting.cited,
            )
        for number in self._parameters.values():
            self.fields[f"parameter_{number.name}"] = forms.FloatField(
                label=f"{number.title} ({number.shown} in the run)",
                initial=scheme.parameters.get(number.name, number.value),
                required=False,
                help_text=number.cited,
            )

    def chosen_settings(self) -> dict[str, str]:
        """The settings that are not as the scheme has them."""
        kept = {name: self.cleaned_data.get(f"setting_{name}") for name in self._settings}
        return {name: value for name, value in kept.items() if value and value != self._now(name)}

    def _now(self, name: str) -> Any:
        field = self.fields.get(f"setting_{name}") or self.fields[f"parameter_{name}"]
        return field.initial

    def chosen_parameters(self) -> dict[str, float]:
        """The numbers that are not as the scheme has them."""
        kept = {name: self.cleaned_data.get(f"parameter_{name}") for name in self._parameters}
        return {name: value for name, value in kept.items() if value is not None and value != self._now(name)}


class CloneForm(DeskForm):
    """The name of a copy."""

    title = forms.CharField(label="Title of the copy", max_length=200)


class AmendForm(DeskForm):
    """Another value in a draft, and why."""

    def __init__(self, *args: Any, about: Choice | ParameterFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(about, ParameterFacts):
            unit = about.unit.replace("_", " ")
            self.fields["value"] = forms.FloatField(
                label="New value" if unit == "none" else f"New value, in {unit}",
                error_messages={"invalid": "Write the value as a number, such as 12.5"},
            )
        else:
            self.fields["value"] = forms.ChoiceField(
                label="New value", choices=about.values, widget=forms.RadioSelect, initial=about.default
            )
        self.fields["reason"] = forms.CharField(
            label="Reason",
            max_length=LONG,
            widget=forms.Textarea,
            help_text="Schools will read it beside the value, in every explanation that uses it.",
        )


class RiskForm(DeskForm):
    """A judgement on every dimension, and the level."""

    def __init__(self, *args: Any, risk: RiskFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dimensions = [each.name for each in risk.dimensions]
        for each in risk.dimensions:
            self.fields[f"dimension_{each.name}"] = forms.ChoiceField(
                label=each.title, choices=each.values, widget=forms.RadioSelect
            )
        self.fields["level"] = forms.ChoiceField(label=risk.title, choices=risk.levels, widget=forms.RadioSelect)
        self.fields["reason"] = forms.CharField(label="Reason", max_length=LONG, widget=forms.Textarea)
        self.fields["on"] = DateParts(label="Day of the assessment", help_text=DATE_HINT)

    def judged(self) -> Mapping[str, str]:
        """The answers by dimension."""
        return {name: self.cleaned_data[f"dimension_{name}"] for name in self._dimensions}
