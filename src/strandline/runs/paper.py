"""The paper of a run, in the council's form and the formats asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from strandline.reports import FORMATS, HOUSE_TEMPLATE, compose, write
from strandline.reports.input import Meeting
from strandline.runs.measuring import Measuring
from strandline.runs.paper_input import ALL, paper_input
from strandline.runs.record import Run, open_run
from strandline.sources.facts import facts
from strandline.sources.store import Store

__all__ = ["Meeting", "national_facts", "report"]


def report(
    home: Path,
    *,
    run: str,
    out: Path,
    formats: Sequence[str] = FORMATS,
    template: str | Path = HOUSE_TEMPLATE,
    letterhead: Path | None = None,
    meeting: Meeting | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """
    Write the paper of a run into the folder `out`; gives the files.

    Raises: RunNotFound, TemplateNotFound, TemplateFaulty, FormatUnknown, ReportsNotInstalled, LetterheadFaulty.
    """
    tell = progress if progress is not None else _silent
    opened = open_run(home, run)
    tell("Gathering the national figures")
    national = national_facts(home, opened)
    tell("Counting")
    with Measuring(home, opened, national=national) as measuring:
        view = paper_input(measuring, meeting=meeting)
    tell("Writing the paper")
    return write(
        compose(view, template=template), out, formats=formats, name=f"paper_{opened.run_id}", letterhead=letterhead
    )


def national_facts(home: Path, run: Run) -> pl.DataFrame:
    """What was known of every school in England on the day of the run; the run's own facts where it is of England."""
    inputs = run.manifest.inputs
    if inputs.authority == ALL:
        return run.table("facts")
    return facts(Store(home), as_at=inputs.as_at, predecessors=inputs.predecessors).values


def _silent(stage: str) -> None:
    """Tell nobody."""
