"""
Bytes → sheets of text: what container and encoding a file has, and its rows as they are printed.

Every cell stays text until a contract says what it is. A file name plays no part: a container is known by its first
bytes. Zip and gzip are opened; a workbook gives one sheet for each of its own.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import openpyxl
import polars as pl
from openpyxl.utils.exceptions import InvalidFileException

from strandline.kernel.errors import DataError, Problem

HEAD_ROWS = 15
HEAD_BYTES = 1 << 18
MOST_UNPACKED_BYTES = 4 << 30
OVERRUN_ROOM = 16
MOJIBAKE = {"Ã": ("Ã©", "Ã¨", "Ã´", "Ã¢"), "â": ("â€™", "â€œ", "â€“"), "Â": ("Â£", "Â·")}
FOREIGN = {
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "a workbook of the old .xls form; open it and save it as .xlsx or CSV",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"7z\xbc\xaf": "a 7z archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
}


class Undecodable(DataError):
    """A file cannot be turned into rows; `problems` holds the one reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One file, or one member of an archive, as bytes."""

    name: str
    content: bytes
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """
    The rows under one header, all text.

    Shape: `frame` has a String column for each header, named by its position (`0`, `1`, …), then `overrun` further
    ones for what rows hold beyond the header. Rows that are wholly empty are left out; `rows` holds each row's
    number in the file, counted as a spreadsheet does.
    Missing: an empty cell and one that the row is too short to have are both null; a cell of blanks keeps them.
    """

    headers: tuple[str, ...]
    frame: pl.DataFrame
    rows: pl.Series
    last_fields: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def overrun(self) -> tuple[str, ...]:
        """The names in `frame` of the columns beyond the header that hold anything."""
        return tuple(name for name in self.frame.columns[len(self.headers) :])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What recognition looks at: the first rows; and how to get the rest once the header row is known."""

    file: str
    container: str
    heads: tuple[tuple[str, ...], ...]
    read: Callable[[int], TextTable]
    name: str = ""
    encoding: str = ""
    final_newline: bool | None = None
    last_quote_missing: bool = False
    problems: tuple[Problem, ...] = field(default=())


def members(name: str, content: bytes, *, folder: str = "") -> Iterator[Payload]:
    """The file itself, or what a gzip or zip (but not a workbook) holds. Raises: Undecodable."""
    if content[:2] == b"\x1f\x8b":
        yield Payload(name=name.removesuffix(".gz"), content=_gunzipped(name, content), folder=folder)
    elif content[:4] == b"PK\x03\x04" and not _is_workbook(name, content):
        yield from _unzipped(name, content)
    else:
        yield Payload(name=name, content=content, folder=folder)


def sheets(payload: Payload) -> tuple[Sheet, ...]:
    """Every table that the file may hold. Raises: Undecodable."""
    content, name = payload.content, payload.name
    if not content.strip():
        raise _undecodable(name, "The file is empty", "Get it again from the publisher")
    for magic, what in FOREIGN.items():
        if content.startswith(magic):
            raise _undecodable(name, f"The file is {what}", "Strandline reads CSV, xlsx, JSON, GeoJSON and Parquet")
    if content[:4] == b"PK\x03\x04":
        return tuple(_workbook_sheets(name, content))
    if content[:4] == b"PAR1":
        return (_parquet_sheet(name, content),)
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        return (_json_sheet(name, content),)
    if start[:1] == b"<":
        raise _undecodable(
            name, "The file is a web page, not data", "Open the address in a browser and download the file itself"
        )
    return (_csv_sheet(name, content),)


# Text ------------------------------------------------------------------------------------------------------------


def _csv_sheet(name: str, content: bytes) -> Sheet:
    text, encoding, garbled = _utf8(name, content)
    head, ends = _head(text)
    problems = []
    if text.count(b'"') % 2:
        problems.append(
            Problem(
                what="A quoted cell is never closed",
                file=name,
                row=text[: text.rfind(b'"')].count(b"\n") + 1,
                what_to_do="The file is cut short or damaged: get it again from the publisher",
            )
        )
    if garbled:
        problems.append(
            Problem(
                what="Accents and dashes are garbled: the text was put through UTF-8 twice",
                file=name,
                what_to_do="Get the file as the publisher gives it, without opening it in another program",
            )
        )
    return Sheet(
        file=name,
        container="csv",
        encoding=encoding,
        heads=head,
        read=lambda header_row: _csv_table(text, head[header_row], ends[header_row], first_row=header_row + 2),
        final_newline=text.endswith(b"\n"),
        last_quote_missing=_last_quote_missing(text, ends),
        problems=tuple(problems),
    )


