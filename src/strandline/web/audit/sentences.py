"""
The audit in words: one sentence for each action name.

Each room keeps its own in a module `sentences` with `SENTENCES = {"decisions.overridden": "{who} put {school} in …"}`;
a sentence may name who, school, subject, before.<field> and after.<field>.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings


@cache
def sentences() -> Mapping[str, str]:
    """Every action name with its sentence, from every room."""
    found: dict[str, str] = {}
    for room in settings.PRESENT:
        name = f"strandline.web.{room}.sentences"
        if room != "audit" and find_spec(name):
            found |= import_module(name).SENTENCES
    return found
