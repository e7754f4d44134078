"""
All England end to end: official files to decisions, with the time of each stage and the peak memory of each command.

Needs the official files (STRANDLINE_DATA, or beside the checkout). Each command is a process of its own, as an officer
starts it; the goal for the peak is one gigabyte.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOAL_BYTES = 1_000_000_000
COMMAND = [sys.executable, "-c", "import sys; sys.argv[0] = 'strandline'; from strandline.cli import main; main()"]
DICTIONARIES = ("_meta.", "abbreviations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One command: wall seconds, peak resident bytes, what it printed."""

    seconds: float
    peak: int
    printed: str


def official_files() -> list[Path]:
    """The official files, the publishers' dictionaries left out."""
    named = os.environ.get("STRANDLINE_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data" / "official"
    if not folder.is_dir():
        sys.exit("The official files are not here: set STRANDLINE_DATA to their folder.")
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if not any(word in path.name for word in DICTIONARIES)]


def measure(*arguments: str | Path) -> Measured:
    """Run one command line in a fresh process."""
    with tempfile.TemporaryFile() as printed:
        started = time.perf_counter()
        process = subprocess.Popen([*COMMAND, *map(str, arguments)], stdout=printed)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"strandline {' '.join(map(str, arguments))} left with {os.waitstatus_to_exitcode(status)}")
        printed.seek(0)
        return Measured(seconds=seconds, peak=usage.ru_maxrss * 1024, printed=printed.read().decode())


def main() -> None:
    """Print one row per command, and the stages of the run."""
    files = official_files()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        place = ("--home", home)
        added = measure("data", "add", *files, *place, "--json")
        england = ("run", "--authority", "all", "--pack", "england-2026", "--as-at", "2025-10-01", *place)
        run = measure(*england, "--json", "--timings")
        again = measure(*england, "--json")
        summary = json.loads(run.printed)
        urn = measure("runs", "schools", "latest", *place, "--json")
        first = json.loads(urn.printed)[0]["urn"]
        explained = measure("explain", str(first), "--run", "latest", *place, "--json")
    print(f"England: {summary['schools']:,} schools, {summary['states']['decided']:,} decided.\n")
    print("| command | seconds | peak MB |\n|---|---|---|")
    rows = {
        f"data add, {len(files)} files": added,
        "run, all England": run,
        "run again (nothing changed)": again,
        "explain one school": explained,
    }
    for name, each in rows.items():
        print(f"| {name} | {each.seconds:.1f} | {each.peak / 1e6:,.0f} |")
    print("\n| stage of the run | seconds |\n|---|---|")
    for stage, seconds in summary["timings"].items():
        print(f"| {stage} | {seconds:.2f} |")
    verdict = "within" if run.peak <= GOAL_BYTES else "above"
    print(f"\nThe peak of the run is {verdict} the goal of {GOAL_BYTES / 1e6:,.0f} MB.")


if __name__ == "__main__":
    main()
