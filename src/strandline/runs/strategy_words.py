"""The parts of a strategy in words: what its publication is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from strandline.runs.clauses import Clause
from strandline.runs.pack_view import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """Where something is from; `flag` says how far to trust it, and is empty where it was read in the source."""

    text: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryText:
    """A category with its rule in words, in the order of decision."""

    code: str
    label: str
    title: str
    words: str
    step: int
    when: Clause
    cite: Cite


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionText:
    """What held for a while: a rule or a number, or why there was none."""

    period: str
    when: Clause | None = None
    shown: str = ""
    cite: Cite = Cite()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """A named rule, number, judgement or choice that the categories use."""

    name: str
    title: str
    meaning: str = ""
    applies: Clause | None = None
    versions: tuple[VersionText, ...] = ()
    cite: Cite = Cite()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """One thing that is available."""

    title: str
    group: str
    hint: str = ""
    cite: Cite = Cite()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An item of a cited list, a paragraph or a step."""

    title: str
    text: str = ""
    cite: Cite = Cite()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A headed list."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyText:
    """
    A pack in words, whole: what its publication prints, kept as it was on that day.

    `offers` has exactly the columns all, maintained and academy (CAM-12).
    """

    pack: str
    title: str
    publisher: str
    sha256: str
    summary: str
    since: str
    until: str
    category_word: str
    officer_word: str
    scope: Clause | None
    scope_cite: Cite
    outside: Line | None
    categories: tuple[CategoryText, ...]
    rules: tuple[NamedText, ...]
    numbers: tuple[NamedText, ...]
    judgements: tuple[NamedText, ...]
    choices: tuple[NamedText, ...]
    tables: tuple[Section, ...]
    offers: Mapping[str, tuple[OfferLine, ...]]
    role: tuple[Line, ...]
    paths: tuple[Lines, ...]
    plans: tuple[Line, ...]
    sister_strategies: tuple[Line, ...]
    consulted: tuple[Line, ...]
    lists: tuple[Lines, ...]
    flagged: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)
