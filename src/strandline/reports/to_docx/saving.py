"""Saving a Word document so that the same paper gives the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from strandline.reports.document import Document

LONGEST_PROPERTY = 255
EARLIEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)


def saved(document: Document, word: Any) -> bytes:
    """Give the file: properties from the paper, no clock, no machine."""
    _set_properties(document, word.core_properties)
    drawn = BytesIO()
    word.save(drawn)
    return _timeless(drawn.getvalue())


def _set_properties(document: Document, properties: Any) -> None:
    day = document.as_at
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    properties.title = document.title[:LONGEST_PROPERTY]
    properties.subject = document.subject[:LONGEST_PROPERTY]
    properties.author = document.author[:LONGEST_PROPERTY]
    properties.last_modified_by = document.author[:LONGEST_PROPERTY]
    properties.comments = document.subtitle[:LONGEST_PROPERTY]
    properties.language = document.language
    properties.created = properties.modified = moment
    properties.revision = 1


def _timeless(content: bytes) -> bytes:
    """Pack the parts again without the time of packing."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, date_time=EARLIEST_IN_ZIP)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return packed.getvalue()
