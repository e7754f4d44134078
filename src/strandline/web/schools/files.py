"""Rows as a file to download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse

from strandline.runs import export

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(rows: Iterable[Mapping[str, object]], *, name: str, form: str, headings: Iterable[str]) -> HttpResponse:
    """The rows as a CSV or XLSX file; text that a spreadsheet would execute is quoted. No rows: the headings alone."""
    kept = list(rows) or [dict.fromkeys(headings, None)]
    with TemporaryDirectory() as folder:
        path = export.write(kept, Path(folder) / f"rows.{form}")
        content = path.read_bytes()
    response = HttpResponse(content, content_type=MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response
