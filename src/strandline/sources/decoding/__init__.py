"""
Bytes → sheets of text: what container and encoding a file has, and its rows as they are printed.

Every cell stays text until a contract says what it is. A file name plays no part: a container is known by its first
bytes. Zip and gzip are opened; a workbook gives one sheet for each of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from strandline.sources.decoding.archives import gunzipped, unzipped
from strandline.sources.decoding.structured import json_sheet, parquet_sheet
from strandline.sources.decoding.tables import Payload, Sheet, TextTable, Undecodable, undecodable
from strandline.sources.decoding.text import csv_sheet
from strandline.sources.decoding.workbooks import is_workbook, workbook_sheets

__all__ = ["Payload", "Sheet", "TextTable", "Undecodable", "members", "sheets"]

FOREIGN = {
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "a workbook of the old .xls form; open it and save it as .xlsx or CSV",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"7z\xbc\xaf": "a 7z archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
}


def members(name: str, content: bytes, *, folder: str = "") -> Iterator[Payload]:
    """The file itself, or what a gzip or zip (but not a workbook) holds. Raises: Undecodable."""
    if content[:2] == b"\x1f\x8b":
        yield Payload(name=name.removesuffix(".gz"), content=gunzipped(name, content), folder=folder)
    elif content[:4] == b"PK\x03\x04" and not is_workbook(name, content):
        yield from unzipped(name, content)
    else:
        yield Payload(name=name, content=content, folder=folder)


def sheets(payload: Payload) -> tuple[Sheet, ...]:
    """Every table that the file may hold. Raises: Undecodable."""
    content, name = payload.content, payload.name
    if not content.strip():
        raise undecodable(name, "The file is empty", "Get it again from the publisher")
    for magic, what in FOREIGN.items():
        if content.startswith(magic):
            raise undecodable(name, f"The file is {what}", "Strandline reads CSV, xlsx, JSON, GeoJSON and Parquet")
    if content[:4] == b"PK\x03\x04":
        return tuple(workbook_sheets(name, content))
    if content[:4] == b"PAR1":
        return (parquet_sheet(name, content),)
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        return (json_sheet(name, content),)
    if start[:1] == b"<":
        raise undecodable(
            name, "The file is a web page, not data", "Open the address in a browser and download the file itself"
        )
    return (csv_sheet(name, content),)
