"""What the desk says of a category is what the engine says."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from strandline.cli.app import invoke
from strandline.cli.exits import ExitCode
from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Settlement
from strandline.web.decisions.models import Criterion, DeskRun, Kind, Proposal
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor


def words(html: str) -> str:
    """The text of a page, with single spaces."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


@pytest.fixture
def ten(sandmouth: DeskRun) -> list[Proposal]:
    """Ten schools, two of each strand."""
    rows = list(Proposal.objects.filter(run=sandmouth).order_by("urn"))
    strands = dict.fromkeys(row.category for row in rows)
    return [row for strand in strands for row in [each for each in rows if each.category == strand][:2]]


def told_by_the_command(capsys: pytest.CaptureFixture[str], *, urn: int, run: str, home: Path) -> dict[str, Any]:
    """What `strandline explain` prints."""
    assert invoke(["explain", str(urn), "--run", run, "--home", str(home), "--json"]) == ExitCode.OK
    told: dict[str, Any] = json.loads(capsys.readouterr().out)["explanation"]
    return told


def test_the_category_pages_of_ten_schools_match_strandline_explain_figure_by_figure(
    ten: list[Proposal],
    sandmouth: DeskRun,
    head_of_service: Actor,
    officer: Actor,
    as_role: Callable[..., Client],
    runs_home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Acceptance 8: every sentence, figure, threshold, source, citation and suggestion of explain is on the page."""
    assert len(ten) == 10
    assert len({row.category for row in ten}) == 5
    made = actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=[row.pk for row in ten])
    actions.publish(by=head_of_service, decisions=[each.pk for each in made])
    client = as_role(Role.SERVICE_MANAGER, authority=990)
    figures = suggestions = 0
    capsys.readouterr()
    for row in ten:
        told = told_by_the_command(capsys, urn=row.urn, run=sandmouth.run_id, home=runs_home)
        page = words(client.get(f"/decisions/schools/{row.urn}/").content.decode())
        assert told["category"] == row.category
        changes = [each["sentence"] for each in told["what_would_change"]]
        for sentence in (*told["sentences"], *changes, *told["warnings"]):
            assert " ".join(sentence.split()) in page, (row.urn, sentence)
        assert told["criteria"]
        for each in told["criteria"]:
            met = {True: "Yes", False: "No", None: f"Not known: {each['why_not_known']}"}[each["met"]]
            cells = (each["category"], each["what"], each["rule"], each["value"] or "–", each["threshold"] or "–", met)
            line = " ".join(" ".join(cells).split())
            assert line in page, (row.urn, line)
            assert " ".join(each["source"].split()) in page
            assert " ".join(each["paragraph"].split()) in page
            figures += bool(each["value"])
        suggestions += len(changes)
    assert figures > 60
    assert suggestions >= 5


def test_a_flagged_citation_says_on_the_page_that_it_has_to_be_checked(
    proposal: Proposal, as_role: Callable[..., Client]
) -> None:
    page = as_role(Role.SERVICE_MANAGER, authority=990).get(f"/decisions/proposals/{proposal.pk}/").content.decode()
    assert "unverified rule; check before relying on it" in page


def test_an_explanation_made_for_the_page_is_the_one_that_is_kept(
    proposal: Proposal, officer: Actor, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.SERVICE_MANAGER, authority=990)
    before = words(client.get(f"/decisions/proposals/{proposal.pk}/").content.decode())
    assert proposal.explained_at is None
    actions.explain_proposals(by=officer, desk_run=proposal.run, urns=[proposal.urn])
    assert words(client.get(f"/decisions/proposals/{proposal.pk}/").content.decode()) == before


def test_the_rule_stands_in_words_with_the_values_that_it_had(
    proposal: Proposal, officer: Actor, head_of_service: Actor, as_role: Callable[..., Client]
) -> None:
    made = actions.decide(by=officer, proposal_pk=proposal.pk, version=1, settlement=Settlement(kind=Kind.AGREED))
    actions.publish(by=head_of_service, decisions=[made.pk])
    page = words(
        as_role(Role.HEAD_TEACHER, authority=990, school_urn=proposal.urn)
        .get(f"/decisions/schools/{proposal.urn}/")
        .content.decode()
    )
    assert "“Results that swing from year to year” is met" in page
    assert "is at or above 15 pp" in page
    assert head_of_service.user.name not in page.replace("Decided by an officer, published by the head of service", "")


def test_where_no_single_change_would_raise_a_school_the_page_and_the_letter_say_so_plainly(
    sandmouth: DeskRun, officer: Actor, head_of_service: Actor, as_role: Callable[..., Client]
) -> None:
    from strandline.runs.letters import category_letter
    from strandline.web.decisions.models.correspondence import Recipient
    from strandline.web.decisions.presenters.letters import letter_of

    said = {
        "below_floor": "would clear 55 % and put the school in strand",
        "inconsistent": "No change of a single figure would by itself move the school to a strand of less concern.",
        "great": "There is no strand of less concern in this strategy.",
    }
    client = as_role(Role.SERVICE_MANAGER, authority=990)
    explained = actions.explain_proposals(by=officer, desk_run=sandmouth)
    assert explained == 80
    for category, words_ in said.items():
        rows = Proposal.objects.filter(run=sandmouth, category=category)
        raised = rows.filter(suggestions__better=True)
        row = raised.first() if category == "below_floor" else rows.exclude(pk__in=raised).first()
        assert row is not None
        proposed = words(client.get(f"/decisions/proposals/{row.pk}/").content.decode())
        made = actions.decide(
            by=officer, proposal_pk=row.pk, version=row.version, settlement=Settlement(kind=Kind.AGREED)
        )
        published = actions.publish(by=head_of_service, decisions=[made.pk])[0]
        page = words(client.get(f"/decisions/schools/{row.urn}/").content.decode())
        letter = letter_of(published, Recipient.HEAD)
        assert words_ in page
        assert words_ in proposed
        assert (bool(letter.would_raise), letter.highest) == (category == "below_floor", category == "great")
        assert category_letter(letter).keys() == {"docx", "pdf"}


def test_why_the_rules_say_so_can_be_asked_before_anything_of_decisions_is_loaded() -> None:
    import os
    import subprocess
    import sys

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    first = "import django; django.setup(); import strandline.web.decisions.queries.explaining"
    done = subprocess.run([sys.executable, "-c", first], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_is_not_known_stands_under_its_reason_and_says_that_it_decides_nothing(
    proposal: Proposal, officer: Actor
) -> None:
    from strandline.web.decisions.presenters.account import Explained, unknown_words

    def row(what: str, why: str, *, met: bool | None = None) -> Criterion:
        return Criterion(what=what, why_not_known=why, met=met)

    none, blank = "no report card is on record", 'left blank by the publisher ("NULL")'
    rows = (row("Inclusion", none), row("Grade", blank), row("Achievement", none), row("Pupils", "", met=True))
    told = Explained(sentences=(), warnings=(), criteria=(*rows, rows[0]), suggestions=())
    assert told.not_known == (
        "No report card is on record: Inclusion; Achievement.",
        "Left blank by the publisher: Grade.",
    )
    assert unknown_words(proposal).startswith("None of this would change the strand")
    proposal.state = "undecided"
    assert unknown_words(proposal) == ""