def _utf8(name: str, content: bytes) -> tuple[bytes, str, bool]:
    """The text as UTF-8 without a mark, what it was encoded in, and whether twice. Raises: Undecodable."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:4096]:
        raise _undecodable(
            name, "The file is encoded in UTF-16, or is not text", "Save it as CSV UTF-8, or get the publisher's own"
        )
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    if content.isascii():
        return content, "ascii", False
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as broken:
        return _from_windows(name, content, broken), "cp1252", False
    garbled = any(first in text and any(sign in text for sign in signs) for first, signs in MOJIBAKE.items())
    return content, "utf-8", garbled


def _from_windows(name: str, content: bytes, broken: UnicodeDecodeError) -> bytes:
    try:
        return content.decode("cp1252").encode("utf-8")
    except UnicodeDecodeError as error:
        at = min(error.start, broken.start)
        problem = Problem(
            what="The file is neither UTF-8 nor Windows-1252 text",
            file=name,
            row=content[:at].count(b"\n") + 1,
            value=f"byte {content[at]:#04x} at {at}",
            what_to_do="Get the file again from the publisher",
        )
        raise Undecodable(problem.what, problems=(problem,)) from error


def _last_quote_missing(text: bytes, ends: Sequence[int]) -> bool:
    """Whether every early record ends with a quotation mark and the last does not."""
    early = [text[:end].rstrip(b"\r\n").endswith(b'"') for end in ends if end < len(text)]
    return len(early) > 1 and all(early) and not text.rstrip(b"\r\n").endswith(b'"')


def _head(text: bytes) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """The first records, and the byte offset after each."""
    lines = io.StringIO(text[:HEAD_BYTES].decode("utf-8", errors="ignore"), newline="")
    consumed = 0
    used: list[str] = []

    def fed() -> Iterator[str]:
        for line in lines:
            used.append(line)
            yield line

    records: list[tuple[str, ...]] = []
    ends: list[int] = []
    for record in csv.reader(fed()):
        consumed += sum(len(line.encode()) for line in used)
        used.clear()
        records.append(tuple(record))
        ends.append(consumed)
        if len(records) == HEAD_ROWS:
            break
    return tuple(records), tuple(ends)


def _csv_table(text: bytes, header: Sequence[str], start: int, *, first_row: int) -> TextTable:
    """The rows after `start`; a made-up first line gives every row room beyond the header, so that none is lost."""
    width = len(header) + OVERRUN_ROOM
    made_up = ",".join(map(str, range(width))).encode() + b"\n"
    body = text[start:]
    try:
        frame = pl.read_csv(made_up + body, infer_schema=False, truncate_ragged_lines=True)
    except pl.exceptions.PolarsError:
        frame = _slow_frame(body, width)
    return _table(tuple(header), frame, first_row=first_row, last_fields=_last_fields(body))


def _slow_frame(body: bytes, width: int) -> pl.DataFrame:
    """Rows by the standard library's reader, which takes stray quotes as they come."""
    records = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    padded = [[cell or None for cell in record[:width]] + [None] * (width - len(record)) for record in records]
    return pl.DataFrame(padded, schema={str(n): pl.String for n in range(width)}, orient="row")


def _last_fields(body: bytes) -> int | None:
    """How many fields the last record has; unknown when it spans lines."""
    trimmed = body.rstrip(b"\r\n")
    if not trimmed:
        return None
    line = trimmed[trimmed.rfind(b"\n") + 1 :]
    if line.count(b'"') % 2:
        return None
    return len(next(csv.reader([line.decode("utf-8")]), []))


def _table(headers: tuple[str, ...], frame: pl.DataFrame, *, first_row: int, last_fields: int | None) -> TextTable:
    beyond = frame.columns[len(headers) :]
    if beyond:
        frame = frame.drop([name for name in beyond if frame[name].null_count() == frame.height])
    rows = pl.int_range(first_row, first_row + frame.height, eager=True, dtype=pl.UInt32).alias("row")
    notes: tuple[str, ...] = ()
    if frame.width and frame.height and frame[frame.columns[0]].null_count():
        filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
        if not filled.all():
            notes = (f"{frame.height - int(filled.sum())} empty rows were left out",)
            frame, rows = frame.filter(filled), rows.filter(filled)
    return TextTable(headers=headers, frame=frame, rows=rows, last_fields=last_fields, notes=notes)


# Workbooks -------------------------------------------------------------------------------------------------------


