"""What the published examples share: a pack at a moment, an ordinary school, and one rule's truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest

from strandline.engine.categorise import Decision
from strandline.engine.evaluate import decide, evaluate
from strandline.engine.resolve import ResolvedPack, resolve
from strandline.engine.trace import Trace
from strandline.kernel.missing import Missing, MissingReason
from strandline.strategy.model import Pack
from strandline.strategy.nodes import Name
from strandline.strategy.reading import read_pack

School = dict[str, Any]

ORDINARY: School = {
    "urn": 100000,
    "school_name": "Ordinary School",
    "state_funded": True,
    "maintained": True,
    "academy": False,
    "legal_form": "community",
    "special": False,
    "church_school": False,
    "ks2_cohort": 30.0,
    "ks4_cohort": 180.0,
    "ks4_progress8_coverage": 95.0,
    "inspection_date": date(2011, 3, 14),
    "inspection_framework": "R1",
    "inspection_grade": 2.0,
    "inspection_wording": "good",
    "category_of_concern": "none",
    "direction_of_travel": "improving",
    "leadership_grade": 2.0,
}
PRIMARY: School = {"takes_ks2": True, "takes_ks4": False, "sector": "primary", "phase": "primary"}
SECONDARY: School = {"takes_ks2": False, "takes_ks4": True, "sector": "secondary", "phase": "secondary"}


@cache
def _pack(name: str) -> Pack:
    return read_pack(name)


@cache
def _resolved(
    name: str, as_at: date, ks2: int | None, ks4: int | None, settings: tuple[tuple[str, str], ...]
) -> ResolvedPack:
    clocks = {"ks2_results_year": ks2, "ks4_results_year": ks4}
    return resolve(_pack(name), as_at=as_at, clocks=clocks, settings=dict(settings))


@pytest.fixture(scope="session")
def pack() -> Callable[[str], Pack]:
    """A shipped pack by its id."""
    return _pack


@pytest.fixture(scope="session")
def primary() -> Callable[..., School]:
    """An ordinary maintained primary school, good and improving, with what is said of it."""
    return lambda **said: {**ORDINARY, **PRIMARY, **said}


@pytest.fixture(scope="session")
def secondary() -> Callable[..., School]:
    """An ordinary maintained secondary school, with what is said of it."""
    return lambda **said: {**ORDINARY, **SECONDARY, **said}


@pytest.fixture(scope="session")
def missing() -> Callable[[str], Missing]:
    """A figure that is not there, by its reason."""
    return lambda reason: Missing(reason=MissingReason(reason))


@pytest.fixture(scope="session")
def at() -> Callable[..., ResolvedPack]:
    """A pack at a moment: `at("walsall-2011", as_at=…, ks2=2010)`."""

    def moment(
        name: str, *, as_at: date = date(2018, 1, 31), ks2: int | None = None, ks4: int | None = None, **settings: str
    ) -> ResolvedPack:
        return _resolved(name, as_at, ks2, ks4, tuple(sorted(settings.items())))

    return moment


@pytest.fixture(scope="session")
def rule(at: Callable[..., ResolvedPack]) -> Callable[..., Trace]:
    """The trace of one rule of the national pack for one school: `rule("ks2_below_floor", school, ks2=2013)`."""

    def traced(name: str, school: School, *, of: str = "england-national", **moment: Any) -> Trace:
        return evaluate(at(of, **moment), Name(name), school)

    return traced


@pytest.fixture(scope="session")
def decided(at: Callable[..., ResolvedPack]) -> Callable[..., Decision]:
    """The decision of a pack on one school: `decided("walsall-2011", school, as_at=…, ks2=2010)`."""

    def decision(name: str, school: School, **moment: Any) -> Decision:
        return decide(at(name, **moment), school)

    return decision
