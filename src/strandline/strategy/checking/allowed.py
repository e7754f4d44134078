"""The values that a conjunction leaves to one name."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers (or days by their ordinal) from `low` to `high`, some of them excluded."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    excluded: frozenset[float] = frozenset()

    def meet(self, other: Allowed) -> Span:
        """What both allow."""
        if not isinstance(other, Span):
            return Span(low=1, high=0)
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Span(low, high, low_open, not high_closed, self.excluded | other.excluded)

    @property
    def empty(self) -> bool:
        """True where no number is left."""
        if self.low == self.high:
            return self.low_open or self.high_open or self.low in self.excluded
        return self.low > self.high

    def inside(self, other: Allowed) -> bool:
        """True where `other` allows all of this."""
        return isinstance(other, Span) and self.meet(other).ends == self.ends and all(map(self._lacks, other.excluded))

    def _lacks(self, number: float) -> bool:
        return number in self.excluded or Span(low=number, high=number).meet(Span(*self.ends)).empty

    @property
    def ends(self) -> tuple[float, float, bool, bool]:
        """The bounds without what is excluded."""
        return self.low, self.high, self.low_open, self.high_open


@dataclass(frozen=True, slots=True)
class Words:
    """Texts: one of `only` (any, where that is None) and none of `never`."""

    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()

    def meet(self, other: Allowed) -> Words:
        """What both allow."""
        if not isinstance(other, Words):
            return Words(only=frozenset())
        sets = [each for each in (self.only, other.only) if each is not None]
        only = frozenset.intersection(*sets) if sets else None
        return Words(only, self.never | other.never)

    @property
    def empty(self) -> bool:
        """True where no text is left."""
        return self.only is not None and self.only <= self.never

    def inside(self, other: Allowed) -> bool:
        """True where `other` allows all of this."""
        if not isinstance(other, Words):
            return False
        if self.only is None:
            return other.only is None and other.never <= self.never
        mine = self.only - self.never
        return not (mine & other.never) and (other.only is None or mine <= other.only)


Allowed: TypeAlias = Span | Words
