"""Every requirement that the desk answers is named by at least one test: none is forgotten (acceptance 9)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
NAMED = re.compile(r"\b([A-Z]{3})-(\d{2})\b")
REQUIREMENTS = """
SEF-01 SEF-02 SEF-04 SEF-09 SEF-42 SEF-47
WAR-01 WAR-02 WAR-05 WAR-06 WAR-28 WAR-29 WAR-30 WAR-42 WAR-49 WAR-51 WAR-53 WAR-56 WAR-57 WAR-58 WAR-61
WAL-02 WAL-04 WAL-05 WAL-06 WAL-09 WAL-10 WAL-16 WAL-22 WAL-27 WAL-29
HAL-01 HAL-04 HAL-05 HAL-08 HAL-13 HAL-28 HAL-29
CAM-01 CAM-06 CAM-07 CAM-08 CAM-09 CAM-10 CAM-11 CAM-12 CAM-14 CAM-25 CAM-26 CAM-28
""".split()


def docstrings(path: Path) -> Iterator[str]:
    """What the tests of a file say of themselves."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield ast.get_docstring(node) or ""


@cache
def named() -> frozenset[str]:
    """Every requirement that the docstring of a test names."""
    files = (path for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    return frozenset("-".join(found) for path in files for told in docstrings(path) for found in NAMED.findall(told))


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_a_requirement_is_named_by_a_test(requirement: str) -> None:
    assert requirement in named(), f"no test says that it shows {requirement}"


def test_a_requirement_is_listed_once() -> None:
    assert len(REQUIREMENTS) == len(set(REQUIREMENTS)) == 50
