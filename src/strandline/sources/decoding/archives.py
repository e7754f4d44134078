"""Gzip and zip: what they hold, within bounds."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator

from strandline.sources.decoding.tables import Payload, undecodable

MOST_UNPACKED_BYTES = 4 << 30
UNSUSPICIOUS_BYTES = 64 << 20
MOST_TIMES_PACKED = 200


def gunzipped(name: str, content: bytes) -> bytes:
    """The one file in a gzip. Raises: Undecodable."""
    try:
        with gzip.open(io.BytesIO(content)) as file:
            unpacked = file.read(_room(len(content)) + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise undecodable(name, "The gzip file is cut short or damaged", "Get it again") from error
    refuse_beyond(name, packed=len(content), unpacked=len(unpacked))
    return unpacked


def unzipped(name: str, content: bytes) -> Iterator[Payload]:
    """Every file in a zip, in order of name. Raises: Undecodable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            whole = sum(entry.file_size for entry in archive.infolist())
            refuse_beyond(name, packed=len(content), unpacked=whole)
            for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
                if not entry.is_dir() and not entry.filename.startswith("__MACOSX/"):
                    folder = entry.filename.rpartition("/")[0]
                    yield Payload(name=f"{name}/{entry.filename}", content=archive.read(entry), folder=folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise undecodable(name, f"The archive cannot be opened: {error}", "Get it again") from error


def _room(packed: int) -> int:
    """How many bytes an archive of so many may unpack to: tables shrink ten or twenty times, not hundreds."""
    return min(MOST_UNPACKED_BYTES, max(UNSUSPICIOUS_BYTES, MOST_TIMES_PACKED * packed))


def refuse_beyond(name: str, *, packed: int, unpacked: int) -> None:
    """Refuse what would fill the memory before it is unpacked. Raises: Undecodable."""
    if unpacked <= _room(packed):
        return
    size = "more than 4 GB" if unpacked > MOST_UNPACKED_BYTES else f"over {MOST_TIMES_PACKED} times its size"
    raise undecodable(name, f"The archive unpacks to {size}", "Unpack it, look, and add its files one by one")
