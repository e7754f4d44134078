"""However a file is damaged, it is taken or refused in words; nothing else may happen, and a refusal stores nothing."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from strandline.sources.adding import FilesRefused, add, read_table
from strandline.sources.contract import (
    CODE,
    DATE,
    FLAG,
    INDICATORS,
    INTEGER,
    PERCENT,
    RECORD,
    Column,
    Contract,
    Expects,
    Period,
    Published,
    SpecialRows,
)
from strandline.sources.store import Store
from strandline.sources.tokens import PERFORMANCE_TABLES

RESULTS = Contract(
    kind="results",
    name="Results",
    title="Results",
    publisher="A publisher",
    shape=INDICATORS,
    period=Period(known=("2016-2017",)),
    published=Published(dates={"2016-2017": date(2017, 12, 14)}),
    columns=(
        Column("RECTYPE", kind=CODE, values=("1", "5")),
        Column("LEA", kind=INTEGER, identity=True),
        Column("URN", kind=INTEGER, identity=True),
        Column("OPENED", kind=DATE),
        Column("SIXTH", kind=FLAG),
        Column("TELIG", kind=INTEGER, lowest=0),
        Column("PTRWM", kind=PERCENT, highest=100),
    ),
    special=(SpecialRows("national", "rectype", "5"),),
    key=("urn",),
    tokens=PERFORMANCE_TABLES,
    la_column="lea",
    expects=Expects(closing=("national",), national_rows=3),
)
RECORDS = replace(RESULTS, shape=RECORD)
TEXT = b"""\xef\xbb\xbfRECTYPE,LEA,URN,OPENED,SIXTH,TELIG,PTRWM\r
1,850,100000,01/09/1998,Yes,30,61%\r
1,850,100001,,No,SUPP,SUPP\r
1,850,100002,"03/01/2012",No,"1,014",7.5%\r
5, , ,,,600000,61%"""
PIECES = st.sampled_from(
    [
        b",",
        b'"',
        b"\n",
        b"\r",
        b"NaN",
        b"inf",
        b"1e99",
        b"-",
        b"%",
        b"\x00",
        b"SUPP",
        b"\xff",
        b"\xc3",
        b"{",
        b"<",
        b" ",
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The text with some bytes replaced, taken out, put in or doubled."""
    content = bytearray(TEXT)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content) - 1))
        length = draw(st.integers(0, 12))
        part = draw(st.one_of(PIECES, st.binary(max_size=3), st.just(bytes(content[at : at + 3 * length]))))
        content[at : at + draw(st.sampled_from((0, length)))] = part
    return bytes(content)


@settings(max_examples=300, deadline=None)
@given(content=damaged(), record=st.booleans())
def test_a_damaged_file_is_taken_or_refused_in_words(content: bytes, record: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2016-2017.csv"
        path.write_bytes(content)
        store = Store(Path(folder) / "home")
        with suppress(FilesRefused):
            add(store, [path], layouts=[RECORDS if record else RESULTS])
        assert len(store.releases()) == int(store.home.exists())
        assert store.check() == ()


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(TEXT.decode("utf-8-sig").split("\r\n")[1:4]))
def test_the_order_of_rows_changes_no_value(order: list[str]) -> None:
    lines = TEXT.decode("utf-8-sig").split("\r\n")
    with tempfile.TemporaryDirectory() as folder:
        values = []
        for name, rows in (("a", lines[1:4]), ("b", order)):
            path = Path(folder) / f"2016-2017_{name}.csv"
            path.write_text("\r\n".join([lines[0], *rows, lines[4]]), encoding="utf-8")
            store = Store(Path(folder) / name)
            (added,) = add(store, [path], layouts=[RESULTS])
            long = read(store, added.release.release_id)
            values.append(long)
        assert values[0] == values[1]


def read(store: Store, release: str) -> set[tuple[object, ...]]:
    long = read_table(store, release, "indicators").select("urn", "indicator", "value", "reason", "token")
    return set(long.iter_rows())
