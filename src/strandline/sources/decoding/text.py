"""CSV: its encoding, its header wherever that stands, and its rows, ragged as they may be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from strandline.kernel.errors import Problem
from strandline.sources.decoding.tables import HEAD_ROWS, Sheet, TextTable, Undecodable, text_table, undecodable

HEAD_BYTES = 1 << 18
OVERRUN_ROOM = 16
MOJIBAKE = {"Ã": ("Ã©", "Ã¨", "Ã´", "Ã¢"), "â": ("â€™", "â€œ", "â€“"), "Â": ("Â£", "Â·")}


def csv_sheet(name: str, content: bytes) -> Sheet:
    """The one sheet of a text file. Raises: Undecodable."""
    text, encoding, garbled = _utf8(name, content)
    head, ends = _head(name, text)
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
        read=lambda at: _csv_table(name, text[ends[at] :], head[at], first_row=at + 2),
        final_newline=text.endswith(b"\n"),
        last_quote_missing=_last_quote_missing(text, ends),
        problems=tuple(problems),
    )


def _utf8(name: str, content: bytes) -> tuple[bytes, str, bool]:
    """The text as UTF-8 without a mark, what it was encoded in, and whether twice. Raises: Undecodable."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content:
        raise undecodable(
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


def _head(name: str, text: bytes) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
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
    for record in _records(name, fed()):
        consumed += sum(len(line.encode()) for line in used)
        used.clear()
        records.append(tuple(record))
        ends.append(consumed)
        if len(records) == HEAD_ROWS:
            break
    return tuple(records), tuple(ends)


def _csv_table(name: str, body: bytes, header: Sequence[str], *, first_row: int) -> TextTable:
    """The rows below a header; a made-up first line gives every row room beyond the header, so that none is lost."""
    width = len(header) + OVERRUN_ROOM
    made_up = ",".join(map(str, range(width))).encode() + b"\n"
    try:
        frame = pl.read_csv(made_up + body, infer_schema=False, truncate_ragged_lines=True)
    except pl.exceptions.PolarsError:
        frame = _slow_frame(name, body, width)
    return text_table(tuple(header), frame, first_row=first_row, last_fields=_last_fields(body))


def _slow_frame(name: str, body: bytes, width: int) -> pl.DataFrame:
    """Rows by the standard library's reader, which takes stray quotes as they come."""
    records = _records(name, io.StringIO(body.decode("utf-8"), newline=""))
    padded = [[cell or None for cell in record[:width]] + [None] * (width - len(record)) for record in records]
    return pl.DataFrame(padded, schema={str(n): pl.String for n in range(width)}, orient="row")


def _records(name: str, lines: Iterable[str]) -> Iterator[list[str]]:
    """Rows of cells. Raises: Undecodable for a cell without end."""
    try:
        yield from csv.reader(lines)
    except csv.Error as error:
        reason = f"a cell is longer than {csv.field_size_limit():,} characters" if "limit" in str(error) else str(error)
        raise undecodable(
            name, f"The text cannot be parted into cells: {reason}", "Get the file again from the publisher"
        ) from error


def _last_fields(body: bytes) -> int | None:
    """How many fields the last record has; unknown when it spans lines."""
    trimmed = body.rstrip(b"\r\n")
    if not trimmed:
        return None
    line = trimmed[trimmed.rfind(b"\n") + 1 :]
    if line.count(b'"') % 2:
        return None
    records = list(csv.reader(io.StringIO(line.decode("utf-8"), newline="")))
    return len(records[-1]) if records else None
