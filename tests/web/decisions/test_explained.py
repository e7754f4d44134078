"""What the desk says of a category is what the engine says."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags

from strandline import runs as use_cases
from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Settlement
from strandline.web.decisions.models import DeskRun, Kind, Proposal
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor


def words(html: str) -> str:
    """The text of a page, with single spaces."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


@pytest.fixture
def ten(sandmouth: DeskRun) -> list[Proposal]:
    """Ten schools, of every strand."""
    rows = list(Proposal.objects.filter(run=sandmouth).order_by("urn"))
    return [row for strand in dict.fromkeys(row.category for row in rows) for row in rows if row.category == strand][
        ::8
    ]


def test_the_category_pages_of_ten_schools_match_strandline_explain_figure_by_figure(
    ten: list[Proposal],
    sandmouth: DeskRun,
    head_of_service: Actor,
    officer: Actor,
    as_role: Callable[..., Client],
    runs_home: Path,
) -> None:
    """Acceptance 8: every sentence, figure, threshold, source, citation and suggestion of explain is on the page."""
    assert len(ten) == 10
    made = actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=[row.pk for row in ten])
    actions.publish(by=head_of_service, decisions=[each.pk for each in made])
    client = as_role(Role.SERVICE_MANAGER, authority=990)
    for row in ten:
        told = use_cases.explain(runs_home, urn=row.urn, run=sandmouth.run_id).explanation
        page = words(client.get(f"/decisions/schools/{row.urn}/").content.decode())
        for sentence in (*told.sentences, *(each.sentence for each in told.what_would_change), *told.warnings):
            assert " ".join(sentence.split()) in page, (row.urn, sentence)
        for each in told.criteria:
            met = {True: "Yes", False: "No", None: f"Not known: {each.why_not_known}"}[each.met]
            cells = (each.category, each.what, each.rule, each.value or "–", each.threshold or "–", met)
            line = " ".join(" ".join(cells).split())
            assert line in page, (row.urn, line)
            assert " ".join(each.source.split()) in page
            assert " ".join(each.paragraph.split()) in page


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
