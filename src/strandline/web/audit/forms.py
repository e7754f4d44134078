"""What a reader of the audit may ask."""

from __future__ import annotations

from django import forms

from strandline.web.audit.queries import Asked
from strandline.web.audit.sentences import sentences


class AskForm(forms.Form):
    """Who, what, which school, from, to."""

    narrows = True
    who = forms.CharField(label="Who", required=False, max_length=150)
    action = forms.ChoiceField(label="What", required=False)
    school_urn = forms.IntegerField(label="School (URN)", required=False, min_value=10_000, max_value=9_999_999)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = sorted(sentences())
        choices = [("", "Everything"), *((name, name.replace("_", " ").replace(".", ": ")) for name in names)]
        self.fields["action"].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """The filter; what cannot be read filters nothing and is marked in the form."""
        kept = getattr(self, "cleaned_data", {})
        return Asked(**{name: value for name, value in kept.items() if value not in (None, "")})
