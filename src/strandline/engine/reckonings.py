"""A comparison of what is reckoned from several figures, as a clause: each figure, what they give, and the limit."""

from __future__ import annotations

from collections.abc import Callable

from strandline.catalogue import FEATURES
from strandline.engine.demands import CONTRARY, MIRROR, THAN, side_of, unit_of
from strandline.engine.figures import figure, known_figure, listed, measure, results_year
from strandline.engine.trace import Operand, Trace
from strandline.kernel.units import Unit
from strandline.strategy.names import SUFFIXES
from strandline.strategy.nodes import Arithmetic, Comparator, Comparison, Name, Operator, names

MORE = (Comparator.GREATER, Comparator.GREATER_OR_EQUAL)


def reckoning(
    trace: Trace, given: list[Operand], *, figured: Callable[[Operand], str], clocks: dict[str, int | None]
) -> str:
    """
    `results fell by 20 percentage points, from 100 % in 2007/08 to 80 % in 2008/09, at or above 15 percentage points`.

    Missing: where a figure is not there, the clause says which and draws no conclusion.
    """
    figures = listed([figured(operand) for operand in given])
    node = trace.node
    if trace.truth is None or not isinstance(node, Comparison) or any(side is None for side in trace.sides):
        return figures
    at = side_of(node, given)
    reckoned, limit = (node.left, node.right)[at], trace.sides[1 - at]
    comparator = node.comparator if at == 0 else MIRROR.get(node.comparator, node.comparator)
    than = THAN[comparator if trace.truth else CONTRARY[comparator]]
    unit = unit_of(reckoned, given)
    if set(names((node.left, node.right)[1 - at])) & {operand.name for operand in given}:
        return f"{figures}: the first is {than} the second" if len(given) == 2 else figures
    made, bound = trace.sides[at], spelt(limit, unit)
    change = _change(reckoned, given, clocks)
    if change is not None and isinstance(made, float) and isinstance(limit, float):
        turned = made < 0 < limit and not trace.truth and comparator in MORE
        against = f"{THAN[CONTRARY[comparator]]} {bound}" if turned and -made < limit else f"{than} {bound}"
        if turned and -made >= limit:
            against = f"where the contrary by {bound} is asked"
        return f"{change}, {against}"
    return f"{figures}, {_result(reckoned)} {spelt(made, unit)}, {than} {bound}"


def spelt(value: object, unit: Unit) -> str:
    """A figure with its unit written out, as a sentence wants it."""
    if unit is Unit.PERCENTAGE_POINTS and isinstance(value, float):
        return f"{figure(value)} percentage point{'s' * (abs(value) != 1)}"
    return figure(value, unit=unit)  # type: ignore[arg-type]


def _result(node: object) -> str:
    match node:
        case Arithmetic(Operator.MINUS, _, _):
            return "a difference of"
        case Arithmetic(Operator.PLUS, _, _):
            return "together"
        case _:
            return "which gives"


def _change(node: object, given: list[Operand], clocks: dict[str, int | None]) -> str | None:
    """`results fell by …, from … to …` where one measure is taken from the same in another year."""
    match node:
        case Arithmetic(Operator.MINUS, Name(first), Name(second)):
            pass
        case _:
            return None
    by_name = {operand.name: operand for operand in given}
    features = [FEATURES.get(name) for name in (first, second)]
    if None in features or stem(first) != stem(second) or not {first, second} <= by_name.keys():
        return None
    older, newer = sorted((first, second), key=lambda name: -FEATURES[name].years_back)
    before, after = by_name[older].value, by_name[newer].value
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return None
    known = by_name[newer].known
    by = spelt(float(f"{abs(after - before):.10g}"), unit_of(node, given))
    moved = f"rose by {by}" if after > before else f"fell by {by}" if after < before else "did not change"
    ends = f"from {known_figure(known, before)}{results_year(older, clocks)} to {known_figure(known, after)}"
    return f"{measure(stem(newer))} {moved}, {ends}{results_year(newer, clocks)}"


def stem(name: str) -> str:
    """The name of the measure whatever the year: `ks2_l4_em` of `ks2_l4_em_previous`."""
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if suffix and name.endswith(suffix):
            return name.removesuffix(suffix)
    return name
