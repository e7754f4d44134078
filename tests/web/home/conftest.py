"""An authority with something of everything a front page tells of, once or several times over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from strandline.web.decisions.models import (
    Challenge,
    Decision,
    DeskRun,
    Kind,
    Proposal,
    Reply,
    RunCategory,
    Scheme,
    SchemeState,
    State,
)
from strandline.web.intelligence.models import Item, Weight
from strandline.web.officers.models import Allocation, AllocationState, Declaration, Task
from strandline.web.people.models import User
from strandline.web.people.roles import Role
from strandline.web.schools.models import Intake, School
from strandline.web.triggers.models import Entry

AUTHORITY = 850
FIRST = 100_001
STEPS = {"A": ("Calm", 1), "B": ("Watched", 3), "C": ("Worrying", 8)}
EACH = 6


def label(code: str) -> str:
    """A category as a strategy prints it."""
    return f"{code} ({STEPS[code][0]}, {STEPS[code][0].lower()} by the rules)"


class Board:
    """Builds sets of six schools; each set brings every reason that a school can stand on the front page for."""

    def __init__(self, person: Callable[..., User]) -> None:
        self.today = timezone.localdate()
        self.officer = person(Role.OFFICER, email="named.officer@example.org")
        self.other = person(Role.SERVICE_MANAGER, email="approver@example.org")
        self.sets = 0
        self.scheme = Scheme.objects.create(
            authority=AUTHORITY,
            title="The strategy",
            pack="sefton-2010",
            state=SchemeState.ADOPTED,
            starts_on=self.day(-60),
            expires_on=self.day(300),
        )
        intake = Intake.objects.create(run_id="run", authority=AUTHORITY, as_at=self.day(-40), pack="sefton-2010")
        self.run = DeskRun.objects.create(
            authority=AUTHORITY,
            run_id="run",
            intake=intake,
            pack="sefton-2010",
            title="The strategy",
            pack_sha256="0" * 64,
            scheme=self.scheme,
            as_at=self.day(-40),
            manifest={},
        )
        for place, (code, (title, step)) in enumerate(STEPS.items()):
            RunCategory.objects.create(run=self.run, code=code, title=title, label=label(code), place=place, step=step)

    def day(self, days: int) -> date:
        """So many days from today."""
        return self.today + timedelta(days=days)

    def add(self, times: int = 1) -> None:
        """Add so many sets of schools."""
        for _ in range(times):
            self._set([self._school(self.sets * EACH + turn) for turn in range(EACH)])
            self.sets += 1

    def _set(self, schools: list[School]) -> None:
        concern, expired, late, waiting, left_open, nobody = schools
        self.published(concern, "C", on=-30)
        self._trigger(concern, due=-4)
        lapsed = self.published(expired, "A", override="B", on=-30, expires=-2)
        Reply.objects.create(
            decision=lapsed, view="accurate", text="So it is.", by=self.other, by_role="head_teacher", in_time=True
        )
        told = self.published(late, "A", on=-1)
        Challenge.objects.create(
            decision=told, grounds="Eleven pupils.", raised_by=self.other, raised_role="head_teacher", in_time=True
        )
        Task.objects.create(school=late, kind="other", title="Send the note", due_on=self.day(-3))
        self._trigger(waiting, due=9)
        self.proposal(waiting, "C")
        self.proposal(left_open, "")
        self._heard(left_open)
        self.proposal(nobody, "A")
        Task.objects.create(school=nobody, kind="other", title="Read the report", due_on=self.day(5))
        for school in schools[:-1]:
            self._named(school)

    def _school(self, turn: int) -> School:
        academy = turn % EACH == 3
        return School.objects.create(
            urn=FIRST + turn,
            name=f"School {turn + 1:03}",
            la=AUTHORITY,
            sector="primary",
            maintained=not academy,
            legal_form="academy_converter" if academy else "community",
            status="open",
            trust_uid="5001" if academy else "",
            trust_name="Lantern Trust" if academy else "",
            diocese="Diocese of Northwold" if turn % EACH == 1 else "",
            consortium="North" if turn % EACH < 3 else "",
        )

    def proposal(self, school: School, code: str) -> Proposal:
        """What the rules say of a school; no code leaves it undecided."""
        told: dict[str, Any] = {"state": "undecided", "reason": "for want of the results", "missing": ["results"]}
        if code:
            told = {"state": "decided", "category": code, "label": label(code), "step": STEPS[code][1], "place": 0}
        return Proposal.objects.create(run=self.run, school=school, urn=school.urn, school_name=school.name, **told)

    def published(
        self, school: School, code: str, *, on: int, override: str = "", expires: int | None = None
    ) -> Decision:
        """A published category, the rules' own or an override."""
        shown = override or code
        return Decision.objects.create(
            school=school,
            scheme=self.scheme,
            proposal=self.proposal(school, code),
            kind=Kind.OVERRIDDEN if override else Kind.AGREED,
            state=State.PUBLISHED,
            category=shown,
            label=label(shown),
            step=STEPS[shown][1],
            place=0,
            reason="Leadership has changed." if override else "",
            expires_on=self.day(expires) if expires is not None else None,
            proposed_by=self.officer,
            approved_by=self.other,
            approved_at=timezone.now(),
            published_by=self.other,
            published_on=self.day(on),
            reply_by=self.day(on + 20),
        )

    def _trigger(self, school: School, *, due: int) -> None:
        Entry.objects.create(
            school=school,
            trigger="special_measures",
            due_on=self.day(due),
            first_met_on=self.day(-20),
            last_met_on=self.day(-20),
        )

    def _heard(self, school: School) -> None:
        Item.objects.create(
            school=school,
            kind="complaint",
            text="Two families wrote.",
            source="Families",
            happened_on=self.day(-6),
            confidence="low",
            weight=Weight.HEAVY,
            review_by=self.day(60),
            written_by=self.officer,
        )

    def _named(self, school: School) -> None:
        declared = Declaration.objects.create(
            school=school, officer=self.officer, conflict=False, holds_until=self.day(300)
        )
        Allocation.objects.create(
            school=school,
            officer=self.officer,
            starts_on=self.day(-50),
            state=AllocationState.CONFIRMED,
            declaration=declared,
            proposed_by=self.other,
            confirmed_on=self.day(-50),
        )


@pytest.fixture
def board(person: Callable[..., User]) -> Board:
    """One set of six schools: `board.add(2)` adds two more."""
    made = Board(person)
    made.add()
    return made
