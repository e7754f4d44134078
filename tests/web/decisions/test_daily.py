"""What the desk does by itself once a day, and that pages do not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Given, Settlement
from strandline.web.decisions.models import Decision, EvidenceSource, Kind, Proposal
from strandline.web.home.daily import OnceADay, daily
from strandline.web.people.models import User
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.triggers.models import Entry

OVERRIDE = Settlement(
    kind=Kind.OVERRIDDEN,
    category="great",
    reason="As judged",
    evidence=(Given(source=EvidenceSource.OFFICER, statement="Visits"),),
)


@pytest.fixture
def override(officer: Actor, head_of_service: Actor, proposal: Proposal) -> Decision:
    """A published override that lasts thirty days."""
    ends = timezone.localdate() + timedelta(days=30)
    settlement = Settlement(
        kind=OVERRIDE.kind, category="great", reason="As judged", evidence=OVERRIDE.evidence, expires_on=ends
    )
    made = actions.decide(by=officer, proposal_pk=proposal.pk, version=1, settlement=settlement)
    made = actions.approve(by=head_of_service, decision_pk=made.pk, version=made.version)
    return actions.publish(by=head_of_service, decisions=[made.pk])[0]


def test_an_override_that_ended_is_flagged_and_waits_in_the_register_after_the_daily_round(
    override: Decision, today: Callable[..., None]
) -> None:
    today(override.expires_on)
    assert daily() == {"overrides_ended": 0, "entries_opened": 0}
    today(override.expires_on + timedelta(days=1))
    assert daily() == {"overrides_ended": 1, "entries_opened": 1}
    assert daily() == {"overrides_ended": 0, "entries_opened": 0}
    entry = Entry.objects.get(school_id=override.school_id, evidence__decision=override.pk)
    assert entry.state == "open"
    assert AuditRow.objects.filter(action="decisions.override_lapsed").count() == 1


def test_every_page_shows_the_end_of_an_override_by_its_date_though_no_daily_round_was_made(
    override: Decision, today: Callable[..., None], person: Callable[..., User]
) -> None:
    """An override falls back on its day: category page, lists, school page and front page alike."""
    reader = person(Role.HEAD_OF_SERVICE, authority=990, email="head.of.days@example.org")

    def look(address: str) -> str:
        client = Client()  # a session of its own: the clock moves by weeks
        client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = client.get(address)
        assert answer.status_code == 200, address
        return str(answer.content.decode())

    urn = override.school_id
    pages = (f"/decisions/schools/{urn}/", "/decisions/", f"/schools/{urn}/", f"/schools/?q={urn}")
    today(override.expires_on)
    last = {page: look(page) for page in pages}
    today(override.expires_on + timedelta(days=1))
    first = {page: look(page) for page in pages}
    assert "counts no more" not in last[pages[0]]
    assert "counts no more" in first[pages[0]]
    assert "Overridden until" in last[pages[1]]
    assert "Override ended: the rules count" in first[pages[1]]
    for page in pages[2:]:
        assert "great" in last[page].casefold(), page
        assert "inconsistent" in first[page].casefold(), page
    assert "Ended: the rules count again" in look("/decisions/overrides/")
    assert override.proposal.school_name in look("/")
    override.refresh_from_db()
    assert override.lapsed_on is None


def test_a_new_decision_before_its_end_takes_back_what_the_override_would_have_left_behind(
    override: Decision, officer: Actor, head_of_service: Actor, proposal: Proposal, today: Callable[..., None]
) -> None:
    from strandline.web.schools.models import CategorySpell

    today(override.expires_on - timedelta(days=10))
    proposal.refresh_from_db()
    made = actions.decide(
        by=officer, proposal_pk=proposal.pk, version=proposal.version, settlement=Settlement(kind=Kind.AGREED)
    )
    actions.publish(by=head_of_service, decisions=[made.pk])
    day = override.expires_on - timedelta(days=10)
    spells = CategorySpell.objects.filter(school_id=override.school_id).order_by("published_on")
    assert [(each.code, each.published_on, each.superseded_on) for each in spells] == [
        ("great", override.published_on, day),
        ("inconsistent", day, None),
    ]


def test_the_daily_round_is_made_once_a_day_and_again_after_midnight(db: None, today: Callable[..., None]) -> None:
    made: list[date] = []

    def do() -> Mapping[str, int]:
        made.append(timezone.localdate())
        return {}

    round_ = OnceADay(do)
    days = [date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 2)]
    done = []
    for day in days:
        today(day)
        done.append(round_.look())
    assert (made, done) == ([days[0], days[2]], [True, False, True])


def test_a_round_that_failed_is_made_again_at_the_next_look(db: None, caplog: pytest.LogCaptureFixture) -> None:
    answers = iter([RuntimeError("the disk is full"), {}])

    def do() -> Mapping[str, int]:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    round_ = OnceADay(do)
    assert [round_.look(), round_.look(), round_.look()] == [False, True, False]
    assert "the disk is full" in caplog.text


def test_the_command_says_what_there_was(override: Decision, today: Callable[..., None]) -> None:
    today(override.expires_on + timedelta(days=5))
    told = StringIO()
    call_command("daily", stdout=told)
    assert told.getvalue() == "1 overrides had ended; 1 entries of the register opened\n"
