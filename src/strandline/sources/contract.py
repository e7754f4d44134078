"""
What an official file must be: a contract per publication and layout, dated, inheriting, stating only its changes.

How to write one. A **record** contract (one row per thing, our column names in typed Parquet):

    LINKS = register(Contract(
        kind="gias_links", name="GIAS links", title="Links between establishments", publisher="DfE",
        period=Period(snapshot=True, latest=("linked_on",)), published=Published(days_after=0),
        table="links", key=("urn", "link_urn", "link_type"), tokens=REGISTER, encodings=("cp1252", "utf-8"),
        columns=(
            Column("URN", kind=INTEGER, filled=True),
            Column("LinkURN", "link_urn", kind=INTEGER, aliases=("Link URN",)),
            Column("LinkName", "link_name"),
            Column("LinkType", "link_type", kind=CODE, filled=True),
            Column("LinkEstablishedDate", "linked_on", kind=DATE, required=False),
        ),
        expects=Expects(national_rows=20_000, why="the register has held over 20,000 links since 2012")))

An **indicators** contract (schools.parquet + indicators.parquet, long): the columns of a number kind become
indicators, named by the publisher's field name in upper case; the others, and those with `identity=True`, describe
the row. The year's many columns are written as text, `NAME:kind`, `!` for identity, `?` for not required:

    KS2_2017 = register(Contract(
        kind="ks2", name="KS2 2016-17", …, shape=INDICATORS, period=Period(known=("2016-2017",)),
        published=Published(dates={"2016-2017": date(2017, 12, 14)}), statuses=("final", "revised"),
        columns=columns_of("RECTYPE:code! LEA:integer! URN:integer! SCHNAME:text TELIG:integer PTREAD_EXP:percent …"),
        special=(SpecialRows("authority", "rectype", "3"), SpecialRows("national", "rectype", "[45]")),
        key=("urn",), tokens=PERFORMANCE_TABLES, la_column="lea", containers=("csv",),
        expects=Expects(closing=("national",), closing_count=2, national_rows=15_000, why="they close the file")))
    KS2_2018 = register(inherit(KS2_2017, name="KS2 2017-18", period=Period(known=("2017-2018",)), …,
        drop=("PTREAD_OLD",), rename={"BELIG": "BOYSELIG"}, add=columns_of("READPROG_DESCR:integer"),
        replace_columns=(Column("TELIG", kind=NUMBER),)))

A contract module registers on import; `strandline.sources.contracts()` imports them all. Where a record publication
needs code, `shapes` makes named tables of the checked one (our columns, typed; `row_kind` first where the contract has
special rows): a plain function. JSON by key gives the key as column `_key`, GeoJSON the properties and `geometry` as
text; a header that the publisher repeats is `SNP`, `SNP (2)`, `SNP (3)`. `recognises` sees the text under our names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from strandline.kernel.errors import BugError
from strandline.sources.tokens import NO_TOKENS, TokenSet

if TYPE_CHECKING:
    import polars as pl

OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0"
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d", "%Y-%m-%d %H:%M:%S")
FLAG_WORDS: Mapping[str, bool] = {"Yes": True, "No": False, "Y": True, "N": False, "TRUE": True, "FALSE": False}


class Kind(StrEnum):
    """How the text of a column is read."""

    TEXT = "text"  # as printed, outer blanks trimmed; an empty cell is null; tokens are not looked for
    CODE = "code"  # like text, but a token is recognised and `values`, where given, is the closed list
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"  # 0–100, with or without the sign
    DATE = "date"
    FLAG = "flag"


TEXT, CODE, INTEGER, NUMBER, PERCENT, DATE, FLAG = Kind
NUMBER_KINDS = frozenset({INTEGER, NUMBER, PERCENT})


class Shape(StrEnum):
    """How a release is stored."""

    RECORD = "record"
    INDICATORS = "indicators"


RECORD, INDICATORS = Shape


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column as the publisher prints it.

    `name` is the header, `stored_as` our snake_case name (made from `name` when empty), `aliases` other spellings of
    the header; case and runs of blanks never matter. `required` is about the header, `filled` about each ordinary row.
    """

    name: str
    stored_as: str = ""
    kind: Kind = field(default=Kind.TEXT, kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True)
    required: bool = field(default=True, kw_only=True)
    filled: bool = field(default=False, kw_only=True)
    identity: bool = field(default=False, kw_only=True)
    unit: str = field(default="", kw_only=True)
    meaning: str = field(default="", kw_only=True)
    tokens: TokenSet | None = field(default=None, kw_only=True)
    values: tuple[str, ...] = field(default=(), kw_only=True)
    flags: Mapping[str, bool] = field(default_factory=lambda: FLAG_WORDS, kw_only=True)
    formats: tuple[str, ...] = field(default=DATE_FORMATS, kw_only=True)
    lowest: float | None = field(default=None, kw_only=True)
    highest: float | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if not self.stored_as:
            object.__setattr__(self, "stored_as", snake_case(self.name))

    @property
    def indicator(self) -> str:
        """The canonical name of the column as an indicator."""
        return self.name.strip().upper()

    @property
    def spellings(self) -> frozenset[str]:
        """Every header, normalised, under which the column is known."""
        return frozenset(normalised(text) for text in (self.name, *self.aliases))


