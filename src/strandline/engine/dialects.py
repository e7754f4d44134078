"""How the two databases write the few things in which they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from strandline.catalogue import Kind
from strandline.kernel.errors import UserError
from strandline.strategy.model import Scalar


class UnknownDialect(UserError):
    """A dialect that rules are not compiled to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Quotes, types and the test for a finite number."""

    name: str
    quote: str
    double_suffix: str
    text_type: str
    finite: str
    has_enumerations: bool
    backslashes: bool

    def identifier(self, name: str) -> str:
        """A quoted column or table name."""
        return f"{self.quote}{name.replace(self.quote, self.quote * 2)}{self.quote}"

    def table(self, name: str) -> str:
        """A quoted table name, with its schema if it has one."""
        return ".".join(self.identifier(part) for part in name.split("."))

    def literal(self, value: Scalar | None, kind: Kind) -> str:
        """A constant with its type; numbers are doubles, never decimals."""
        if value is None:
            return f"CAST(NULL AS {self.type(kind)})"
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int | float):
            return f"{float(value)!r}{self.double_suffix if 'e' not in repr(float(value)) else ''}"
        return f"DATE '{value.isoformat()}'" if isinstance(value, date) else self.text(value)

    def text(self, value: str) -> str:
        """A quoted text. Spark reads two quotes as the joint of two texts and needs a backslash."""
        if self.backslashes:
            value = value.replace("\\", "\\\\")
        return "'" + value.replace("'", "\\'" if self.backslashes else "''") + "'"

    def type(self, kind: Kind) -> str:
        """The type in which a kind is compared."""
        return {
            Kind.NUMBER: "DOUBLE",
            Kind.INTEGER: "DOUBLE",
            Kind.BOOLEAN: "BOOLEAN",
            Kind.DATE: "DATE",
        }.get(kind, self.text_type)

    def when_finite(self, expression: str) -> str:
        """The number, or nothing where it is not finite."""
        return f"CASE WHEN {self.finite.format(expression)} THEN {expression} END"


DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        "duckdb": Dialect(
            name="duckdb",
            quote='"',
            double_suffix="e0",
            text_type="VARCHAR",
            finite="isfinite({0})",
            has_enumerations=True,
            backslashes=False,
        ),
        "spark": Dialect(
            name="spark",
            quote="`",
            double_suffix="E0",
            text_type="STRING",
            finite="({0}) - ({0}) = 0",
            has_enumerations=False,
            backslashes=True,
        ),
    }
)


def dialect(name: str) -> Dialect:
    """The dialect called `name`. Raises: UnknownDialect."""
    try:
        return DIALECTS[name]
    except KeyError:
        raise UnknownDialect(f"rules are not compiled to {name}", what_to_do=f"Take {' or '.join(DIALECTS)}") from None
