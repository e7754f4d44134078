"""
What publishers print where a figure is not there, and why it is not there.

A token is kept as *(no value, reason, the token as printed)*; it is never read as zero. A mark that no token set
knows keeps its text and gets the reason `unknown_token`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from strandline.kernel.missing import Missing, MissingReason


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TokenSet:
    """
    The marks of one publisher. Matching is exact after trimming blanks: `c` and `C` are different marks.

    Missing: an empty cell, or one of blanks only, is `blank` in every set.
    """

    name: str
    reasons: Mapping[str, MissingReason] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reasons", MappingProxyType(dict(self.reasons)))

    def read(self, token: str) -> Missing:
        """Say why the cell that holds `token` has no value; the raw token is kept, blanks and all."""
        mark = token.strip()
        if not mark:
            return Missing(reason=MissingReason.BLANK, token=token)
        return Missing(reason=self.reasons.get(mark, MissingReason.UNKNOWN_TOKEN), token=token)

    def also(self, name: str, /, **reasons: MissingReason) -> TokenSet:
        """A set of its own that knows these marks too; a mark stated again is replaced."""
        return TokenSet(name=name, reasons={**self.reasons, **reasons})


NO_TOKENS = TokenSet(name="no tokens")

# Source: DfE, "Abbreviations used in the csv and excel Download Data files", 2016-17 to 2024-25: SP is a small
# percentage (over 0 and under 0.5 %), RE redacted for want of a reliable estimate, `SUPP*` a delay at an awarding
# organisation. DNS was seen in files but is in no list; it is kept with its text and an unknown meaning.
PERFORMANCE_TABLES = TokenSet(
    name="school performance tables",
    reasons={
        "SUPP": MissingReason.SUPPRESSED,
        "NE": MissingReason.NO_ENTRIES,
        "NP": MissingReason.NOT_PUBLISHED,
        "NA": MissingReason.NOT_APPLICABLE,
        "N/A": MissingReason.NOT_APPLICABLE,
        "LOWCOV": MissingReason.LOW_COVERAGE,
        "NEW": MissingReason.NEW_SCHOOL,
        "SP": MissingReason.ROUNDS_TO_ZERO,
        "RE": MissingReason.UNRELIABLE,
        "SUPP*": MissingReason.NOT_AVAILABLE,
        "DNS": MissingReason.UNKNOWN_TOKEN,
    },
)

# Source: DfE analysts' guide and the Government Analysis Function's symbols for tables: z not applicable, c
# suppressed, x not available, k rounds to zero, low under half of the unit, u unreliable.
STATISTICS_SERVICE = TokenSet(
    name="explore education statistics",
    reasons={
        "z": MissingReason.NOT_APPLICABLE,
        "c": MissingReason.SUPPRESSED,
        "x": MissingReason.NOT_AVAILABLE,
        "k": MissingReason.ROUNDS_TO_ZERO,
        "low": MissingReason.ROUNDS_TO_ZERO,
        "u": MissingReason.UNRELIABLE,
        ":": MissingReason.NOT_AVAILABLE,
        "~": MissingReason.ROUNDS_TO_ZERO,
        "..": MissingReason.NOT_AVAILABLE,
        "..c": MissingReason.SUPPRESSED,
    },
)

OFSTED = TokenSet(
    name="Ofsted management information",
    reasons={
        "NULL": MissingReason.BLANK,
        "Not judged": MissingReason.NOT_JUDGED,
        "N/A": MissingReason.NOT_APPLICABLE,
        "Not applicable": MissingReason.NOT_APPLICABLE,
    },
)

REGISTER = TokenSet(
    name="register of schools",
    reasons={
        "NULL": MissingReason.BLANK,
        "Not applicable": MissingReason.NOT_APPLICABLE,
        "Not recorded": MissingReason.NOT_COLLECTED,
        "Not collected": MissingReason.NOT_COLLECTED,
    },
)

SPREADSHEET = TokenSet(
    name="spreadsheet errors",
    reasons={"#N/A": MissingReason.NOT_AVAILABLE, "#REF!": MissingReason.UNKNOWN_TOKEN},
)
