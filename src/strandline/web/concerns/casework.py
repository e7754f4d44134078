"""Headings, ways in, business areas, notices and the steps before each: `casework.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from strandline.kernel.citations import Verification

FILE = Path(__file__).parent / "casework.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the narrative, and what belongs under it; `wanted`: a narrative is not kept without it."""

    key: str
    title: str
    hint: str
    wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """A notice by the section of its power; `next`: what may follow where it is not complied with."""

    key: str
    title: str
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What has to be done, on a day and with evidence, before a notice under one of its powers."""

    key: str
    title: str
    hint: str
    powers: frozenset[str]
    cite: str
    status: Verification

    @property
    def cited(self) -> str:
        """Where it comes from, with a warning where that was not read."""
        return f"{self.cite} ({self.status.words})" if self.status.flagged else self.cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Casework:
    """Everything of the file."""

    headings: tuple[Heading, ...]
    referrals: Mapping[str, str]
    areas: Mapping[str, str]
    notices: Mapping[str, NoticeKind]
    steps: Mapping[str, Step]

    def before(self, power: str) -> tuple[Step, ...]:
        """The steps before a notice under a power."""
        return tuple(step for step in self.steps.values() if power in step.powers)


@cache
def casework() -> Casework:
    """The file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    steps = (
        Step(
            key=each["key"],
            title=each["title"],
            hint=each["hint"],
            powers=frozenset(each["powers"]),
            cite=each["cite"],
            status=Verification(each["status"]),
        )
        for each in told["step"]
    )
    return Casework(
        headings=tuple(Heading(**each) for each in told["heading"]),
        referrals={each["key"]: each["title"] for each in told["referral"]},
        areas={each["key"]: each["title"] for each in told["area"]},
        notices={
            each["key"]: NoticeKind(key=each["key"], title=each["title"], next=tuple(each["next"]))
            for each in told["notice"]
        },
        steps={step.key: step for step in steps},
    )


def notice_title(power: str) -> str:
    """A notice in words: `Performance, standards and safety warning notice (section 60)`."""
    known = casework().notices.get(power)
    return f"{known.title} (section {power[1:]})" if known else power
