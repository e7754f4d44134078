"""The acceptance checks of requirements that the decisions of the desk meet."""

from __future__ import annotations

import re
import shutil
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path

from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from strandline.runs.proposals import run
from strandline.runs.record import Run
from strandline.runs.summary import summarise
from strandline.web.api import actions as tokens
from strandline.web.audit.models import AuditRow
from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Given, Settlement
from strandline.web.decisions.models import (
    Challenge,
    Decision,
    DeskRun,
    EvidenceSource,
    Kind,
    Proposal,
    RiskAssessment,
)
from strandline.web.decisions.queries.both import CONCERN, PRACTICE, both_lists
from strandline.web.decisions.queries.queue import latest_run
from strandline.web.decisions.queries.standing import published, standings
from strandline.web.people.reach import Wanted
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

HOSTILE = ("Pounds £ & \"quotes\" 'single' <script>alert(1)</script> " * 200)[:9_990].strip()


def words(html: str) -> str:
    """The text of a page, with single spaces."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def sent(**values: object) -> dict[str, str]:
    """A form as a browser sends it."""
    return {"form_key": str(uuid.uuid4())} | {name: str(value) for name, value in values.items()}


def override(by: Actor, approver: Actor, proposal: Proposal, *, to: str, until: date) -> Decision:
    """An override, approved."""
    proposal.refresh_from_db()
    evidence = tuple(Given(source=source, statement=f"By {source.label}") for source in EvidenceSource)
    settlement = Settlement(
        kind=Kind.OVERRIDDEN, category=to, reason="Two heads in a year", evidence=evidence, expires_on=until
    )
    made = actions.decide(by=by, proposal_pk=proposal.pk, version=proposal.version, settlement=settlement)
    return actions.approve(by=approver, decision_pk=made.pk, version=made.version)


def test_each_of_eighty_schools_is_in_exactly_one_strand_on_every_date(
    sandmouth: DeskRun,
    officer: Actor,
    head_of_service: Actor,
    as_role: Callable[..., Client],
    today: Callable[..., None],
) -> None:
    """SEF-01, SEF-02: exactly one of five strands at any date; 4, 11, 19, 40, 26 % of 80, and they add to 100."""
    start = timezone.localdate()
    rows = list(Proposal.objects.filter(run=sandmouth).values_list("pk", flat=True))
    made = actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=rows)
    actions.publish(by=head_of_service, decisions=[each.pk for each in made])
    service = as_role(Role.SERVICE_MANAGER, authority=990)
    for client in (service, as_role(Role.ELECTED_MEMBER, authority=990)):
        page = words(client.get("/decisions/counts/").content.decode())
        shown = re.findall(r"(\d+) (\d+ %)", page.partition("Percent")[2])
        assert shown == [("3", "4 %"), ("9", "11 %"), ("15", "19 %"), ("32", "40 %"), ("21", "26 %")]
        assert "80 schools in all. The percentages add to 100 %." in page
    some = Proposal.objects.filter(run=sandmouth, category="inconsistent").first()
    until = start + timedelta(days=60)
    today(start + timedelta(days=10))
    later = override(officer, head_of_service, some, to="great", until=until)
    actions.publish(by=head_of_service, decisions=[later.pk])
    today(start + timedelta(days=90))
    for days in (0, 9, 10, 60, 61, 90):
        day = start + timedelta(days=days)
        found = standings(published(head_of_service, on=day), on=day)
        each_once = Counter(one.decision.school_id for one in found)
        assert len(each_once) == 80, day
        assert set(each_once.values()) == {1}, day
        assert {one.code for one in found} <= {"below_floor", "maximising", "inconsistent", "good_to_great", "great"}
    assert published(head_of_service, on=start - timedelta(days=1)).count() == 0


def test_page_front_page_api_and_paper_count_the_schools_alike(
    sandmouth: DeskRun,
    runs: dict[str, Run],
    officer: Actor,
    head_of_service: Actor,
    as_role: Callable[..., Client],
) -> None:
    """SEF-02: counts of schools are exact for everybody who may see totals, in every place (decision 18)."""
    rows = list(Proposal.objects.filter(run=sandmouth).values_list("pk", flat=True))
    made = actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=rows)
    actions.publish(by=head_of_service, decisions=[each.pk for each in made])
    paper = [str(each.schools) for each in summarise(runs["sefton-2010"]).categories]
    member = as_role(Role.ELECTED_MEMBER, authority=990)
    wanted = Wanted(role=Role.ELECTED_MEMBER)
    until = timezone.localdate() + timedelta(days=9)
    _, secret = tokens.make(by=head_of_service, name="Totals", wanted=wanted, expires_on=until)
    told = Client().get("/api/v1/totals", headers={"Authorization": f"Bearer {secret}"}).json()
    front = member.get("/").content.decode()
    assert re.findall(r">\s*(\d+)\s*</td>", front) == paper
    assert f"{sum(map(int, paper))} schools have a published category." in front
    page = words(member.get("/decisions/counts/").content.decode()).partition("Percent")[2]
    assert re.findall(r"(\d+) \d+ %", page) == paper
    assert [str(each["schools"]) for each in told["items"]] == paper
    assert paper[0] == "3", "a number that a table of children would withhold"


def test_named_lists_are_left_out_of_everything_public(
    sandmouth: DeskRun, officer: Actor, head_of_service: Actor, as_role: Callable[..., Client]
) -> None:
    """SEF-42: a confidential appendix lists schools by strand; named lists stay out of public exports."""
    rows = Proposal.objects.filter(run=sandmouth).values_list("pk", flat=True)[:3]
    made = actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=list(rows))
    names = [each.proposal.school_name for each in actions.publish(by=head_of_service, decisions=[m.pk for m in made])]
    service = as_role(Role.SERVICE_MANAGER, authority=990)
    assert all(name in unescape(service.get("/decisions/appendix/").content.decode()) for name in names)
    for role in (Role.ELECTED_MEMBER, Role.EXTERNAL_PROVIDER, Role.BOARD_MEMBER):
        client = as_role(role, authority=990)
        for address in ("/decisions/appendix/", "/decisions/appendix/schools.csv", "/decisions/both/"):
            answer = client.get(address)
            assert answer.status_code in (403, 404), (role, address)
            assert not any(name in unescape(answer.content.decode()) for name in names)


def test_an_assignment_keeps_its_evidence_by_type_and_the_school_sees_rule_evidence_and_challenges(
    proposal: Proposal, officer: Actor, head_of_service: Actor, as_role: Callable[..., Client]
) -> None:
    """SEF-04, WAR-05: evidence is kept by type of source; the school sees rules and evidence; challenges are kept."""
    until = timezone.localdate() + timedelta(days=60)
    decision = override(officer, head_of_service, proposal, to="great", until=until)
    actions.publish(by=head_of_service, decisions=[decision.pk])
    assert [each.source for each in decision.evidence.all()] == [source.value for source in EvidenceSource]
    urn = proposal.urn
    head = as_role(Role.HEAD_TEACHER, authority=990, school_urn=urn)
    page = words(head.get(f"/decisions/schools/{urn}/").content.decode())
    assert "“Results that swing from year to year” is met" in page
    assert "Two heads in a year" in page
    assert all(f"By {source.label}" in page for source in EvidenceSource)
    once = sent(grounds=HOSTILE)
    address = f"/decisions/schools/{urn}/challenge/"
    assert head.post(address, sent(grounds="  \n ")).status_code == 200
    assert head.post(address, sent(grounds="x" * 10_001)).status_code == 200
    assert not Challenge.objects.exists()
    assert [head.post(address, once).status_code for _ in range(2)] == [302, 302]
    assert Challenge.objects.get().grounds == HOSTILE
    assert head.post(address, sent(grounds="And again")).status_code == 422
    raised = Challenge.objects.get()
    colleague = as_role(Role.SERVICE_MANAGER, authority=990)
    settle = f"/decisions/challenges/{raised.pk}/"
    assert colleague.post(settle, sent(version=1, outcome="upheld", reason=" ")).status_code == 200
    assert colleague.post(settle, sent(version=1, outcome="perhaps", reason="So it is")).status_code == 200
    assert colleague.post(settle, sent(version="²", outcome="upheld", reason="So it is")).status_code == 409
    done = sent(version=1, outcome="not_upheld", reason="The register says so")
    assert [colleague.post(settle, done).status_code for _ in range(2)] == [302, 302]
    assert colleague.post(settle, sent(version=2, outcome="upheld", reason="On second thoughts")).status_code == 422
    told = head.get(f"/decisions/schools/{urn}/").content.decode()
    assert "<script>alert" not in told
    assert "The register says so" in told
    assert "Challenge: not upheld" in told


def test_risk_is_judged_on_both_dimensions_through_the_page(proposal: Proposal, as_role: Callable[..., Client]) -> None:
    """SEF-09: capacity to improve and likelihood of meeting targets give a level, kept with date and assessor."""
    client = as_role(Role.OFFICER, authority=990)
    address = f"/decisions/schools/{proposal.urn}/risk/"
    day = timezone.localdate()

    def form(**changed: object) -> dict[str, str]:
        given: dict[str, object] = {
            "dimension_capacity_to_improve": "high",
            "dimension_likelihood_of_meeting_targets": "low",
            "level": "middle",
            "reason": HOSTILE,
            "on_day": day.day,
            "on_month": day.month,
            "on_year": day.year,
        }
        return sent(**(given | changed))

    wrong: tuple[dict[str, object], ...] = (
        {"dimension_likelihood_of_meeting_targets": ""},
        {"dimension_capacity_to_improve": "splendid"},
        {"level": ""},
        {"reason": "  "},
        {"on_day": 31, "on_month": 2},
        {"on_year": 10**30},
        {"on_year": ""},
    )
    for changed in wrong:
        answer = client.post(address, form(**changed))
        assert answer.status_code == 200, changed
        assert "There is a problem" in answer.content.decode()
    ahead = client.post(address, form(on_year=day.year + 1))
    assert ahead.status_code == 422
    assert "alert(1)" in ahead.content.decode()
    assert not RiskAssessment.objects.exists()
    once = form()
    assert [client.post(address, once).status_code for _ in range(2)] == [302, 302]
    kept = RiskAssessment.objects.get()
    assert (kept.level, kept.assessed_on, kept.assessed_by.name, kept.reason) == ("middle", day, "Officer", HOSTILE)
    page = client.get(address).content.decode()
    assert "<script>alert" not in page
    assert "Officer" in page


def test_every_school_is_in_one_register_whatever_its_status(
    ardenshire: DeskRun, as_role: Callable[..., Client]
) -> None:
    """WAR-01: one list shows 192 + 35 + 9 = 236 schools, maintained or academy, and filters by status."""
    client = as_role(Role.SERVICE_MANAGER, authority=991)
    page = words(client.get("/schools/?per=200").content.decode())
    assert "236 schools" in page
    forms = Counter(Proposal.objects.filter(run=ardenshire).values_list("legal_form", flat=True))
    assert sum(forms.values()) == 236
    assert sum(number for form, number in forms.items() if form.startswith(("academy", "free"))) == 34
    for form, number in forms.items():
        shown = words(client.get(f"/schools/?form={form}").content.decode())
        assert f"{number} school{'s' * (number != 1)}" in shown, form


def test_each_run_puts_out_the_schools_causing_concern_and_those_with_good_practice(
    ardenshire: DeskRun, actor: Callable[..., Actor], as_role: Callable[..., Client]
) -> None:
    """WAR-58, WAR-52: a run covers both the vulnerable and those with good practice: the lenders are 1 and 2A."""
    found = both_lists(actor(Role.SERVICE_MANAGER, authority=991), ardenshire, on=timezone.localdate())
    assert Counter(each.proposal.category for each in found[CONCERN]) == {"4": 5, "3C": 17, "3D": 10}
    assert Counter(each.proposal.category for each in found[PRACTICE]) == {"1": 37, "2A": 85}
    page = words(as_role(Role.OFFICER, authority=991).get("/decisions/both/").content.decode())
    assert "Schools causing concern: 32" in page
    assert "Schools with good practice to share: 122" in page
    assert all(each.proposal.school_name in page for each in found[CONCERN])


def test_the_list_of_concern_holds_good_schools_at_risk(
    sandmouth: DeskRun, runs: dict[str, Run], officer: Actor, as_role: Callable[..., Client]
) -> None:
    """WAR-02: prevent schools from falling; the list of risk contains good schools at risk, not only failing ones."""
    grades = dict(runs["sefton-2010"].table("facts").select("urn", "inspection_grade").iter_rows())
    found = both_lists(officer, sandmouth, on=timezone.localdate())[CONCERN]
    assert sorted(grades[each.proposal.urn] for each in found) == [2, 3, 3]
    good = next(each.proposal for each in found if grades[each.proposal.urn] == 2)
    front = unescape(as_role(Role.HEAD_OF_SERVICE, authority=990, email="front@example.org").get("/").content.decode())
    assert good.school_name in front


def test_schools_are_looked_at_again_as_figures_arrive_and_what_was_found_before_is_kept(
    sandmouth: DeskRun, runs_home: Path, officer: Actor, head_of_service: Actor, as_role: Callable[..., Client]
) -> None:
    """WAR-29: risk is calculated again after each release of data; history is kept, with who changed it and why."""
    before = dict(Proposal.objects.filter(run=sandmouth).values_list("urn", "category"))
    urn = next(urn for urn, category in before.items() if category == "inconsistent")
    first = Proposal.objects.get(run=sandmouth, urn=urn)
    made = actions.decide(by=officer, proposal_pk=first.pk, version=1, settlement=Settlement(kind=Kind.AGREED))
    actions.publish(by=head_of_service, decisions=[made.pk])
    later = run(runs_home, pack="sefton-2010", as_at=date(2010, 4, 30), authority="990")
    try:
        made_again = actions.import_run(by=head_of_service, run_id=later.run_id)[0]
        page = words(as_role(Role.SERVICE_MANAGER, authority=990).get("/decisions/runs/").content.decode())
    finally:
        shutil.rmtree(later.folder)  # the home is shared by the tests of this room
    assert made_again.schools == 80
    assert latest_run(officer) == made_again
    assert dict(Proposal.objects.filter(run=sandmouth).values_list("urn", "category")) == before
    kept = published(officer, on=timezone.localdate()).get(school_id=urn)
    assert (kept.proposal.run, kept.category) == (sandmouth, "inconsistent")
    audit = AuditRow.objects.filter(action="decisions.run_imported").order_by("pk").last()
    assert (audit.actor_name, audit.after["run"]) == (head_of_service.user.name, later.run_id)
    assert "31 March 2010" in page
    assert "30 April 2010" in page
