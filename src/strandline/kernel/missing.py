"""Why a figure is not there. A missing figure is never zero and never false."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MissingReason(StrEnum):
    """Every way to be missing that a screen, a paper or a rule may have to name."""

    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    NOT_AVAILABLE = "not_available"
    NOT_PUBLISHED = "not_published"
    NOT_YET_PUBLISHED = "not_yet_published"
    NOT_COLLECTED = "not_collected"
    NO_ENTRIES = "no_entries"
    LOW_COVERAGE = "low_coverage"
    NEW_SCHOOL = "new_school"
    UNRELIABLE = "unreliable"
    ROUNDS_TO_ZERO = "rounds_to_zero"
    BLANK = "blank"
    UNKNOWN_TOKEN = "unknown_token"
    NO_RELEASE = "no_release"
    NO_RECORD = "no_record"
    NEVER_INSPECTED = "never_inspected"
    NO_PREVIOUS = "no_previous"
    NOT_MATCHED = "not_matched"
    NOT_JUDGED = "not_judged"
    NOT_SUPPLIED = "not_supplied"

    @property
    def words(self) -> str:
        """The reason as the end of a sentence: "… is missing: suppressed, a small group"."""
        return WORDS[self]


WORDS: dict[MissingReason, str] = {
    MissingReason.SUPPRESSED: "suppressed by the publisher because the group is small",
    MissingReason.NOT_APPLICABLE: "not applicable to this school",
    MissingReason.NOT_AVAILABLE: "marked not available by the publisher",
    MissingReason.NOT_PUBLISHED: "not published",
    MissingReason.NOT_YET_PUBLISHED: "not yet published on the as-at date",
    MissingReason.NOT_COLLECTED: "not collected",
    MissingReason.NO_ENTRIES: "the school entered no pupils",
    MissingReason.LOW_COVERAGE: "too few pupils had a starting point to measure progress from",
    MissingReason.NEW_SCHOOL: "the school is new",
    MissingReason.UNRELIABLE: "marked as unreliable by the publisher",
    MissingReason.ROUNDS_TO_ZERO: "rounds to zero but is not zero",
    MissingReason.BLANK: "left blank by the publisher",
    MissingReason.UNKNOWN_TOKEN: "printed with a mark whose meaning is not known",
    MissingReason.NO_RELEASE: "no file that holds it has been added",
    MissingReason.NO_RECORD: "the school is not in the file",
    MissingReason.NEVER_INSPECTED: "no inspection is on record",
    MissingReason.NO_PREVIOUS: "there is no earlier one to compare with",
    MissingReason.NOT_MATCHED: "could not be matched to the school",
    MissingReason.NOT_JUDGED: "the inspection made no such judgement",
    MissingReason.NOT_SUPPLIED: "no officer has supplied it yet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A figure that is not there: the reason, and the publisher's raw mark where there was one."""

    reason: MissingReason
    token: str | None = None

    def __str__(self) -> str:
        return f'{self.reason.words} ("{self.token}")' if self.token else self.reason.words
