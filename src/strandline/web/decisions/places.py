"""Where the desk's runs and packs lie."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from strandline.runs.record import Run, open_run
from strandline.web.decisions.models import DeskRun


def home() -> Path:
    """The folder of official files, packs and runs."""
    return Path(settings.RUNS_HOME)


def run_of(desk_run: DeskRun) -> Run:
    """The run on disk behind one that was taken to the desk. Raises: RunNotFound."""
    return open_run(home(), desk_run.run_id)
