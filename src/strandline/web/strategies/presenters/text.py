"""What a version took from its pack, ready to print: rules in words, the offer, the lists, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from strandline.web.design.marks import CategoryMark
from strandline.web.design.tables import Cell, Column, Table

Content = Mapping[str, Any]
COLUMNS = (
    ("all", "All schools", "Nothing is stated for all schools alike."),
    ("maintained", "Maintained schools", "Nothing more than what all schools have."),
    ("academy", "Academies", "Nothing more than what all schools have."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something is from; `flag` is empty where it was read in the source itself."""

    text: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category in the order of decision: the first that holds is the school's."""

    place: int
    mark: CategoryMark
    when: Content
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A named rule with its versions in words."""

    key: str
    title: str
    meaning: str
    applies: Content | None
    versions: tuple[tuple[str, Content | None, str, Source], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The whole page on how support is decided."""

    word: str
    count: str
    scope: Content | None
    scope_source: Source
    outside: str
    categories: tuple[Category, ...]
    rules: tuple[Named, ...]
    numbers: Table | None
    judged: Table | None
    choices: Table | None
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One thing that is available."""

    title: str
    hint: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferColumn:
    """One of the three columns of the offer."""

    key: str
    title: str
    groups: tuple[tuple[str, tuple[Offered, ...]], ...]
    nothing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A headed list: each item with its text and its source; `source` where all items have the same."""

    key: str
    title: str
    items: tuple[tuple[str, str, Source], ...]
    source: Source


def rules(content: Content) -> Rules:
    """How the support that a school needs is decided."""
    categories = tuple(
        Category(
            place=place,
            mark=CategoryMark(code=each["code"], words=_words(each), step=each["step"] or None),
            when=each["when"],
            source=source(each["cite"]),
        )
        for place, each in enumerate(content["categories"], start=1)
    )
    word = content["category_word"]
    return Rules(
        word=word,
        count=f"{len(categories)} {word}s" if not word.endswith("y") else f"{len(categories)} {word[:-1]}ies",
        scope=content["scope"],
        scope_source=source(content["scope_cite"]),
        outside=content["outside"]["title"] if content["outside"] else "",
        categories=categories,
        rules=tuple(_named(each) for each in content["rules"]),
        numbers=_numbers(content["numbers"]),
        judged=_table("What officers judge", ("What is judged", "Answers"), content["judgements"]),
        choices=_table(
            "Where the source can be read in more than one way", ("What is open", "Reading"), content["choices"]
        ),
        tables=tuple(_section(each) for each in content["tables"]),
    )


def offer(content: Content) -> tuple[OfferColumn, ...]:
    """What is available: to all, to maintained schools, to academies; these three columns and no other."""
    return tuple(
        OfferColumn(key=key, title=title, groups=_groups(content["offers"].get(key, ())), nothing=nothing)
        for key, title, nothing in COLUMNS
    )


def paths(content: Content) -> tuple[Items, ...]:
    """The ordered paths: protocols, pathways, ladders."""
    return tuple(_items(each) for each in content["paths"])


def lists(content: Content) -> tuple[Items, ...]:
    """Priorities, drivers, duties, tag sets and whatever else the pack lists."""
    return tuple(_items(each) for each in content["lists"])


def flagged(content: Content) -> Table | None:
    """What was not read in the source itself, value by value; None where all was."""
    rows = [(each["title"], each["text"], each["cite"]["text"].partition(" [")[0]) for each in content["flagged"]]
    if not rows:
        return None
    return Table(
        caption="Values that were not read in the source itself",
        columns=(
            Column(heading="Value", header=True),
            Column(heading="How it was read"),
            Column(heading="From", kind="words"),
        ),
        rows=rows,
    )


def source(cite: Content) -> Source:
    """Where something is from."""
    return Source(text=cite["text"], flag=cite["flag"])


def _words(each: Content) -> str:
    return (
        each["title"]
        if each["title"].lower() == each["words"].lower()
        else f"{each['title']}: {each['words']}".rstrip(": ")
    )


def _named(each: Content) -> Named:
    return Named(
        key=each["name"],
        title=each["title"],
        meaning=each["meaning"],
        applies=each["applies"],
        versions=tuple((v["period"], v["when"], v["shown"], source(v["cite"])) for v in each["versions"]),
    )


def _numbers(rows: Iterable[Content]) -> Table | None:
    cells = [
        (each["title"], version["period"] or "always", version["shown"], _cited(version["cite"]))
        for each in rows
        for version in each["versions"]
    ]
    if not cells:
        return None
    columns = (
        Column(heading="Number", header=True),
        Column(heading="For"),
        Column(heading="Value"),
        Column(heading="Source", kind="words"),
    )
    return Table(caption="The numbers in the rules", columns=columns, rows=cells)


def _table(caption: str, headings: tuple[str, str], rows: Iterable[Content]) -> Table | None:
    cells = [(each["title"], each["meaning"] or "yes or no", _cited(each["cite"])) for each in rows]
    if not cells:
        return None
    columns = (
        Column(heading=headings[0], header=True),
        Column(heading=headings[1], kind="words"),
        Column(heading="Source", kind="words"),
    )
    return Table(caption=caption, columns=columns, rows=cells)


def _section(each: Content) -> Table:
    first, *others = (name.capitalize() for name in each["columns"])
    columns = (Column(heading=first, header=True), *(Column(heading=name) for name in others))
    return Table(caption=each["title"], columns=columns, rows=[tuple(row) for row in each["rows"]])


def _groups(lines: Iterable[Content]) -> tuple[tuple[str, tuple[Offered, ...]], ...]:
    groups: dict[str, list[Offered]] = {}
    for each in lines:
        offered = Offered(title=each["title"], hint=each["hint"], source=source(each["cite"]))
        groups.setdefault(each["group"], []).append(offered)
    return tuple((name, tuple(items)) for name, items in groups.items())


def _items(each: Content) -> Items:
    lines = tuple((line["title"], line["text"], source(line["cite"])) for line in each["lines"])
    sources = {where for _, _, where in lines}
    if len(lines) == 1 or len(sources) != 1:
        return Items(key=each["key"], title=each["title"], items=lines, source=Source())
    told = tuple((title, text, Source()) for title, text, _ in lines)
    return Items(key=each["key"], title=each["title"], items=told, source=sources.pop())


def _cited(cite: Content) -> Cell:
    return Cell(text=cite["text"] or "–", hint=cite["flag"])
