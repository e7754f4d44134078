"""Early warning: what the strategy says of predictions, before any result is published."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from fakes.generated import Generated
from pytest_django.fixtures import Settings

from strandline.runs.early_warning import NotAhead, early_warning
from strandline.runs.record import Run, list_runs
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools import actions
from strandline.web.schools.actions import import_snapshot
from strandline.web.schools.models import FigureKind, ForwardFigure, School

SANDMOUTH = 990
PUBLISHED, NEXT = 2009, 2010
LOW = {"ks2_l4_em": 50.0, "ks2_english_2lp": 70.0, "ks2_maths_2lp": 60.0}
COHORT = 30
URN = 990_001
PAGE = "/schools/early-warning/"


@pytest.fixture
def run(home: Path, sandmouth_home: Path, settings: Settings) -> Run:
    """Sandmouth's run as at 31 March 2010: its latest published results are those of 2008/09."""
    settings.RUNS_HOME = sandmouth_home
    (found,) = list_runs(sandmouth_home)
    return found


@pytest.fixture
def officer(run: Run, actor: Callable[..., Actor]) -> Actor:
    """An officer of Sandmouth, whose schools have been taken in."""
    import_snapshot(by=None, run=run)
    return actor(Role.OFFICER, authority=SANDMOUTH)


@pytest.fixture
def client(officer: Actor) -> Client:
    """The officer, signed in."""
    return signed_in(officer)


