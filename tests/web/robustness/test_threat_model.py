"""The threat model names the tests that hold its controls: each of them exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_every_test_that_the_threat_model_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")))
    written = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        written |= set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(named) > 50
    assert named - written == set()


def test_every_threat_has_a_control_and_a_test() -> None:
    text = (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([STRIDE]) \| (.+?) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert {kind for kind, *_ in rows} == set("STRIDE")
    assert [threat for _, threat, _, tests in rows if "`test_" not in tests] == []
