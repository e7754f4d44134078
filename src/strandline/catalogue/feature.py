"""One thing that may be known about a school."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from strandline.kernel.units import Unit


class Kind(StrEnum):
    """How a feature is stored and compared. A code compares as text and only with its listed values."""

    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CODE = "code"
    TEXT = "text"
    DATE = "date"


class Group(StrEnum):
    """Features that arrive together and share a release."""

    IDENTITY = "identity"
    LOCATION = "location"
    RESPONSIBLE_BODY = "responsible_body"
    ROLL = "roll"
    INSPECTION = "inspection"
    PREVIOUS_INSPECTION = "previous_inspection"
    UNGRADED_INSPECTION = "ungraded_inspection"
    REPORT_CARD = "report_card"
    KS2 = "ks2"
    KS2_PREVIOUS = "ks2_previous"
    KS2_BEFORE_PREVIOUS = "ks2_before_previous"
    KS4 = "ks4"
    KS4_PREVIOUS = "ks4_previous"
    KS4_BEFORE_PREVIOUS = "ks4_before_previous"
    CENSUS = "census"
    ABSENCE = "absence"
    FINANCE = "finance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """
    A named, typed, documented column of the facts.

    `cohort` names the feature that counts the pupils behind a percentage, so that an explanation can say
    "one more pupil of 30". `years_back` is 0 for the latest results year, 1 and 2 for the two before it.
    """

    name: str
    kind: Kind
    group: Group
    meaning: str
    source: str
    unit: Unit = Unit.NONE
    values: tuple[str, ...] = ()
    cohort: str = ""
    years_back: int = 0
