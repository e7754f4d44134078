"""Schemes, trials, risk, fairness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Given, Settlement
from strandline.web.decisions.actions.risk import RiskIncomplete
from strandline.web.decisions.actions.schemes import WrongDay, months_after
from strandline.web.decisions.models import Decision, DeskRun, EvidenceSource, Kind, Proposal, RiskAssessment, Scheme
from strandline.web.decisions.presenters.fairness import HIDDEN, WITHHELD, table
from strandline.web.decisions.queries.counts import counts
from strandline.web.decisions.queries.fairness import FairLine, fairness
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

BOTH = {"capacity_to_improve": "high", "likelihood_of_meeting_targets": "low"}


def test_one_scheme_is_in_force_at_a_time(scheme: Scheme, head_of_service: Actor) -> None:
    copy = actions.clone(by=head_of_service, scheme_pk=scheme.pk, title="Our own way")
    actions.adopt(by=head_of_service, scheme_pk=copy.pk, version=1, starts_on=timezone.localdate())
    scheme.refresh_from_db()
    assert (scheme.state, scheme.ended_on) == ("ended", timezone.localdate())


def test_a_trial_says_who_would_move_and_the_cost_in_days(
    sandmouth: DeskRun, scheme: Scheme, head_of_service: Actor
) -> None:
    """Strands of 3, 9, 15, 32, 21 as published; a lower swing moves good schools among the inconsistent, at 3 days."""
    trial = actions.try_what_if(
        by=head_of_service, scheme_pk=scheme.pk, run_pk=sandmouth.pk, settings={}, parameters={"strand_swing": 5.0}
    )
    before, after = trial.totals["counts_before"], trial.totals["counts_after"]
    assert [before[code] for code in ("below_floor", "maximising", "inconsistent", "good_to_great", "great")] == [
        3, 9, 15, 32, 21,
    ]  # fmt: skip
    assert sum(after.values()) == 80
    moved = [each for each in trial.moves if each["before"] != each["after"]]
    assert moved
    assert after["inconsistent"] - 15 == len(moved)
    assert trial.totals["days_after"][0] >= trial.totals["days_before"][0]
    assert Proposal.objects.filter(run=sandmouth, category="inconsistent").count() == 15


def test_a_trial_of_nothing_moves_nobody(sandmouth: DeskRun, scheme: Scheme, head_of_service: Actor) -> None:
    trial = actions.try_what_if(
        by=head_of_service, scheme_pk=scheme.pk, run_pk=sandmouth.pk, settings={}, parameters={}
    )
    assert (trial.moves, trial.totals["counts_before"]) == ([], trial.totals["counts_after"])


def test_risk_is_judged_on_both_dimensions(proposal: Proposal, officer: Actor) -> None:
    """SEF-09: both dimensions mandatory; level stored with date and assessor."""
    with pytest.raises(RiskIncomplete, match="every dimension"):
        actions.assess_risk(
            by=officer, urn=proposal.urn, judged={"capacity_to_improve": "high"}, level="high", reason="One alone"
        )
    assert not RiskAssessment.objects.exists()
    day = timezone.localdate() - timedelta(days=3)
    kept = actions.assess_risk(by=officer, urn=proposal.urn, judged=BOTH, level="middle", reason="Both", on=day)
    assert (kept.level, kept.assessed_on, kept.assessed_by) == ("middle", day, officer.user)


def test_published_strands_are_counted_with_whole_percentages(
    sandmouth: DeskRun, officer: Actor, head_of_service: Actor
) -> None:
    """SEF-02: 3, 9, 15, 32, 21 of 80 are 4, 11, 19, 40 and 26 %."""

    rows = list(Proposal.objects.filter(run=sandmouth).values_list("pk", flat=True))
    made = actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=rows)
    actions.publish(by=head_of_service, decisions=[each.pk for each in made])
    found = counts(head_of_service, on=timezone.localdate())
    assert [each.schools for each in found.rows] == [3, 9, 15, 32, 21]
    assert (found.percents, found.total) == ((4, 11, 19, 40, 26), 80)


def test_fairness_counts_overrides_by_role_direction_and_kind_of_school(
    sandmouth: DeskRun, officer: Actor, head_of_service: Actor
) -> None:
    evidence = (Given(source=EvidenceSource.OFFICER, statement="Visits"),)
    chosen: list[Decision] = []
    for row in Proposal.objects.filter(run=sandmouth, category="good_to_great")[:3]:
        to = "inconsistent" if len(chosen) < 2 else "great"
        settlement = Settlement(kind=Kind.OVERRIDDEN, category=to, reason="As judged", evidence=evidence)
        made = actions.decide(by=officer, proposal_pk=row.pk, version=1, settlement=settlement)
        chosen.append(actions.approve(by=head_of_service, decision_pk=made.pk, version=made.version))
    agreed = Proposal.objects.filter(run=sandmouth, category="great").values_list("pk", flat=True)[:4]
    chosen += actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=list(agreed))
    actions.publish(by=head_of_service, decisions=[each.pk for each in chosen])
    report = fairness(head_of_service, on=timezone.localdate())
    assert (report.total.decisions, report.total.overrides, report.total.more, report.total.less) == (7, 3, 2, 1)
    assert [(line.group, line.overrides) for line in report.by_role] == [("Officer", 3)]


def test_small_numbers_and_what_would_give_them_away_are_withheld_from_wider_roles() -> None:
    lines = [
        FairLine(group="Primary", decisions=40, overrides=12, more=8, less=2, same=2),
        FairLine(group="Nursery", decisions=8, overrides=2, more=2, less=0, same=0),
        FairLine(group="Infant", decisions=9, overrides=6, more=6, less=0, same=0),
    ]
    total = FairLine(group="All", decisions=57, overrides=20, more=16, less=2, same=2)
    rows = [list(row) for row in table(lines, total=total, of="phase", whole=False).rows]
    assert rows[1][2] == HIDDEN
    assert WITHHELD in (rows[0][2], rows[2][2])
    assert rows[0][4] == rows[0][5] == HIDDEN
    assert [row[2] for row in table(lines, total=total, of="phase", whole=True).rows] == ["12", "2", "6"]


def test_renewal_is_for_another_year_with_its_evaluation(
    scheme: Scheme, head_of_service: Actor, today: Callable[..., None]
) -> None:
    """WAR-06: the process is evaluated each year; a scheme expires after 12 months unless it is approved again."""
    before = scheme.expires_on
    with pytest.raises(WrongDay, match="in force until"):
        actions.renew(by=head_of_service, scheme_pk=scheme.pk, version=scheme.version, evaluation="Far too early")
    today(before - timedelta(days=20))
    renewal = actions.renew(
        by=head_of_service, scheme_pk=scheme.pk, version=scheme.version, evaluation="Found every school early"
    )
    assert renewal.until == months_after(before, 12)
    assert renewal.evaluation == "Found every school early"
    with pytest.raises(WrongDay):
        actions.renew(by=head_of_service, scheme_pk=scheme.pk, version=scheme.version + 1, evaluation="Once more")


def test_a_scheme_is_adopted_on_its_first_day_or_later_and_never_for_a_year_that_is_over(
    scheme: Scheme, head_of_service: Actor
) -> None:
    copy = actions.clone(by=head_of_service, scheme_pk=scheme.pk, title="Our own way")
    today_ = timezone.localdate()
    for day in (today_ + timedelta(days=1), months_after(today_, -12), date(1900, 1, 1), date(9999, 12, 31)):
        with pytest.raises(WrongDay, match="not a first day"):
            actions.adopt(by=head_of_service, scheme_pk=copy.pk, version=1, starts_on=day)
    scheme.refresh_from_db()
    assert scheme.state == "adopted"


def test_a_trial_counts_every_category_in_words_in_the_order_of_the_strategy(
    sandmouth: DeskRun, scheme: Scheme, head_of_service: Actor, as_role: Callable[..., Client]
) -> None:
    trial = actions.try_what_if(
        by=head_of_service, scheme_pk=scheme.pk, run_pk=sandmouth.pk, settings={}, parameters={"strand_swing": 5.0}
    )
    page = as_role(Role.SERVICE_MANAGER, authority=990).get(f"/decisions/trials/{trial.pk}/").content.decode()
    counted = page[page.index("Schools by strand, now and then") :]
    titles = [each.title for each in sandmouth.categories.order_by("place")]
    places = [counted.index(f">{title}<") for title in titles]
    assert len(places) == 5
    assert places == sorted(places)


def test_a_special_school_is_counted_as_one_where_the_register_gives_no_phase(
    sandmouth: DeskRun, proposal: Proposal, officer: Actor, head_of_service: Actor
) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(phase="not_applicable", sector="special")
    made = actions.decide(by=officer, proposal_pk=proposal.pk, version=1, settlement=Settlement(kind=Kind.AGREED))
    actions.publish(by=head_of_service, decisions=[made.pk])
    told = fairness(head_of_service, on=timezone.localdate())
    assert [line.group for line in told.by_phase] == ["Special"]