def signed_in(by: Actor) -> Client:
    """A client of somebody who has signed in."""
    found = Client()
    found.force_login(by.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def give(officer: Actor, figures: dict[str, float], *, urn: int = URN, **changed: object) -> list[ForwardFigure]:
    """Keep figures for the year to come."""
    told = {"results_year": NEXT, "kind": FigureKind.PREDICTION, "cohort": COHORT}
    told |= {"source": "Head teacher's forecast", "given_on": date(2010, 3, 2), **changed}
    school = School.objects.get(pk=urn)
    return [
        actions.give_figure(by=officer, school=school, measure=name, value=value, **told)
        for name, value in figures.items()
    ]


def page_of(client: Client, query: str = "") -> str:
    """The page as a reader has it: no tags, no doubled spaces."""
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def part(page: str, heading: str) -> str:
    """What stands beneath a heading, up to the next."""
    following = page.rsplit(heading, 1)[1]  # a heading, then the caption of its table
    ends = ("Would meet the rule", "Cannot be told yet", "Would not meet", "Categories on these", "Figures given ahead")
    return following[: min((following.find(end) for end in ends if end in following), default=len(following))]


def test_an_early_warning_list_is_there_before_results_are_published(officer: Actor, client: Client) -> None:
    """
    WAL-05: schools vulnerable to under-achievement are listed before publication, from predictions.

    The floor of 2009/10: below 60 % at level 4 in both, below the medians of 87 % and 86 % in progress.
    """
    name = School.objects.get(pk=URN).name
    assert name not in page_of(client)
    give(officer, LOW)
    warned = part(page_of(client), "Would meet the rule on these figures")
    assert name in warned
    assert "Below the primary floor standard on predictions" in warned
    assert "50 % in 2009/10 (prediction); below 60 %? yes" in warned
    assert "70 % in 2009/10 (prediction); below 87 %? yes" in warned
    assert "60 % in 2009/10 (prediction); below 86 %? yes" in warned
    assert "Head teacher's forecast, 2 Mar 2010" in warned


def test_the_category_on_predictions_stands_beside_the_one_that_the_run_proposes(
    officer: Actor, client: Client
) -> None:
    """WAL-05: the early warning says which category the strategy would give, and proposes nothing."""
    give(officer, LOW)
    told = part(page_of(client), "Categories on these figures")
    assert re.search(r"maximising: Maximising Progress below_floor: [^:]+ would move", told)
    assert "Nothing here is proposed or kept" in told


def test_a_prediction_above_one_median_is_not_below_the_floor(run: Run) -> None:
    """WAL-05: the floor of 2009/10 is missed only where attainment and both measures of progress are short of it."""
    figures = {**LOW, "ks2_maths_2lp": 86.0, "ks2_cohort": float(COHORT)}
    (warned,) = early_warning(run, year=NEXT, figures={URN: figures})
    floor = next(test for test in warned.tests if test.rule == "ks2_below_floor")
    assert (floor.truth, floor.applies, floor.lacking) == (False, True, ())


def test_results_carry_a_kind_and_a_source_and_only_predictions_and_estimates_are_tried(
    officer: Actor, client: Client
) -> None:
    """WAL-16: each figure says target, prediction or estimate, and whose it is; a target never sets off a rule."""
    give(officer, LOW, kind=FigureKind.TARGET, source="Target set with governors")
    page = page_of(client)
    assert "Would meet the rule" not in page
    assert page.count("Target not a published result") == len(LOW)
    assert page.count("Target set with governors 2 Mar 2010") == len(LOW)
    give(officer, LOW, kind=FigureKind.ESTIMATE, source="Officer's estimate")
    assert "Below the primary floor standard on estimates" in page_of(client)
    give(officer, dict.fromkeys(LOW, 95.0), source="Head teacher's forecast")
    page = page_of(client)
    assert "on predictions" in part(page, "Would not meet the rule")
    assert "Below the primary floor standard" not in page.split("Would not meet the rule")[0]
    results = client.get(f"/schools/{URN}/results/").content.decode()
    assert "Actual results: each figure from an official release" in results


def test_a_figure_that_was_not_given_is_unknown_and_is_named(officer: Actor, client: Client) -> None:
    """WAL-16: a floor test on half of the predictions says what is unknown; nothing is carried forward or guessed."""
    give(officer, {"ks2_l4_em": 50.0})
    unknown = part(page_of(client), "Cannot be told yet")
    assert "Below the primary floor standard" in unknown
    assert "Not known: Two or more levels of progress in English" in unknown
    assert "no officer has supplied it yet" in unknown


def test_without_a_cohort_a_floor_with_a_smallest_cohort_is_unknown(officer: Actor, client: Client) -> None:
    """WAL-16: whether the floor applies to a school whose predicted cohort is not known cannot be told."""
    give(officer, LOW, cohort=None)
    unknown = part(page_of(client), "Cannot be told yet")
    assert "Not known: Pupils eligible for assessment at the end of key stage 2" in unknown


def test_the_published_years_move_back_by_one(run: Run) -> None:
    """WAL-16: on predictions for 2009/10, the published figure of 2008/09 is the one of a year earlier."""
    actual = run.table("facts").filter(urn=URN)["ks2_l4_em"][0]
    (warned,) = early_warning(run, year=NEXT, figures={URN: {"ks2_l4_em": 50.0}})
    swing = next(test for test in warned.tests if test.rule == "results_inconsistent")
    assert f"50 % in 2009/10; {actual:g} % in 2008/09" in {row.value for row in swing.rows}


def test_a_year_without_a_floor_says_so_in_words(
    home: Path, made_up: Generated, settings: Settings, actor: Callable[..., Actor]
) -> None:
    """WAL-05: where no floor standard was published for a year, the list says so and warns of nobody by it."""
    settings.RUNS_HOME = made_up.northwold
    (run,) = list_runs(made_up.northwold)
    import_snapshot(by=None, run=run)
    manager = actor(Role.SERVICE_MANAGER, authority=992)
    give(manager, {"ks2_rwm_expected": 20.0}, urn=992_001, results_year=2026, given_on=date(2026, 3, 2))
    page = page_of(signed_in(manager))
    assert "No such standard for 2025/26" in page
    assert "Below the primary floor standard: no floor standard was published for this results year." in page
    assert "Would meet the rule" not in page


def test_when_the_actual_figures_have_come_they_stand_beside_the_prediction(officer: Actor, client: Client) -> None:
    """WAL-16: once a year is published the page says so, shows actual beside predicted, and tries no rule."""
    give(officer, {"ks2_l4_em": 66.0}, results_year=PUBLISHED)
    actual = School.objects.get(pk=URN).snapshots.get().facts["ks2_l4_em"]
    page = page_of(client, f"?year={PUBLISHED}")
    assert "The actual key stage 2 results of 2008/09 have been published" in page
    come = part(page, "The actual figures have come")
    assert "Prediction not a published result 66 % of 30" in come
    assert f"{actual:g} %" in come
    assert "Would meet the rule" not in page


def test_no_rule_is_tried_on_predictions_for_a_published_year(run: Run) -> None:
    """WAL-16: predictions never take the place of actual figures."""
    with pytest.raises(NotAhead, match="2008/09 have been published"):
        early_warning(run, year=PUBLISHED, figures={URN: LOW})
