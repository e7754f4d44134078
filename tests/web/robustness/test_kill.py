"""The desk dies in the middle of its work: what it leaves belongs together."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

KILLS = Path(__file__).resolve().parents[3] / "benchmarks/kills.py"


def killed(*, rounds: int, actions: int) -> str:
    """Run the attack in a process of its own, on the database of these tests or a fresh one."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTHONPATH")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, str(KILLS), "--rounds", str(rounds), "--actions", str(actions)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_desk_that_is_killed_leaves_no_decision_without_its_audit_row() -> None:
    printed = killed(rounds=2, actions=40)
    row = re.search(r"^\| sqlite (.*)\|$", printed, re.MULTILINE)[1]
    kills, _, told, _, decisions, rows, torn = map(int, row.strip("| ").split("|"))
    assert (kills, torn) == (2, 0)
    assert told >= 20, "the desk worked before it died"
    assert decisions >= 10
    assert rows >= decisions
