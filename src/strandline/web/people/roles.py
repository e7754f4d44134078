"""The roles, the modules, and the one table of what each role may see and do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What a person is to an authority or a school. The order is the order of the list."""

    HEAD_OF_SERVICE = "head_of_service"
    SERVICE_MANAGER = "service_manager"
    OFFICER = "officer"
    ANALYST = "analyst"
    CONSORTIUM_LEAD = "consortium_lead"
    BOARD_MEMBER = "board_member"
    HEAD_TEACHER = "head_teacher"
    CHAIR_OF_GOVERNORS = "chair_of_governors"
    GOVERNOR = "governor"
    ELECTED_MEMBER = "elected_member"
    DIOCESE = "diocese"
    TRUST = "trust"
    EXTERNAL_PROVIDER = "external_provider"
    AUDITOR = "auditor"

    @property
    def words(self) -> str:
        """The role as people say it: `Head of service`."""
        return self.value.replace("_", " ").capitalize()


class Module(StrEnum):
    """A part of the desk that a role may or may not enter."""

    SCHOOLS = "schools"
    RESULTS = "results"
    DECISIONS = "decisions"
    MODERATION = "moderation"
    PUBLICATION = "publication"
    LETTERS = "letters"
    TRIGGERS = "triggers"
    INTELLIGENCE = "intelligence"
    CONCERNS = "concerns"
    OFFICERS = "officers"
    STRATEGIES = "strategies"
    EXPORTS = "exports"
    MAP = "map"
    API = "api"
    PEOPLE = "people"
    AUDIT = "audit"
    FAIRNESS = "fairness"
    RUNS = "runs"
    AGGREGATES = "aggregates"


class Level(IntEnum):
    """How far into a module: off, sees (that it happened), acts."""

    OFF = 0
    SEES = 1
    ACTS = 2

    @property
    def words(self) -> str:
        """The level in a table: `off`, `sees`, `acts`."""
        return self.name.lower()


class Scope(StrEnum):
    """Whose schools an assignment reaches."""

    AUTHORITY = "authority"
    CASELOAD = "caseload"
    SCHOOL = "school"
    CONSORTIUM = "consortium"
    TRUST = "trust"
    DIOCESE = "diocese"
    AGGREGATES = "aggregates"  # no school at all: totals only

    @property
    def words(self) -> str:
        """The scope as people say it."""
        return {
            Scope.AUTHORITY: "every school of the authority",
            Scope.CASELOAD: "the schools of their caseload",
            Scope.SCHOOL: "one school",
            Scope.CONSORTIUM: "the schools of a consortium",
            Scope.TRUST: "the schools of a trust",
            Scope.DIOCESE: "the schools of a diocese",
            Scope.AGGREGATES: "totals only, no school",
        }[self]


SCOPES: Mapping[Role, tuple[Scope, ...]] = {
    Role.HEAD_OF_SERVICE: (Scope.AUTHORITY,),
    Role.SERVICE_MANAGER: (Scope.AUTHORITY,),
    Role.OFFICER: (Scope.AUTHORITY, Scope.CASELOAD),
    Role.ANALYST: (Scope.AUTHORITY,),
    Role.CONSORTIUM_LEAD: (Scope.CONSORTIUM,),
    Role.BOARD_MEMBER: (Scope.AUTHORITY, Scope.CONSORTIUM),
    Role.HEAD_TEACHER: (Scope.SCHOOL,),
    Role.CHAIR_OF_GOVERNORS: (Scope.SCHOOL,),
    Role.GOVERNOR: (Scope.SCHOOL,),
    Role.ELECTED_MEMBER: (Scope.AGGREGATES,),
    Role.DIOCESE: (Scope.DIOCESE,),
    Role.TRUST: (Scope.TRUST,),
    Role.EXTERNAL_PROVIDER: (Scope.SCHOOL,),
    Role.AUDITOR: (Scope.AUTHORITY,),
}
"""The scopes that a role may be given; the first is what an invitation proposes."""


def _row(*, acts: str = "", sees: str = "") -> Mapping[Module, Level]:
    row = dict.fromkeys(Module, Level.OFF)
    row |= {Module(name): Level.SEES for name in sees.split()}
    row |= {Module(name): Level.ACTS for name in acts.split()}
    return row


LEVELS: Mapping[Role, Mapping[Module, Level]] = {
    Role.HEAD_OF_SERVICE: _row(
        acts="schools results decisions moderation publication letters triggers intelligence concerns officers "
        "strategies exports map api people audit fairness runs aggregates"
    ),
    Role.SERVICE_MANAGER: _row(
        acts="schools results decisions moderation publication letters triggers intelligence concerns officers "
        "strategies exports map api runs aggregates",
        sees="people audit fairness",
    ),
    Role.OFFICER: _row(
        acts="schools results decisions moderation letters triggers intelligence concerns exports map api",
        sees="publication officers strategies runs aggregates",
    ),
    Role.ANALYST: _row(
        acts="results exports map api runs fairness strategies",
        sees="schools decisions moderation publication triggers concerns officers aggregates",
    ),
    Role.CONSORTIUM_LEAD: _row(sees="schools results decisions publication map strategies aggregates", acts="exports"),
    Role.BOARD_MEMBER: _row(sees="schools results decisions publication map strategies aggregates triggers"),
    Role.HEAD_TEACHER: _row(
        sees="schools results decisions publication officers intelligence concerns", acts="letters strategies"
    ),
    Role.CHAIR_OF_GOVERNORS: _row(
        sees="schools results decisions publication officers intelligence concerns", acts="letters strategies"
    ),
    Role.GOVERNOR: _row(sees="schools results decisions publication strategies"),
    Role.ELECTED_MEMBER: _row(sees="aggregates strategies"),
    Role.DIOCESE: _row(sees="schools results decisions publication map strategies"),
    Role.TRUST: _row(sees="schools results decisions publication map strategies letters"),
    Role.EXTERNAL_PROVIDER: _row(sees="schools results strategies"),
    Role.AUDITOR: _row(
        sees="schools results decisions moderation publication letters triggers concerns officers strategies runs "
        "fairness people audit aggregates"
    ),
}
"""The one table. A module that a row does not name is off."""

OFFICERS_OF_THE_SERVICE = frozenset({Role.HEAD_OF_SERVICE, Role.SERVICE_MANAGER, Role.OFFICER, Role.ANALYST})
"""Those who see unpublished categories and figures that could name a child."""
