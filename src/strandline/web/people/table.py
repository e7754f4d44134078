"""
The table of permissions: every address, what it asks for, and how far each role gets, made from the code itself.

The documentation prints it (`config.documentation.permissions_page`), and the tests walk it: what is not in this table
cannot be reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from strandline.web.people.permits import Permit, names_object, permit_of
from strandline.web.people.roles import LEVELS, SCOPES, Level, Module, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of the desk: its pattern, its name, the view behind it and what that asks for."""

    pattern: str
    name: str
    view: Any
    permit: Permit | None
    arguments: tuple[str, ...]

    def admits(self, role: Role) -> bool:
        """Whether a person with the role may enter, whatever object is named."""
        return self.permit is not None and all(LEVELS[role][module] >= level for module, level in self.permit.wanted)

    @property
    def names_object(self) -> bool:
        """Whether the address names an object: who may not enter is then not told whether it is there."""
        return names_object(self.arguments)


def addresses() -> tuple[Address, ...]:
    """Every address, in the order of the URLconf."""
    from django.urls import get_resolver

    return tuple(_walk(get_resolver().url_patterns, prefix="", space=""))


def _walk(patterns: Any, *, prefix: str, space: str) -> Iterator[Address]:
    for each in patterns:
        pattern = prefix + str(each.pattern)
        if hasattr(each, "url_patterns"):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, prefix=pattern, space=inner)
        else:
            found = tuple(re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>", pattern))
            yield Address(
                pattern="/" + pattern,
                name=f"{space}{each.name or ''}",
                view=each.callback,
                permit=permit_of(each.callback),
                arguments=tuple(first or second for first, second in found),
            )


def page() -> str:
    """The table in Markdown: levels by module, scopes, and every address by role."""
    return "\n".join(["# Permissions", "", _INTRODUCTION, *_levels(), *_scopes(), *_every_address()]) + "\n"


_INTRODUCTION = (
    "Made from the code each time this site is built; a test opens every address below with every role and every "
    "method, on objects within and beyond its reach. Nothing is open unless this page says so: without an assignment "
    "in force today a person reaches nothing. Levels: *sees* (what is there, or that it happened) and *acts*. Beneath "
    "it, PostgreSQL gives each request the rows of one authority only."
)


_ANSWERS = (
    "A role that is not admitted is answered 403 on a page, 404 where the address names an object. An object beyond a "
    "role's reach is answered 404, as one that does not exist."
)


def _levels() -> list[str]:
    marks = {Level.OFF: "", Level.SEES: "sees", Level.ACTS: "**acts**"}
    lines = [
        "## Modules by role",
        "",
        f"| | {' | '.join(role.words for role in Role)} |",
        "|---" * (len(Role) + 1) + "|",
    ]
    for module in Module:
        cells = (marks[LEVELS[role][module]] for role in Role)
        lines.append(f"| {module.value.capitalize()} | {' | '.join(cells)} |")
    return [*lines, ""]


def _scopes() -> list[str]:
    lines = ["## Whose schools a role reaches", "", "| role | reaches |", "|---|---|"]
    lines += [f"| {role.words} | {' or '.join(scope.words for scope in SCOPES[role])} |" for role in Role]
    return [*lines, ""]


def _every_address() -> list[str]:
    lines = [
        "## Every address",
        "",
        _ANSWERS,
        "",
        "| address | asks for | admits |",
        "|---|---|---|",
    ]
    for each in sorted(addresses(), key=lambda one: one.pattern):
        lines.append(f"| `{each.pattern.replace('|', '&#124;')}` | {_asks(each.permit)} | {_admitted(each)} |")
    return lines


def _asks(asked: Permit | None) -> str:
    if asked is None:
        return "closed"
    if asked.wanted:
        levels = " and ".join(f"{module.value}: {level.words}" for module, level in asked.wanted)
        return f"a token; {levels}" if asked.by_token else levels
    nothing = "a token" if asked.by_token else "nothing" if asked.anonymous else "having signed in"
    return f"{nothing} ({asked.reason.rstrip('.').lower()})"


def _admitted(each: Address) -> str:
    if each.permit is not None and each.permit.module is None:
        if each.permit.by_token:
            return "every token"
        return "everyone" if each.permit.anonymous else "everyone who has signed in"
    admitted = [role for role in Role if each.admits(role)]
    return ", ".join(role.words.lower() for role in admitted) or "nobody"
