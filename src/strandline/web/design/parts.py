"""
What the small components print: frozen values, ready to show.

Presenters make these; templates hand them to the tags of `{% load design %}`. A text is plain and is escaped, unless it
is a `SafeString`, for instance what another component gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TagKind = Literal["neutral", "done", "due", "late", "new", "draft", "unknown"]
NoticeKind = Literal["info", "success", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A state in words with a colour that repeats them: "overdue" is `late`, "met" is `done`."""

    text: str
    kind: TagKind = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A link beside something: `text` is short ("Change"), `about` completes it for those who only hear it."""

    text: str
    href: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One row of a summary list. An empty value says why in `missing`."""

    label: str
    value: str = ""
    missing: str = ""
    hint: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row of a task list; without `href` it cannot be started and `hint` says why."""

    title: str
    href: str = ""
    hint: str = ""
    status: str = ""
    kind: TagKind = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPhase:
    """A headed group of tasks."""

    heading: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: when (as printed and as ISO), what, by whom, and what it led to."""

    on: str
    title: str
    iso: str = ""
    by: str = ""
    text: str = ""
    href: str = ""
    tag: Tag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A page of the same thing, behind a link."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyState:
    """What to say where there is nothing yet, and what to do next."""

    title: str
    text: str = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of the breadcrumbs; the last has no address."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that somebody else changed: before, after."""

    field: str
    theirs: str
    yours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A record that somebody else changed meanwhile: who, when, what, and where the present record is."""

    who: str
    when: str
    changes: tuple[Change, ...] = ()
    href: str = ""
