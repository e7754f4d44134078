"""
How the inspectorate's columns are read, whatever the layout: grades, dates, categories, flags.

A stored name is `<block>__<field>`; a block is one inspection of the school (`latest`, `previous`, `ungraded`,
`card`), and `events` turns each block into a row.
"""

from __future__ import annotations

from strandline.kernel.missing import MissingReason
from strandline.sources.contract import CODE, DATE, FLAG, INTEGER, Column
from strandline.sources.tokens import OFSTED

DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S")
GRADES = ("1", "2", "3", "4")
OVERALL = (*GRADES, "Not judged", "9", "8", "0")
CONCERNS = ("SM", "SWK", "NTI", "RSI")
CARD_GRADES = ("Exceptional", "Strong standard", "Expected standard", "Needs attention", "Urgent improvement")

# 9 is "not applicable" in every edition. 8 (inspections of 2012 only) and 0 stand in the files without a key to
# them, so their meaning is kept as unknown.
MARKS = OFSTED.also(
    "Ofsted grades",
    **{
        "9": MissingReason.NOT_APPLICABLE,
        "8": MissingReason.UNKNOWN_TOKEN,
        "0": MissingReason.UNKNOWN_TOKEN,
    },
)
NOTHING_STATED = OFSTED.also("Ofsted categories", **{"9": MissingReason.NOT_APPLICABLE, "None": MissingReason.BLANK})


def urn(name: str, stored_as: str, *, filled: bool = False, aliases: tuple[str, ...] = ()) -> Column:
    """A school's number."""
    return Column(name, stored_as, kind=INTEGER, filled=filled, aliases=aliases, lowest=10_000, highest=9_999_999)


def laestab(name: str, stored_as: str, *, required: bool = True) -> Column:
    """Authority and establishment number as seven digits."""
    return Column(name, stored_as, kind=INTEGER, required=required, lowest=1_000_000, highest=9_999_999)


def count(name: str, stored_as: str, *, aliases: tuple[str, ...] = (), required: bool = True) -> Column:
    """A whole number, zero or more."""
    return Column(name, stored_as, kind=INTEGER, aliases=aliases, required=required, lowest=0)


def day(name: str, stored_as: str, *, required: bool = True, aliases: tuple[str, ...] = ()) -> Column:
    """A date as the inspectorate writes it, day first."""
    return Column(name, stored_as, kind=DATE, required=required, aliases=aliases, formats=DAYS)


def grade(name: str, stored_as: str, *, required: bool = True, aliases: tuple[str, ...] = ()) -> Column:
    """A judgement from 1 to 4; any other digit is a mark with a reason, any other text is refused."""
    return Column(
        name, stored_as, kind=CODE, values=GRADES, tokens=MARKS, required=required, aliases=aliases, unit="grade"
    )


def overall(name: str, stored_as: str, *, aliases: tuple[str, ...] = ()) -> Column:
    """Overall effectiveness; "Not judged" is kept as text so that the event can carry it as printed."""
    return Column(name, stored_as, kind=CODE, values=OVERALL, tokens=_ONLY_NULL, aliases=aliases, unit="grade")


def concern(name: str, stored_as: str) -> Column:
    """Category of concern as the inspectorate abbreviates it; blank where there is none."""
    return Column(name, stored_as, kind=CODE, values=CONCERNS, tokens=NOTHING_STATED)


def yes_no(name: str, stored_as: str, *, required: bool = True, aliases: tuple[str, ...] = ()) -> Column:
    """Yes or No; 9 is not applicable."""
    return Column(name, stored_as, kind=FLAG, tokens=MARKS, required=required, aliases=aliases)


def card_grade(name: str, stored_as: str) -> Column:
    """An area of a report card on its five-point scale."""
    return Column(name, stored_as, kind=CODE, values=CARD_GRADES, tokens=OFSTED)


_ONLY_NULL = type(OFSTED)(name="Ofsted overall effectiveness", reasons={"NULL": MissingReason.BLANK})
