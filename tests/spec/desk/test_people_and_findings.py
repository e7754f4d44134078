"""What the published strategies ask of people, findings and legal form, shown on the desk's pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from strandline.web.intelligence import actions as intelligence
from strandline.web.intelligence.actions import Heard
from strandline.web.intelligence.models import Item
from strandline.web.intelligence.reach import Sharing
from strandline.web.people.roles import Role, Scope
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Contact, ContactBody, School
from strandline.web.strategies.models import StrategyVersion

Clients = Callable[..., Client]
ASH, BIRCH = 100_001, 100_002


def found(by: Actor, urn: int, *, days: int, kind: str = "peer_review", text: str = "Marking is uneven") -> Item:
    told = Heard(
        kind=kind,
        text=text,
        source="Peer review",
        happened_on=timezone.localdate() - timedelta(days=days),
        confidence="high",
        weight=2,
        sharing=Sharing.SCHOOL,
    )
    return intelligence.record(by=by, school=School.objects.get(urn=urn), heard=told)


def test_a_weakness_found_from_outside_is_a_dated_task_until_it_is_closed(
    schools: list[School], head_of_service: Actor, as_role: Clients
) -> None:
    """CAM-28: what a peer review or an inspection finds is listed by age with the day it is due, until closed."""
    recent = found(head_of_service, ASH, days=10)
    older = found(head_of_service, BIRCH, days=200, kind="inspection", text="Attendance is low")
    found(head_of_service, ASH, days=300, kind="complaint", text="The gate is locked early")
    Item.objects.filter(pk=older.pk).update(review_by=timezone.localdate() - timedelta(days=1))
    officer = as_role(Role.OFFICER)
    page = officer.get("/intelligence/findings/").content.decode()
    assert page.index("Attendance is low") < page.index("Marking is uneven"), "the oldest first"
    assert "The gate is locked early" not in page
    assert (page.count("Overdue"), ">200<" in page) == (1, True)
    sent = {"outcome": "close", "note": "Put right", "version": older.version, "form_key": str(uuid4())}
    assert officer.post(f"/intelligence/{older.pk}/review/", sent).status_code == 302
    after = officer.get("/intelligence/findings/").content.decode()
    assert "Attendance is low" not in after
    assert "Marking is uneven" in after
    assert Item.objects.get(pk=recent.pk).review_by > timezone.localdate(), "a day is always set"


def test_findings_are_the_service_s_own_list(schools: list[School], head_of_service: Actor, as_role: Clients) -> None:
    """CAM-28: a school sees what may be shown to it on its own page; the list of the authority stays closed to it."""
    found(head_of_service, BIRCH, days=10, text="Only of Birch")
    for role in (Role.HEAD_TEACHER, Role.ANALYST, Role.TRUST):
        answer = as_role(role).get("/intelligence/findings/")
        assert answer.status_code == 403, role
        assert b"Only of Birch" not in answer.content


def test_local_intelligence_has_a_place_of_record(schools: list[School], as_role: Clients) -> None:
    """HAL-05: what rested on relationships is recorded with its source, and says how sure the service is of it."""
    officer = as_role(Role.OFFICER)
    day = timezone.localdate()
    sent = {
        "kind": "elected_member",
        "text": "Two families moved away",
        "source": "Ward surgery",
        "happened_on_day": day.day,
        "happened_on_month": day.month,
        "happened_on_year": day.year,
        "weight": 1,
        "sharing": 3,
        "form_key": str(uuid4()),
    }
    refused = officer.post(f"/intelligence/schools/{ASH}/add/", sent).content.decode()
    assert "Choose how sure" in refused
    sent |= {"confidence": "low", "form_key": str(uuid4())}
    assert officer.post(f"/intelligence/schools/{ASH}/add/", sent).status_code == 302
    page = officer.get("/intelligence/").content.decode()
    assert "Ward surgery" in page
    assert "low confidence" in page


def test_a_school_finds_the_strategy_and_what_concerns_it_in_one_place(
    published: StrategyVersion, schools: list[School], as_role: Clients
) -> None:
    """HAL-28: the desk is the channel to schools: strategy, named officer and visits, letters, category."""
    head = as_role(Role.HEAD_TEACHER)
    home = head.get("/").content.decode()
    assert "All our schools" in home, "the strategy in force stands on the school's own front page"
    for address in (
        f"/strategies/{published.pk}/",
        f"/officers/schools/{ASH}/",
        f"/decisions/schools/{ASH}/",
        f"/schools/{ASH}/",
    ):
        assert head.get(address).status_code in (200, 302), address
    assert head.get(f"/officers/schools/{BIRCH}/").status_code == 404


def test_a_trust_and_a_diocese_have_contacts_and_see_their_own_schools(
    schools: list[School], person: Callable[..., object], as_role: Clients
) -> None:
    """CAM-06: a trust and a diocese have contacts by role, and enter the desk to their own schools alone."""
    School.objects.filter(urn=BIRCH).update(trust_uid="5001", trust_name="Tide Trust")
    School.objects.filter(urn=ASH).update(diocese="Diocese of Northwold")
    for body, key in ((ContactBody.TRUST, "5001"), (ContactBody.DIOCESE, "Diocese of Northwold")):
        Contact.objects.create(authority=850, body=body, body_key=key, role="Director", name=f"Jo {body.value}")
    officer = as_role(Role.OFFICER)
    assert "Jo trust" in officer.get(f"/schools/{BIRCH}/contacts/").content.decode()
    assert "Jo diocese" in officer.get(f"/schools/{ASH}/contacts/").content.decode()
    trust = as_role(Role.TRUST, scope=Scope.TRUST, cluster="5001")
    diocese = as_role(Role.DIOCESE, scope=Scope.DIOCESE, cluster="Diocese of Northwold")
    assert [trust.get(f"/schools/{urn}/").status_code for urn in (BIRCH, ASH)] == [200, 404]
    assert [diocese.get(f"/schools/{urn}/").status_code for urn in (BIRCH, ASH)] == [404, 200]


def test_an_academy_is_monitored_in_full_and_offers_no_statutory_step(schools: list[School], as_role: Clients) -> None:
    """CAM-01, HAL-08: an academy's page opens like any other; no power over it, the reason and the route instead."""
    officer = as_role(Role.OFFICER)
    assert officer.get(f"/schools/{BIRCH}/").status_code == 200
    page = officer.get(f"/triggers/powers/{BIRCH}/").content.decode()
    assert "funding agreement" in page
    assert "Send a letter of concern to the trust" in page
    assert "Log the response and its date" in page
    assert "Give a performance, standards and safety warning notice" not in page.split("What can be done")[0]
