"""
Official files: what each must be, reading them, keeping them, asking them.

`contracts()` makes every contract known; `store.Store` keeps releases; `adding.add` is the one way in;
`warehouse.Warehouse` is the one way to ask with SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from strandline.sources.contract import Contract

PUBLICATIONS = ("registers", "inspections", "results", "context", "areas", "derived")


def contracts() -> Mapping[str, Contract]:
    """Every registered contract by name: imports each module of the publication folders, which register on import."""
    for folder in PUBLICATIONS:
        package = import_module(f"{__name__}.{folder}")
        for module in walk_packages(package.__path__, prefix=f"{package.__name__}."):
            import_module(module.name)
    from strandline.sources.contract import REGISTRY

    return dict(REGISTRY)
