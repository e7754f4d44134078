"""The words of a template, with places for figures; a slip in a template is told as a sentence, not a traceback."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass

from strandline.kernel.errors import UserError
from strandline.reports.document import Inline, Reference, Strong, Text
from strandline.reports.figures import Figure

Filling = str | Figure | Reference | Strong | Text


class TemplateFaulty(UserError):
    """A report template lacks words, names a figure that does not exist, or is not well formed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one section of one template."""

    template: str
    section: str
    entries: Mapping[str, str]

    def has(self, key: str) -> bool:
        """Whether the template says anything here; an empty entry leaves the sentence out."""
        return bool(self._entry(key))

    def text(self, key: str, **fillings: Filling) -> Text:
        """
        Give the words under `key` with figures in their places.

        Raises: TemplateFaulty for an unknown key or an unknown {place}.
        """
        parts: list[Inline] = []
        for literal, place, name_of_format, _ in self._parsed(key):
            if literal:
                parts.append(literal)
            if place is None:
                continue
            if place not in fillings or name_of_format:
                raise self._fault(
                    f"{{{place}}} is not known in the words '{key}'",
                    what_to_do=f"Use {self._places(fillings)}",
                )
            filling = fillings[place]
            parts.extend(filling if isinstance(filling, tuple) else (filling,))
        return tuple(parts)

    def plain(self, key: str, **fillings: str) -> str:
        """Give words that hold no figures, such as headings and captions."""
        return "".join(part for part in self.text(key, **fillings) if isinstance(part, str))

    def _parsed(self, key: str) -> list[tuple[str, str | None, str | None, str | None]]:
        try:
            return list(string.Formatter().parse(self._entry(key)))
        except ValueError as error:
            raise self._fault(f"The words '{key}' are not well formed: {error}", what_to_do="Write { as {{") from error

    def _entry(self, key: str) -> str:
        if key not in self.entries:
            raise self._fault(
                f"The words '{key}' are missing", what_to_do=f'Add {key} = "…" or set it empty to leave it out'
            )
        return self.entries[key]

    def _fault(self, what: str, *, what_to_do: str) -> TemplateFaulty:
        return TemplateFaulty(what, where=f"template {self.template}, section {self.section}", what_to_do=what_to_do)

    @staticmethod
    def _places(fillings: Mapping[str, Filling]) -> str:
        return ", ".join(f"{{{name}}}" for name in sorted(fillings)) or "no {place} here"
