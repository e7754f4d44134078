"""Four schools, and runs that a test writes itself: which rules are true of whom, on which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor
from strandline.web.schools.models import Intake, Line, School
from strandline.web.triggers.actions import register_run

AUTHORITY = 850
SCHOOLS = {100_001: "Ash Primary", 100_002: "Beech Academy", 100_003: "Cedar School", 100_004: "Dell Infants"}


@dataclass
class ToldRun:
    """A run as a test tells it: rule → URN → truth; facts by URN; categories by URN."""

    run_id: str
    pack: str
    rules: dict[str, dict[int, bool | None]]
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)
    placed: dict[int, str] = field(default_factory=dict)

    @property
    def manifest(self) -> SimpleNamespace:
        return SimpleNamespace(inputs=SimpleNamespace(pack=SimpleNamespace(id=self.pack)))

    @property
    def decisions(self) -> pl.DataFrame:
        return pl.DataFrame(
            [{"urn": urn, "category": self.placed.get(urn)} for urn in SCHOOLS],
            schema={"urn": pl.Int64, "category": pl.String},
        )

    def table(self, name: str) -> pl.DataFrame:
        if name == "leaves":
            columns = {f"rule__{rule}": [told.get(urn) for urn in SCHOOLS] for rule, told in self.rules.items()}
            return pl.DataFrame({"urn": list(SCHOOLS), **columns}, schema_overrides=dict.fromkeys(columns, pl.Boolean))
        names = sorted({name for facts in self.facts.values() for name in facts})
        return pl.DataFrame(
            {"urn": list(SCHOOLS), **{n: [self.facts.get(urn, {}).get(n) for urn in SCHOOLS] for n in names}}
        )


@pytest.fixture
def schools(db: None) -> dict[int, School]:
    """Two maintained schools, an academy and one of another authority."""
    forms = {100_001: "community", 100_002: "academy_converter", 100_003: "community_special", 100_004: "community"}
    return {
        urn: School.objects.create(
            urn=urn,
            name=name,
            la=AUTHORITY if urn != 100_004 else 851,
            legal_form=forms[urn],
            maintained=forms[urn] != "academy_converter",
            sector="special" if urn == 100_003 else "primary",
            status="open",
        )
        for urn, name in SCHOOLS.items()
    }


Tell = Callable[..., None]


@pytest.fixture
def tell(schools: dict[int, School]) -> Tell:
    """Takes in a run and reads it for triggers: `tell(date(2025, 9, 1), {"ks2_below_floor": {100_001: True}})`."""
    count = 0

    def one(
        as_at: date,
        rules: dict[str, dict[int, bool | None]],
        *,
        pack: str = "england-2026",
        facts: dict[int, dict[str, Any]] | None = None,
        placed: dict[int, str] | None = None,
        known_on: date | None = None,
    ) -> None:
        nonlocal count
        count += 1
        whole = {rule: dict.fromkeys(SCHOOLS, False) | told for rule, told in rules.items()}
        run = ToldRun(run_id=f"run-{count}", pack=pack, rules=whole, facts=facts or {}, placed=placed or {})
        for authority in (AUTHORITY, 851):
            intake = Intake.objects.create(
                run_id=run.run_id,
                authority=authority,
                as_at=as_at,
                pack=pack,
                **({"known_on": known_on} if known_on else {}),
            )
            for school in schools.values():
                if school.la == authority:
                    Line.objects.create(
                        intake=intake,
                        school=school,
                        urn=school.urn,
                        name=school.name,
                        sort_name=school.name,
                        la=authority,
                    )
        register_run(by=None, run=run)

    return one


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    """An officer who proposes."""
    return actor(Role.OFFICER)


@pytest.fixture
def manager(actor: Callable[..., Actor]) -> Actor:
    """A service manager who approves."""
    return actor(Role.SERVICE_MANAGER)
