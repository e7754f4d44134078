"""Run every benchmark in a process of its own and keep what they print in RESULTS.md."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ARGUMENTS = {"kills": ["--rounds", "20", "--actions", "200", "--both"]}
PEERS = ("polars", "duckdb", "pyarrow", "sqlglot", "openfisca-core", "typer", "typst")
SCRIPTS = {
    "startup": "Starting",
    "adding": "Adding official files",
    "rules": "Categorising a million schools",
    "equality": "Two evaluators, a million times",
    "national": "All England, from files to decisions",
    "desk": "The desk's pages, and fifty people at once",
    "kills": "The desk killed in the middle of its work",
}


def heading() -> str:
    """What was measured on, without naming the machine."""
    versions = ", ".join(f"{name} {version(name)}" for name in PEERS)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}"
    return (
        f"# Benchmarks\n\nMeasured on {date.today():%d %B %Y} with {machine}. Ratios are of medians taken in one run, "
        "side by side; quote the ratios, not the times. `make bench` measures anew.\n"
    )


def main() -> int:
    """Run all, or those named; fail where one does."""
    named = sys.argv[1:] or list(SCRIPTS)
    parts, failed = [heading()], []
    for name in named:
        command = [sys.executable, FOLDER / f"{name}.py", *ARGUMENTS.get(name, ())]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        sys.stdout.write(f"## {SCRIPTS[name]}\n\n{done.stdout}\n")
        parts.append(f"## {SCRIPTS[name]}\n\n{done.stdout.strip()}\n")
        if done.returncode != 0:
            sys.stderr.write(done.stderr)
            failed.append(name)
    if not sys.argv[1:] and not failed:
        (FOLDER / "RESULTS.md").write_text("\n".join(parts), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
