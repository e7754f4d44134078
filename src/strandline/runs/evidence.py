"""One school as the rules see it: its figures, and for each that is not there the reason."""

from __future__ import annotations

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
    found = schools_in(run, urns=pl.Series([urn], dtype=pl.Int64))
    if not found:
        inputs = run.manifest.inputs
        area = "England" if inputs.authority == "all" else f"authority {inputs.authority}"
        raise SchoolNotInRun(
            f"The run {run.run_id} holds no school with URN {urn}",
            what_to_do=f"It holds the schools of {area} that were open on {inputs.as_at}; see strandline runs schools",
        )
    return found[urn]


def schools_in(run: Run, *, urns: pl.Series) -> dict[int, dict[str, Given]]:
    """The same of several schools at once; those that the run does not hold are left out."""
    wanted = pl.col("urn").is_in(urns.implode())
    facts, missing, judged = (run.table(name).filter(wanted) for name in ("facts", "missing", "judgements"))
    return together(facts, missing=missing, judged=judged)


def together(facts: pl.DataFrame, *, missing: pl.DataFrame, judged: pl.DataFrame) -> dict[int, dict[str, Given]]:
    """Rows of figures, of reasons and of judgements as one mapping per school."""
    schools: dict[int, dict[str, Given]] = {row["urn"]: row for row in facts.iter_rows(named=True)}
    for urn, name, reason, token in missing.select("urn", "feature", "reason", "token").iter_rows():
        schools[urn][name] = Missing(reason=MissingReason(reason), token=token)
    for urn, name, kind, value in judged.select("urn", "name", "kind", "value").iter_rows():
        if urn in schools:
            schools[urn][name] = from_text(kind, value)
    return schools


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
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)
