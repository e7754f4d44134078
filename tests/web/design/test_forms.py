"""Form fields: labels, hints and errors tied to their controls; errors in the order of the page."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines

from strandline.web.design.dates import DateParts
from strandline.web.design.forms import errors
from strandline.web.design.showcase.forms import EveryControl


class Ids(HTMLParser):
    """Collects ids and what refers to them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.referred: list[str] = []
        self.controls: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"])
        self.referred += (given.get("aria-describedby") or "").split()
        self.referred += [given["for"]] if given.get("for") else []
        if (given.get("href") or "").startswith("#"):
            self.referred.append(given["href"][1:])
        if tag in ("input", "select", "textarea"):
            self.controls.append(given)


def render(form: forms.Form, template: str = "{% load design %}{% error_summary form %}{{ form }}") -> str:
    return engines["django"].from_string(template).render({"form": form})


@pytest.mark.parametrize("data", [None, {}, {"name": "A", "decision": "agree", "category": "3A"}])
def test_everything_that_is_referred_to_is_there_once(data) -> None:
    page = Ids(render(EveryControl(data)))
    assert len(page.ids) == len(set(page.ids))
    assert set(page.referred) <= set(page.ids)


def test_every_control_has_a_label_and_its_own_class() -> None:
    html = render(EveryControl())
    page = Ids(html)
    for control in page.controls:
        if control.get("type") != "hidden":
            assert f'for="{control["id"]}"' in html
            assert "govuk-" in control["class"]


def test_several_may_be_ticked_where_several_may_be_chosen() -> None:
    html = render(EveryControl())
    assert html.count('type="checkbox" name="evidence"') == 3
    assert html.count('type="radio" name="decision"') == 2


def test_errors_come_in_the_order_of_the_page_and_name_what_was_left_empty() -> None:
    said = [error.text for error in errors(EveryControl({"page": "components"}))]
    assert said == [
        "Fill in “Name of the school”",
        "Fill in “Days”",
        "Choose an answer to “Category”",
        "Choose an answer to “Your decision”",
        "Choose at least one answer to “Evidence”",
        "Enter date of expiry, for example 30 4 2013",
        "Fill in “Reason”",
        "Fill in “Password”",
        "Tick “The head teacher has read this”",
    ]


def test_a_hidden_field_that_is_wrong_is_said_without_a_link() -> None:
    first = next(iter(errors(EveryControl({}))))
    assert (first.text, first.target) == ("This field is required.", "")


def test_an_error_of_the_whole_form_comes_first_and_leads_nowhere() -> None:
    first = next(iter(errors(EveryControl({"decision": "agree", "category": "3A"}))))
    assert (first.text[:24], first.target) == ("Choose a category only w", "")


def test_a_form_that_was_not_sent_has_no_summary() -> None:
    assert "error-summary" not in render(EveryControl())


def test_what_was_typed_is_kept_and_escaped() -> None:
    html = render(EveryControl({"reason": "</textarea><script>“£5”</script>"}))
    assert "&lt;/textarea&gt;&lt;script&gt;“£5”&lt;/script&gt;" in html


def test_a_password_is_never_sent_back() -> None:
    assert "tide-line" not in render(EveryControl({"password": "tide-line"}))


class Dated(forms.Form):
    on = DateParts(label="Date of the visit")
    until = DateParts(label="Until", required=False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("30", "", "2013"), "Date of the visit needs a month"),
        (("", "", "2013"), "Date of the visit needs a day and a month"),
        (("31", "2", "2013"), "“31 2 2013” is not a date: write day, month and year, as 30 4 2013"),
        (("1", "May", "2013"), "“1 May 2013” is not a date: write day, month and year, as 30 4 2013"),
        (("1", "5", "13"), "Date of the visit needs a year with four digits"),
        (("", "", ""), "Enter date of the visit, for example 30 4 2013"),
    ],
)
def test_a_date_that_cannot_be_says_which_part_is_wrong(typed, said) -> None:
    form = Dated({"on_day": typed[0], "on_month": typed[1], "on_year": typed[2]})
    assert form.errors["on"] == [said]


def test_a_field_that_may_stay_empty_says_so_but_where_it_narrows_a_list() -> None:
    class Asking(forms.Form):
        who = forms.CharField(label="Who", required=False)

    class Narrowing(Asking):
        narrows = True

    assert "Who (optional)" in render(Asking())
    assert "Who" in render(Narrowing())
    assert "optional" not in render(Narrowing())


def test_a_date_is_read_and_an_optional_one_may_be_empty() -> None:
    form = Dated({"on_day": " 30 ", "on_month": "04", "on_year": "2013"})
    assert form.is_valid()
    assert form.cleaned_data == {"on": date(2013, 4, 30), "until": None}


def test_a_date_given_before_fills_its_boxes() -> None:
    html = render(Dated(initial={"on": date(2013, 4, 30)}))
    assert [f'value="{part}"' in html for part in ("30", "4", "2013")] == [True, True, True]
