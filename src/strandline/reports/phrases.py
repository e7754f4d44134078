"""Small turns of phrase that several sections share: a count with its noun, a percentage with its base."""

from __future__ import annotations

from strandline.reports.document import Text
from strandline.reports.figures import NO_BREAK, Number, Proportion, Published, count, share


def schools(number: Number) -> Text:
    """`1 school`, `80 schools`, `– schools` where the number is not known."""
    return (count(number), NO_BREAK + ("school" if number.value == 1 else "schools"))


def schools_are(number: Number) -> Text:
    """`1 school is`, `6 schools are`."""
    return (*schools(number), " is" if number.value == 1 else " are")


def schools_wait(number: Number) -> Text:
    """`1 school waits`, `6 schools wait`."""
    return (*schools(number), " waits" if number.value == 1 else " wait")


def with_base(proportion: Proportion, *, places: int = 0) -> Text:
    """
    `76 % (141 of 186)`: a percentage with its base.

    Missing: a dash and the reason in brackets.
    """
    figure = share(proportion, places=places)
    if figure.value is None:
        return (figure, f" ({figure.missing})")
    if isinstance(proportion, Published):
        if proportion.whole is None:
            return (figure, " (base not published)")
        return (figure, " (of ", count(proportion.whole), ")")
    return (figure, f"{NO_BREAK}(", count(proportion.part), " of ", count(proportion.whole), ")")


def listed(items: tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
