"""Gzip and zip: what they hold, within bounds."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator

from strandline.sources.decoding.tables import Payload, undecodable

MOST_UNPACKED_BYTES = 4 << 30


def gunzipped(name: str, content: bytes) -> bytes:
    """The one file in a gzip. Raises: Undecodable."""
    try:
        with gzip.open(io.BytesIO(content)) as file:
            unpacked = file.read(MOST_UNPACKED_BYTES + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise undecodable(name, "The gzip file is cut short or damaged", "Get it again") from error
    return _not_too_big(name, unpacked)


def unzipped(name: str, content: bytes) -> Iterator[Payload]:
    """Every file in a zip, in order of name. Raises: Undecodable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED_BYTES:
                _not_too_big(name, None)
            for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
                if not entry.is_dir() and not entry.filename.startswith("__MACOSX/"):
                    folder = entry.filename.rpartition("/")[0]
                    yield Payload(name=f"{name}/{entry.filename}", content=archive.read(entry), folder=folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise undecodable(name, f"The archive cannot be opened: {error}", "Get it again") from error


def _not_too_big(name: str, content: bytes | None) -> bytes:
    if content is None or len(content) > MOST_UNPACKED_BYTES:
        raise undecodable(name, "The archive unpacks to more than 4 GB", "Add its files one by one")
    return content
