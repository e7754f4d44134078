"""Category marks: the code in the mark, the words beside it; hatched grey and a reason where nothing is known."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

STEPS = 8
UNKNOWN_WORDS = {
    "undecided": "Undecided",
    "needs_judgement": "Needs a judgement",
    "out_of_scope": "Outside the strategy",
    "unknown": "Not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryMark:
    """
    A school's category as a mark: `code` as the strategy prints it, `step` 1 to 8 of the colour scale.

    Missing: without a code, `state` (undecided, needs_judgement, out_of_scope, unknown) and `reason` say why.
    """

    code: str = ""
    words: str = ""
    step: int | None = None
    state: str = "decided"
    reason: str = ""

    @property
    def printed(self) -> str:
        """The code as people read it: "3A" as it is, "good_to_great" as "Good to great"."""
        if not any(letter.islower() for letter in self.code):
            return self.code
        spaced = self.code.replace("_", " ")
        return spaced[:1].upper() + spaced[1:]

    @property
    def colour_class(self) -> str:
        """The class that colours the mark."""
        if not self.code:
            return "desk-mark--unknown"
        return "desk-mark--plain" if self.step is None else f"desk-mark--step-{max(1, min(self.step, STEPS))}"

    def mark_html(self) -> SafeString:
        """Give the mark alone, for a table where the words stand in the next column."""
        if not self.code:
            spoken = UNKNOWN_WORDS.get(self.state, self.state)
            return format_html(
                '<span class="desk-mark {}" title="{}"><span aria-hidden="true">?</span>'
                '<span class="govuk-visually-hidden">{}</span></span>',
                self.colour_class,
                self.reason or spoken,
                spoken,
            )
        return format_html('<strong class="desk-mark {}">{}</strong>', self.colour_class, self.printed)

    def html(self) -> SafeString:
        """Give the mark with its words beside it."""
        if not self.code:
            words = UNKNOWN_WORDS.get(self.state, self.state)
            said = f"{words}: {self.reason}" if self.reason else words
            return format_html(
                '<span class="desk-category"><span class="desk-mark {}" aria-hidden="true">?</span> '
                '<span class="desk-category__words">{}</span></span>',
                self.colour_class,
                said,
            )
        if self.words.casefold() in ("", self.printed.casefold(), self.code.casefold()):
            return format_html('<span class="desk-category">{}</span>', self.mark_html())
        return format_html(
            '<span class="desk-category">{} <span class="desk-category__words">{}</span></span>',
            self.mark_html(),
            self.words,
        )
