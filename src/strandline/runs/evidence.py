"""One school as the rules see it: its figures, and for each that is not there the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from strandline.kernel.errors import UserError
from strandline.kernel.missing import Missing, MissingReason
from strandline.runs.record import Run

Given = bool | float | int | str | date | Missing | None


class SchoolNotInRun(UserError):
    """The run holds no school of that number."""


def school_in(run: Run, *, urn: int) -> dict[str, Given]:
    """What the run knew of one school, judgements included. Raises: SchoolNotInRun."""
    row = run.table("facts").filter(pl.col("urn") == urn)
    if row.is_empty():
        inputs = run.manifest.inputs
        raise SchoolNotInRun(
            f"The run {run.run_id} holds no school with URN {urn}",
            what_to_do=f"It holds the schools of {inputs.authority} that were open on {inputs.as_at}; see data list",
        )
    missing = run.table("missing").filter(pl.col("urn") == urn)
    judged = run.table("judgements").filter(pl.col("urn") == urn)
    return {**_values(row.row(0, named=True), missing), **_judged(judged)}


def schools_in(run: Run, *, urns: pl.Series) -> dict[int, dict[str, Given]]:
    """The same of several schools at once."""
    wanted = pl.col("urn").is_in(urns.implode())
    missing = {key[0]: rows for key, rows in run.table("missing").filter(wanted).group_by("urn")}
    judged = {key[0]: rows for key, rows in run.table("judgements").filter(wanted).group_by("urn")}
    none_missing, none_judged = run.table("missing").clear(), run.table("judgements").clear()
    return {
        row["urn"]: {
            **_values(row, missing.get(row["urn"], none_missing)),
            **_judged(judged.get(row["urn"], none_judged)),
        }
        for row in run.table("facts").filter(wanted).iter_rows(named=True)
    }


def _values(row: Mapping[str, Given], missing: pl.DataFrame) -> dict[str, Given]:
    """Every feature with its value or the reason that it has none."""
    reasons = {
        name: Missing(reason=MissingReason(reason), token=token)
        for name, reason, token in missing.select("feature", "reason", "token").iter_rows()
    }
    return {name: reasons.get(name) if value is None else value for name, value in row.items()}


def _judged(judged: pl.DataFrame) -> dict[str, Given]:
    return {name: from_text(kind, value) for name, kind, value in judged.select("name", "kind", "value").iter_rows()}


def from_text(kind: str, text: str) -> Given:
    """A judgement's value as it was before it was written down."""
    if kind == "boolean":
        return text == "true"
    if kind == "number":
        return float(text)
    return date.fromisoformat(text) if kind == "date" else text


def as_text(value: object) -> str:
    """A judgement's value as text that `from_text` reads back."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else repr(value) if isinstance(value, float) else str(value)
