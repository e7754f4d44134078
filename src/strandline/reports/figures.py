"""
Figures: numbers that know what they count, where they come from, when they held and how to ask for them again.

A `Number` is what a run measured. A `Figure` is a number as the paper prints it. Every figure of a document can be
listed and re-queried; a figure of fewer than six pupils is never printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from strandline.insight.disclosure import SMALLEST_GROUP_SHOWN, group_may_be_shown
from strandline.kernel.rounding import round_half_up
from strandline.kernel.units import Unit

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NOTHING = "\N{EN DASH}"
Scalar = int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question that gives one number: a scalar SELECT over the tables of a run, and its parameters in order."""

    sql: str
    parameters: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """
    One measured number.

    Missing: `value` None, and `missing` ends the sentence "… is not known: ".
    """

    value: int | float | None
    query: Query
    release_id: str
    date: date
    unit: Unit = Unit.SCHOOLS
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A proportion that was counted: `part` of `whole`."""

    part: Number
    whole: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A percentage that a publisher printed; its base is known only if the publisher printed that too."""

    percent: Number
    whole: Number | None = None


Proportion = Share | Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    A number as printed, bound to its origin.

    Units:   `value` is not rounded; `display` is. `denominator` is the base of a percentage.
    Missing: `value` None, `display` a dash or words, `missing` the reason.
    """

    value: int | float | None
    display: str
    unit: Unit
    source: tuple[str, ...]
    release_id: str
    date: date
    query: Query
    denominator: int | float | None = None
    missing: str = ""


def count(number: Number) -> Figure:
    """Give a count as printed: thousands separated, small groups of pupils suppressed."""
    if number.value is None:
        return _absent(number, reason=number.missing)
    if _too_small(number):
        return _suppressed(number)
    return _figure(number, value=number.value, display=plain(number.value), unit=number.unit)


def share(proportion: Proportion, *, places: int = 0) -> Figure:
    """
    Give a proportion as a percentage, rounded half up for display.

    Missing: no base, or a base of zero, gives a dash and says so; it is never 0 %.
    """
    if isinstance(proportion, Published):
        return _published(proportion, places=places)
    part, whole = proportion.part, proportion.whole
    query = percentage_of(part.query, of=whole.query)
    if part.value is None or whole.value is None:
        return _absent(part if part.value is None else whole, reason=part.missing or whole.missing, query=query)
    if whole.value == 0:
        return _absent(whole, reason="nothing was in the base", query=query)
    if _too_small(part) or _too_small(whole) or _rest_too_small(part, whole):
        return _suppressed(part, query=query)
    value = 100 * part.value / whole.value
    return Figure(
        value=value,
        display=percent(value, places=places),
        unit=Unit.PERCENT,
        source=_sources(part, whole),
        release_id=part.release_id,
        date=part.date,
        query=query,
        denominator=whole.value,
    )


def difference(first: Figure, second: Figure, *, places: int = 1) -> Figure:
    """Give `first` minus `second` in percentage points, from the unrounded values (formula F12)."""
    query = Query(
        sql=f"SELECT ({first.query.sql}) - ({second.query.sql})",
        parameters=first.query.parameters + second.query.parameters,
    )
    if first.value is None or second.value is None:
        value, display = None, NOTHING
    else:
        value = first.value - second.value
        display = signed(value, places=places) + NO_BREAK + "pp"
    return Figure(
        value=value,
        display=display,
        unit=Unit.PERCENTAGE_POINTS,
        source=tuple(dict.fromkeys(first.source + second.source)),
        release_id=first.release_id,
        date=first.date,
        query=query,
        missing=first.missing or second.missing,
    )


def percentage_of(part: Query, *, of: Query) -> Query:
    """Compose the question that gives 100 × part ÷ of."""
    return Query(
        sql=f"SELECT 100.0 * ({part.sql}) / NULLIF(({of.sql}), 0)",
        parameters=part.parameters + of.parameters,
    )


def plain(value: int | float, *, places: int | None = None) -> str:
    """Print a number with thousands separated; a whole number without decimals, others with at most two."""
    if places is not None:
        return _with_minus(f"{round_half_up(value, places=places):,}")
    if float(value).is_integer():
        return _with_minus(f"{int(value):,}")
    return _with_minus(f"{round_half_up(value, places=2).normalize():,f}")


def percent(value: int | float, *, places: int = 0) -> str:
    """Print a percentage: `76 %`."""
    return plain(value, places=places) + NO_BREAK + "%"


def signed(value: int | float, *, places: int) -> str:
    """Print a difference with its sign: `+3.1`, `−6.6`, `0.0`."""
    rounded: Decimal = round_half_up(value, places=places)
    if rounded == 0:
        return f"{abs(rounded)}"
    return f"+{rounded}" if rounded > 0 else _with_minus(f"{rounded}")


def _published(proportion: Published, *, places: int) -> Figure:
    number = proportion.percent
    if number.value is None:
        return _absent(number, reason=number.missing)
    whole = proportion.whole
    if whole is not None and _too_small(whole):
        return _suppressed(number)
    base = whole.value if whole is not None else None
    return _figure(
        number,
        value=number.value,
        display=percent(number.value, places=places),
        unit=Unit.PERCENT,
        denominator=base,
    )


def _too_small(number: Number) -> bool:
    if number.unit is not Unit.PUPILS or number.value is None:
        return False
    return not group_may_be_shown(int(number.value))


def _rest_too_small(part: Number, whole: Number) -> bool:
    """38 of 40 pupils tells of the two as surely as 2 of 40 does."""
    if part.unit is not Unit.PUPILS or part.value is None or whole.value is None:
        return False
    return 0 < whole.value - part.value < SMALLEST_GROUP_SHOWN


def _suppressed(number: Number, *, query: Query | None = None) -> Figure:
    reason = f"a group of fewer than {SMALLEST_GROUP_SHOWN} pupils is not shown"
    return Figure(
        value=None,
        display="suppressed",
        unit=number.unit,
        source=(number.release_id,),
        release_id=number.release_id,
        date=number.date,
        query=query or number.query,
        missing=reason,
    )


def _absent(number: Number, *, reason: str, query: Query | None = None) -> Figure:
    return Figure(
        value=None,
        display=NOTHING,
        unit=number.unit,
        source=(number.release_id,),
        release_id=number.release_id,
        date=number.date,
        query=query or number.query,
        missing=reason or "not known",
    )


def _figure(
    number: Number, *, value: int | float, display: str, unit: Unit, denominator: int | float | None = None
) -> Figure:
    return Figure(
        value=value,
        display=display,
        unit=unit,
        source=(number.release_id,),
        release_id=number.release_id,
        date=number.date,
        query=number.query,
        denominator=denominator,
    )


def _sources(*numbers: Number) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number.release_id for number in numbers))


def _with_minus(text: str) -> str:
    return text.replace("-", MINUS)
