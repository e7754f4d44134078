"""The made-up country that the papers are written about."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from strandline.reports import compose
from strandline.reports.document import Document
from strandline.reports.input import ReportInput

FAKES = Path(__file__).resolve().parents[2] / "fakes" / "report_inputs.py"


def _load() -> ModuleType:
    import sys

    specification = importlib.util.spec_from_file_location("fake_report_inputs", FAKES)
    module = importlib.util.module_from_spec(specification)
    sys.modules["fake_report_inputs"] = module
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def fakes() -> ModuleType:
    return _load()


@pytest.fixture(scope="session")
def world(fakes: ModuleType):
    return fakes.world()


@pytest.fixture(scope="session")
def view(world) -> ReportInput:
    return world.view


@pytest.fixture(scope="session")
def document(view: ReportInput) -> Document:
    return compose(view)