@dataclass(frozen=True, slots=True)
class SpecialRows:
    """Rows that are not schools: where `column` (our name) fully matches `pattern`, the row's kind is `name`."""

    name: str
    column: str
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """
    Where the period of a file comes from.

    `known`: the only periods ever published in this layout; with one it is the answer, with several the content
    (`column`), `--period` or the file's name must choose. `column`: our name of a column that holds it in every
    ordinary row (`reads` turns its text into a period). `snapshot`: a file as at a day, taken from `--period`, from
    the file's name or, with `from_latest`, from the latest date in `latest`, columns none of which may be later
    than the day.
    """

    known: tuple[str, ...] = ()
    column: str = ""
    reads: Callable[[str], str] = str
    snapshot: bool = False
    latest: tuple[str, ...] = ()
    from_latest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """
    When a release was published: by period (`2016-2017`) or period and status (`2016-2017 provisional`), or so many
    days after the as-at day of a snapshot, though never before the latest date in `not_before`, columns of our names
    that hold dates of publication. What a person states with `--published` goes first.
    """

    dates: Mapping[str, date] = field(default_factory=dict)
    days_after: int | None = None
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expects:
    """
    What a whole file has, so that a cut one is caught.

    A cut inside a row is always caught when the publisher ends files with a line break (`final_newline`); when not,
    by the last row, which must be as wide as the header (or `least_fields` of the contract), as well typed and as
    well quoted. A cut between rows is caught by `closing` (special rows that stand last; at least `closing_count`
    of them), by `last_row` (our column → a pattern that its last cell fully matches), by the row count of a
    national file (one with `authorities` different authorities or more), or by `rows` where the file is one fixed
    edition (period → number of ordinary rows). A selection (`--part`) need show neither `last_row`, nor `rows`, nor
    `national_rows`. `why` says which evidence this publication has, and what it cannot catch.
    """

    final_newline: bool = False
    closing: tuple[str, ...] = ()
    closing_count: int = 1
    authorities: int = 140
    national_rows: int = 0
    national_rows_most: int | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    last_row: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One layout of one publication. See the module's docstring for how to write it."""

    kind: str
    name: str
    title: str
    publisher: str
    columns: tuple[Column, ...]
    period: Period
    published: Published
    licence: str = OPEN_GOVERNMENT_LICENCE
    shape: Shape = Shape.RECORD
    table: str = "table"
    key: tuple[str, ...] = ()
    tokens: TokenSet = NO_TOKENS
    encodings: tuple[str, ...] = ("utf-8", "cp1252")
    containers: tuple[str, ...] = ("csv", "xlsx", "json", "geojson", "parquet")
    statuses: tuple[str, ...] = ("",)
    special: tuple[SpecialRows, ...] = ()
    expects: Expects = field(default_factory=Expects)
    la_column: str = ""
    least_fields: int | None = None
    overrun: bool = False
    unknown_columns: str = "refuse"
    recognises: Callable[[pl.DataFrame], bool] | None = None
    shapes: Callable[[pl.DataFrame], Mapping[str, pl.DataFrame]] | None = None
    notes: tuple[str, ...] = ()

    def column(self, stored_as: str) -> Column:
        """The column of our name. Raises: BugError, since only contracts name columns."""
        for column in self.columns:
            if column.stored_as == stored_as:
                return column
        raise BugError(f"Contract {self.name} has no column {stored_as}")

    @property
    def indicator_columns(self) -> tuple[Column, ...]:
        """The columns that become indicators, in order of their names; none in the record shape."""
        if self.shape is Shape.RECORD:
            return ()
        found = (c for c in self.columns if c.kind in NUMBER_KINDS and not c.identity)
        return tuple(sorted(found, key=lambda column: column.indicator))

    @property
    def identity_columns(self) -> tuple[Column, ...]:
        """The columns that are kept one per row, in file order."""
        indicators = frozenset(column.name for column in self.indicator_columns)
        return tuple(column for column in self.columns if column.name not in indicators)

    @property
    def spellings(self) -> dict[str, Column]:
        """Normalised header → column."""
        return {spelling: column for column in self.columns for spelling in column.spellings}


