"""Is every value cited?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from strandline.strategy.checking.findings import Finding, error
from strandline.strategy.model import Cited, Pack


def citation_findings(pack: Pack) -> Iterator[Finding]:
    """Every part of the pack that cites nothing. A part whose parts are all cited needs no citation of its own."""
    for part in _outermost(pack):
        yield from _uncited(part)


def _outermost(part: object) -> Iterator[Cited]:
    """The cited parts directly inside, however they are kept."""
    if isinstance(part, Cited):
        yield part
    elif isinstance(part, dict):
        for inner in part.values():
            yield from _outermost(inner)
    elif isinstance(part, tuple):
        for inner in part:
            yield from _outermost(inner)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from _outermost(getattr(part, field.name))


def _uncited(part: Cited) -> Iterator[Finding]:
    borrowed = bool(getattr(part, "same_as", False))
    if part.citations or borrowed or not part.place.line:
        return
    held = [field.name for field in fields(part) if field.name != "citations"]
    inside = [inner for name in held for inner in _outermost(getattr(part, name))]
    if not inside:
        words = [str(getattr(part, name, "")) for name in ("name", "key", "code", "title")]
        what = f"{type(part).__name__.lower()} {next(filter(None, words), '')}".strip()
        yield error(f"the {what} cites nothing", part.place, "Add `cite: {source: …, at: …, status: V}`")
    for inner in inside:
        yield from _uncited(inner)
