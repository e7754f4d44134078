"""Whether a role, a scope and what it names belong together, and how a reach is said."""

from __future__ import annotations

from dataclasses import dataclass

from strandline.web.people.models import CLUSTERS, Reach
from strandline.web.people.roles import SCOPES, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A reach as somebody asks for it."""

    role: Role
    scope: Scope | None = None
    school_urn: int | None = None
    cluster: str = ""

    @property
    def settled_scope(self) -> Scope:
        """The scope asked for, or the role's usual one."""
        return self.scope or SCOPES[self.role][0]


def problems(wanted: Wanted) -> dict[str, str]:
    """What is wrong, by field; nothing where all belongs together."""
    found: dict[str, str] = {}
    scope = wanted.settled_scope
    if scope not in SCOPES[wanted.role]:
        allowed = " or ".join(each.words for each in SCOPES[wanted.role])
        found["scope"] = f"{wanted.role.words} reaches {allowed}"
    if scope is Scope.SCHOOL and not wanted.school_urn:
        found["school_urn"] = "Enter the URN of the school"
    if scope in CLUSTERS and not wanted.cluster:
        found["cluster"] = f"Enter which {scope.value}"
    return found


def fields(wanted: Wanted) -> dict[str, object]:
    """The columns of the row: only what the scope names is kept."""
    scope = wanted.settled_scope
    return {
        "role": wanted.role.value,
        "scope": scope.value,
        "school_urn": wanted.school_urn if scope is Scope.SCHOOL else None,
        "cluster": wanted.cluster if scope in CLUSTERS else "",
    }


def words(row: Reach) -> str:
    """How far a row reaches: `the school with URN 100001`, `the trust with number 5001`."""
    scope = Scope(row.scope)
    if scope is Scope.SCHOOL:
        return f"the school with URN {row.school_urn}"
    if scope in CLUSTERS and row.cluster.isdigit():
        return f"the {scope.value} with number {row.cluster}"
    if scope in CLUSTERS:
        named = row.cluster.lower().startswith(scope.value)
        return f"the {row.cluster}" if named else f"the {scope.value} {row.cluster}"
    return scope.words
