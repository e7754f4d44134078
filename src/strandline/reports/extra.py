"""What to say when the libraries that papers are rendered with are not installed."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from strandline.kernel.errors import UserError

NEEDED = frozenset({"altair", "docx", "docxtpl", "jinja2", "scipy", "typst", "vl_convert"})


class ReportsNotInstalled(UserError):
    """The `reports` extra is missing."""


def renderer(module: str) -> ModuleType:
    """
    Import a module that needs the `reports` extra.

    Raises: ReportsNotInstalled, naming what is missing and how to install it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in NEEDED:
            raise
        raise ReportsNotInstalled(
            f"Papers cannot be written, because {missing} is not installed",
            what_to_do='Install the reports extra: pip install "strandline[reports]"',
        ) from error
