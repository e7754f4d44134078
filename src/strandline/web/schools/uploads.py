"""Files that people send: known by their first bytes, not by what they are called."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile

from strandline.kernel.errors import UserError

LARGEST_BYTES: Final = 10 * 1024 * 1024
OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
KINDS: Final = {
    ".pdf": "application/pdf",
    ".docx": f"{OPEN_XML}.wordprocessingml.document",
    ".xlsx": f"{OPEN_XML}.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}
SAID: Final = "PDF, Word (.docx), Excel (.xlsx), PNG, JPEG, plain text or CSV"
CONTENTS: Final = "[Content_Types].xml"
LARGEST_UNPACKED: Final = 20 * LARGEST_BYTES
MOST_PARTS: Final = 5_000
PARTS: Final = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}


class UploadRefused(UserError):
    """A file that the desk does not keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it was sent, with the type that its content shows."""

    name: str
    content: bytes
    suffix: str

    @property
    def media_type(self) -> str:
        """What the file is, for the browser that opens it."""
        return KINDS[self.suffix]


def accept(file: UploadedFile[Any]) -> Upload:
    """The file, if its size and its content are allowed. Raises: UploadRefused."""
    name = str(file.name or "")
    if (file.size or 0) > LARGEST_BYTES:
        raise UploadRefused(
            f"“{name}” is larger than {LARGEST_BYTES // 1024 // 1024} MB", what_to_do="Send a smaller file, or a part"
        )
    content = file.read()
    suffix = _suffix_of(content, name=name)
    if suffix == "":
        raise UploadRefused(f"“{name}” is not a file that the desk keeps", what_to_do=f"Send {SAID}")
    return Upload(name=name, content=content, suffix=suffix)


def _suffix_of(content: bytes, *, name: str) -> str:
    """The suffix that fits the content; empty where none does or where the name says another."""
    if content.startswith(b"%PDF-"):
        found = ".pdf"
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        found = ".png"
    elif content.startswith(b"\xff\xd8\xff"):
        found = ".jpg"
    elif content.startswith(b"PK\x03\x04"):
        found = _open_xml(content)
    else:
        found = _plain_text(content, name=name)
    named = PurePath(name).suffix.lower().replace(".jpeg", ".jpg")
    return found if named == found else ""


def _open_xml(content: bytes) -> str:
    """Word or Excel without macros, of a size that can be opened; any other archive is none of them."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return ""
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
        return ""
    if any(name.startswith("/") or ".." in name.split("/") for name in names) or CONTENTS not in names:
        return ""
    return next((suffix for part, suffix in PARTS.items() if part in names), "")


def _plain_text(content: bytes, *, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".txt", ".csv") or not content or b"\x00" in content:
        return ""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return suffix
