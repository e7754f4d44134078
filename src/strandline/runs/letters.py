"""Letters as Word and PDF, of a category and of a concern: the same letter gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from strandline.kernel.dates import long_date
from strandline.reports import write
from strandline.reports.document import (
    Block,
    Bullets,
    Column,
    Document,
    Front,
    Heading,
    Paragraph,
    Row,
    Strong,
    Table,
)

FORMATS = ("docx", "pdf")
NAME = "letter"
PARTED = re.compile(r"(?:\r?\n){2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFigure:
    """One line of the table: what is compared, the school's figure, the threshold, the outcome, the source."""

    what: str
    value: str
    threshold: str
    outcome: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLetter:
    """
    Everything that a category letter says, in words ready to print.

    `why` are the explanation's sentences, `departure` what an officer decided beyond the rules, `would_raise` what
    would move the school to a category of less concern (`highest` where there is none), `would_change` what else would
    move it, `not_known` the figures that were missing and `not_known_means` what that means for the category. Nobody is
    named: people sign by their role.
    """

    to: str
    school: str
    urn: int
    authority: str
    dated: date
    as_at: date
    scheme: str
    category_word: str
    label: str
    why: tuple[str, ...]
    figures: tuple[LetterFigure, ...]
    would_raise: tuple[str, ...]
    would_change: tuple[str, ...]
    not_known: tuple[str, ...]
    decided_by: str
    highest: bool = False
    not_known_means: str = ""
    departure: str = ""
    until: date | None = None
    reply_by: date | None = None
    copied_to: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernLetter:
    """A letter that notifies a regulator of a concern, in the words of its writer: paragraphs parted by empty lines."""

    to: str
    school: str
    urn: int
    authority: str
    dated: date
    text: str


def concern_letter(letter: ConcernLetter, *, letterhead: Path | None = None) -> dict[str, bytes]:
    """
    The letter in each format, by the format's name.

    Raises: ReportsNotInstalled, LetterheadFaulty.
    """
    front = (
        ("To", (letter.to,)),
        ("From", (letter.authority,)),
        ("Date", (long_date(letter.dated),)),
        ("About", (f"{letter.school} (URN {letter.urn})",)),
    )
    said = (" ".join(each.split()) for each in PARTED.split(letter.text) if each.strip())
    made = Document(
        title=f"{letter.school}: a concern",
        subtitle=f"To {letter.to}",
        area=letter.authority,
        author=letter.authority,
        subject=f"Concern about {letter.school}",
        as_at=letter.dated,
        blocks=(Front(rows=front), *(_plain(each) for each in said)),
    )
    return _written(made, letterhead=letterhead)


def category_letter(letter: CategoryLetter, *, letterhead: Path | None = None) -> dict[str, bytes]:
    """
    The letter in each format, by the format's name.

    Raises: ReportsNotInstalled, LetterheadFaulty.
    """
    return _written(_document(letter), letterhead=letterhead)


def _written(document: Document, *, letterhead: Path | None) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        paths = write(document, Path(folder), formats=FORMATS, name=NAME, letterhead=letterhead)
        return {path.suffix.removeprefix("."): path.read_bytes() for path in paths if path.suffix != ".json"}


def _document(letter: CategoryLetter) -> Document:
    word = letter.category_word
    return Document(
        title=f"{letter.school}: {word} {letter.label.partition(' (')[0]}",
        subtitle=f"To the {letter.to.lower()}",
        area=letter.authority,
        author=letter.authority,
        subject=f"{word.capitalize()} under {letter.scheme}",
        as_at=letter.as_at,
        blocks=tuple(_blocks(letter)),
    )


def _blocks(letter: CategoryLetter) -> Iterator[Block]:
    word = letter.category_word
    yield Front(
        rows=(
            ("To", (f"{letter.to}, {letter.school} (URN {letter.urn})",)),
            ("From", (letter.authority,)),
            ("Date", (long_date(letter.dated),)),
            ("Strategy", (letter.scheme,)),
            ("Figures as at", (long_date(letter.as_at),)),
            ("Copied to", (letter.copied_to,)),
        )
    )
    until = f" It lasts until {long_date(letter.until)}." if letter.until else ""
    yield _plain(f"From {long_date(letter.dated)} your school is in {word} ", Strong(text=letter.label), f".{until}")
    yield Heading(text=f"Why this {word}")
    yield from (_plain(sentence) for sentence in letter.why)
    if letter.departure:
        yield _plain(letter.departure)
    yield _plain(letter.decided_by)
    if letter.figures:
        yield _figures(letter)
    if letter.not_known:
        yield Heading(text="What is not known")
        if letter.not_known_means:
            yield _plain(letter.not_known_means)
        yield Bullets(items=tuple((each,) for each in letter.not_known))
    yield Heading(text="What would move your school up")
    if letter.would_raise:
        yield Bullets(items=tuple((each,) for each in letter.would_raise))
    else:
        yield _plain(nothing_raises(word, highest=letter.highest))
    if letter.would_change:
        yield _plain(f"What else would change the {word}:")
        yield Bullets(items=tuple((each,) for each in letter.would_change))
    yield from _reply(letter)
    if letter.warnings:
        yield Heading(text="Sources to check before relying on them")
        yield Bullets(items=tuple((each,) for each in letter.warnings))


def nothing_raises(word: str, *, highest: bool) -> str:
    """What is said where no change of a single figure moves a school to a category of less concern."""
    if highest:
        return f"There is no {word} of less concern in this strategy."
    return f"No change of a single figure would by itself move the school to a {word} of less concern."


def _figures(letter: CategoryLetter) -> Table:
    titles = ("What the rule looks at", "Your school", "The rule says", "Met", "Source")
    return Table(
        anchor="figures",
        caption=f"The figures behind the {letter.category_word}, as at {long_date(letter.as_at)}",
        columns=tuple(Column(title=title) for title in titles),
        rows=tuple(
            Row(cells=((each.what,), (each.value,), (each.threshold,), (each.outcome,), (each.source,)))
            for each in letter.figures
        ),
    )


def _reply(letter: CategoryLetter) -> Iterator[Block]:
    yield Heading(text="How to reply")
    if letter.reply_by:
        yield _plain(
            "Please say whether this account is accurate, or challenge the decision, by ",
            Strong(text=long_date(letter.reply_by)),
            ". You can do both on your school's page of the desk. Your reply and our answer are kept together with "
            "this letter, and a challenge is settled by somebody who did not make the decision.",
        )


def _plain(*text: str | Strong) -> Paragraph:
    return Paragraph(text=text, numbered=False)
