"""Every feature by its name; the only list of what facts hold and what a pack may ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from strandline.catalogue import context, identity, inspection, results
from strandline.catalogue.feature import Feature, Group
from strandline.kernel.errors import BugError, UserError


class UnknownFeature(UserError):
    """A name that the catalogue does not hold."""


def _by_name(features: Iterable[Feature]) -> Mapping[str, Feature]:
    table: dict[str, Feature] = {}
    for feature in features:
        if feature.name in table:
            raise BugError(f"the catalogue names {feature.name} twice")
        table[feature.name] = feature
    return MappingProxyType(table)


FEATURES: Mapping[str, Feature] = _by_name(
    (*identity.FEATURES, *inspection.FEATURES, *results.FEATURES, *context.FEATURES)
)


def feature(name: str) -> Feature:
    """The feature called `name`. Raises: UnknownFeature, which names the nearest ones."""
    try:
        return FEATURES[name]
    except KeyError:
        near = nearest_names(name)
        advice = f"Did you mean {', '.join(near)}?" if near else "See the data dictionary in the reference"
        raise UnknownFeature(f"there is no feature called {name}", what_to_do=advice) from None


def nearest_names(name: str, *, among: Iterable[str] | None = None, count: int = 3) -> tuple[str, ...]:
    """The known names closest to `name`, best first; for error messages."""
    return tuple(get_close_matches(name, list(FEATURES if among is None else among), n=count, cutoff=0.6))


def groups() -> Mapping[Group, tuple[Feature, ...]]:
    """Features by group, in catalogue order."""
    return {group: tuple(f for f in FEATURES.values() if f.group is group) for group in Group}
