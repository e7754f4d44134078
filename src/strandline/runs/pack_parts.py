"""Every part of a pack, however deep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from strandline.kernel.citations import Citation
from strandline.strategy.model import Pack
from strandline.strategy.model.cited import Cited
from strandline.strategy.nodes import Condition


def parts(pack: object) -> Iterator[Cited]:
    """Every part of a pack that may carry a citation, its own and those it imports."""
    if isinstance(pack, Citation | Condition):
        return
    if isinstance(pack, Cited):
        yield pack
    if is_dataclass(pack) and not isinstance(pack, type):
        for field in fields(pack):
            yield from parts(getattr(pack, field.name))
    elif isinstance(pack, Mapping):
        for each in pack.values():
            yield from parts(each)
    elif isinstance(pack, tuple):
        for each in pack:
            yield from parts(each)


def is_own(pack: Pack, place: str) -> bool:
    """True for what stands in the pack's own files, false for what it imports."""
    return not place or place.startswith(f"{pack.id}/")
