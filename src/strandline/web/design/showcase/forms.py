"""A form with every kind of control."""

from __future__ import annotations

from django import forms

from strandline.web.design.dates import DateParts

TWO_FIELDS = (("agree", "Agree with the proposal"), ("override", "Put the school in another category"))


class EveryControl(forms.Form):
    """Every control that the desk draws."""

    name = forms.CharField(label="Name of the school", help_text="As the register has it", max_length=100)
    email = forms.EmailField(label="E-mail address", required=False)
    days = forms.IntegerField(label="Days", min_value=0, max_value=40)
    category = forms.ChoiceField(label="Category", choices=(("", "Choose one"), ("3A", "3A"), ("3B", "3B")))
    decision = forms.ChoiceField(label="Your decision", choices=TWO_FIELDS, widget=forms.RadioSelect)
    evidence = forms.MultipleChoiceField(
        label="Evidence",
        help_text="Choose all that you used",
        choices=(("visit", "A visit"), ("results", "Results"), ("letter", "A letter from the school")),
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = DateParts(label="Date of expiry", help_text="For example, 30 4 2013")
    reason = forms.CharField(label="Reason", widget=forms.Textarea, max_length=500)
    paper = forms.FileField(label="Paper", required=False, help_text="PDF or Word, up to 5 MB")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    read = forms.BooleanField(label="The head teacher has read this")
    page = forms.CharField(widget=forms.HiddenInput, initial="components")

    def clean(self) -> None:
        """Hold the two parts of the decision to each other, to show an error of the whole."""
        if self.data.get("decision") == "agree" and self.data.get("category"):
            raise forms.ValidationError("Choose a category only where you put the school in another one")