REGISTRY: dict[str, Contract] = {}


def register(contract: Contract) -> Contract:
    """Make a contract known to recognition, and return it. Raises: BugError when it contradicts itself."""
    check_contract(contract)
    if REGISTRY.get(contract.name, contract) != contract:
        raise BugError(f"Two contracts are named {contract.name}")
    REGISTRY[contract.name] = contract
    return contract


def inherit(
    base: Contract,
    *,
    add: Iterable[Column] = (),
    drop: Iterable[str] = (),
    rename: Mapping[str, str] | None = None,
    replace_columns: Iterable[Column] = (),
    **changes: Any,
) -> Contract:
    """
    The contract of a later layout: `base` with columns dropped, renamed, replaced (by header) and added, and any
    other field stated anew. A renamed column keeps our name. Raises: BugError when a named column is not there.
    """
    columns = {column.name: column for column in base.columns}
    for name in drop:
        _taken(columns, name, base)
    for old, new in (rename or {}).items():
        columns[old] = replace(_there(columns, old, base), name=new)
    for column in replace_columns:
        _there(columns, column.name, base)
        columns[column.name] = column
    return replace(base, columns=(*columns.values(), *add), **changes)


def columns_of(text: str, *, aliases: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Column, ...]:
    """Columns from `NAME:kind` words; `!` marks identity, `?` a header that may be absent, `*` filled in each row."""
    return tuple(_column_of(word, aliases or {}) for word in text.split())


def normalised(header: str) -> str:
    """A header without case, outer blanks and runs of blanks."""
    return " ".join(header.replace("\ufeff", "").split()).casefold()


def snake_case(header: str) -> str:
    """`LA (code)` → `la_code`, `PhaseOfEducation` → `phase_of_education`, `TNotFSM6` → `tnotfsm6`."""
    text = header.strip()
    if not text.isupper():
        text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z]{2})(?=[A-Z])", "_", text)
    return re.sub(r"[^0-9a-z]+", "_", text.casefold()).strip("_")


def check_contract(contract: Contract) -> None:
    """Hold a contract to itself: names once, keys and special rows in columns. Raises: BugError."""
    stored = [column.stored_as for column in contract.columns]
    spelled = [spelling for column in contract.columns for spelling in column.spellings]
    named = {*contract.key, *contract.period.latest, *(rows.column for rows in contract.special)}
    named |= set(contract.expects.last_row)
    named |= {*contract.published.not_before}
    named |= {name for name in (contract.period.column, contract.la_column) if name}
    complaints = [
        *(f"column {name} stands twice" for name in stored if stored.count(name) > 1),
        *(f"header {name} stands twice" for name in spelled if spelled.count(name) > 1),
        *(f"{name} is not a column" for name in sorted(named - set(stored))),
        *(f"{name} is not a special row" for name in contract.expects.closing if name not in _special_names(contract)),
    ]
    if complaints:
        raise BugError(f"Contract {contract.name}: {'; '.join(dict.fromkeys(complaints))}")


def _special_names(contract: Contract) -> frozenset[str]:
    return frozenset(rows.name for rows in contract.special)


def _column_of(word: str, aliases: Mapping[str, tuple[str, ...]]) -> Column:
    match = re.fullmatch(r"([^:]+)(?::([a-z]+))?([!?*]*)", word)
    if match is None:
        raise BugError(f"{word} is not NAME:kind")
    name, kind, marks = match[1], match[2] or "text", match[3]
    return Column(
        name,
        kind=Kind(kind),
        identity="!" in marks,
        required="?" not in marks,
        filled="*" in marks,
        aliases=aliases.get(name, ()),
    )


def _there(columns: dict[str, Column], name: str, base: Contract) -> Column:
    if name not in columns:
        raise BugError(f"Contract {base.name} has no column {name} to change")
    return columns[name]


def _taken(columns: dict[str, Column], name: str, base: Contract) -> Column:
    _there(columns, name, base)
    return columns.pop(name)