def _is_workbook(name: str, content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile as error:
        raise _undecodable(
            name, "The archive or workbook is cut short or damaged", "Get it again from the publisher"
        ) from error


def _workbook_sheets(name: str, content: bytes) -> Iterator[Sheet]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        read = [(sheet.title, [_cells(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book.worksheets]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, OSError, SyntaxError, zlib.error):
        raise _undecodable(name, "The workbook is damaged", "Get it again from the publisher") from None
    for title, rows in read:
        if rows:
            yield _grid_sheet(name, title, rows)


def _grid_sheet(name: str, title: str, rows: list[tuple[str | None, ...]]) -> Sheet:
    heads = tuple(tuple(cell or "" for cell in row) for row in rows[:HEAD_ROWS])

    def read(header_row: int) -> TextTable:
        header = heads[header_row]
        body = rows[header_row + 1 :]
        width = max([len(header), *(len(row) for row in body)])
        padded = [row + (None,) * (width - len(row)) for row in body]
        frame = pl.DataFrame(padded, schema={str(n): pl.String for n in range(width)}, orient="row")
        return _table(header, frame, first_row=header_row + 2, last_fields=None)

    return Sheet(file=name, name=title, container="xlsx", heads=heads, read=read)


def _cells(row: Sequence[Any]) -> tuple[str | None, ...]:
    cells = [_cell(value) for value in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _cell(value: object) -> str | None:
    """A cell's value as a publisher would print it in CSV: whole numbers without a point, dates in ISO form."""
    match value:
        case None | "":
            return None
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


# JSON and Parquet ------------------------------------------------------------------------------------------------


def _json_sheet(name: str, content: bytes) -> Sheet:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _undecodable(
            name, f"The file begins as JSON but is not: {error}", "It is cut short or damaged: get it again"
        ) from error
    container, records = _json_records(name, data)
    headers = tuple(dict.fromkeys(field for record in records for field in record))
    rows = [tuple(_json_cell(record.get(header)) for header in headers) for record in records]
    frame = pl.DataFrame(rows, schema={str(n): pl.String for n in range(len(headers))}, orient="row")
    return Sheet(
        file=name,
        container=container,
        heads=(headers,),
        read=lambda _: _table(headers, frame, first_row=1, last_fields=None),
    )


def _json_records(name: str, data: object) -> tuple[str, list[dict[str, Any]]]:
    """A list of objects; an object of objects, whose keys become `_key`; or the features of a GeoJSON collection."""
    match data:
        case {"type": "FeatureCollection", "features": list(features)}:
            return "geojson", [{**f["properties"], "geometry": f["geometry"]} for f in features]
        case dict() if data and all(isinstance(value, dict) for value in data.values()):
            return "json", [{"_key": key, **value} for key, value in data.items()]
        case list() if data and all(isinstance(value, dict) for value in data):
            return "json", data
    raise _undecodable(
        name, "The JSON is neither a list of records nor records by key", "Get it again from the publisher"
    )


def _json_cell(value: object) -> str | None:
    match value:
        case None | "":
            return None
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return repr(value)
        case _:
            return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _parquet_sheet(name: str, content: bytes) -> Sheet:
    try:
        frame = pl.read_parquet(io.BytesIO(content))
        headers = tuple(frame.columns)
        text = frame.select(pl.col(header).cast(pl.String).alias(str(n)) for n, header in enumerate(headers))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _undecodable(
            name, "The Parquet file is cut short or damaged", "Get it again from the publisher"
        ) from error
    return Sheet(
        file=name,
        container="parquet",
        heads=(headers,),
        read=lambda _: _table(headers, text, first_row=1, last_fields=None),
    )


# Archives --------------------------------------------------------------------------------------------------------


def _gunzipped(name: str, content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as file:
            unpacked = file.read(MOST_UNPACKED_BYTES + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise _undecodable(name, "The gzip file is cut short or damaged", "Get it again") from error
    return _not_too_big(name, unpacked)


def _unzipped(name: str, content: bytes) -> Iterator[Payload]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED_BYTES:
                _not_too_big(name, None)
            for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
                if not entry.is_dir() and not entry.filename.startswith("__MACOSX/"):
                    folder = entry.filename.rpartition("/")[0]
                    yield Payload(name=f"{name}/{entry.filename}", content=archive.read(entry), folder=folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise _undecodable(name, f"The archive cannot be opened: {error}", "Get it again") from error


def _not_too_big(name: str, content: bytes | None) -> bytes:
    if content is None or len(content) > MOST_UNPACKED_BYTES:
        raise _undecodable(name, "The archive unpacks to more than 4 GB", "Add its files one by one")
    return content


def _undecodable(name: str, what: str, what_to_do: str) -> Undecodable:
    return Undecodable(what, problems=(Problem(what=what, file=name, what_to_do=what_to_do),))
