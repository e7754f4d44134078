"""Names for schools and trusts, made of landscape words; no person and no saint is named."""

from __future__ import annotations

from random import Random

FIRST = tuple(
    """
    Alder Amber Ash Barley Beck Birch Black Bramble Brook Broom Chalk Cherry Clay Clover Copse Cross Dale Dun East
    Elder Elm Fair Fern Field Flint Fox Glen Gorse Green Hare Hart Hawthorn Hazel Heath Hedge High Holly Ivy Juniper
    Kestrel Lark Lime Ling Long Marsh Mead Mill Moor Moss North Oak Orchard Otter Over Pebble Plover Quarry Reed
    Ridge Rook Rowan Rush Sand Sedge Shell South Spring Stone Swallow Swan Sycamore Tarn Thistle Thorn Tide Upper
    Water West Wheat White Willow Wren Yarrow Yew
    """.split()
)
LAST = tuple(
    """
    acre bank borough bourne bridge brook bury cliffe combe cote cross dale dean down fen field ford gate grove ham
    haven heath hill holme hurst lea leigh ley marsh mead mere mouth over pool ridge shaw side stead stoke stone
    thorpe ton view wade ward well wick wood worth
    """.split()
)
TRUST_WORDS = (
    "Beacon",
    "Compass",
    "Harbour",
    "Keystone",
    "Lantern",
    "Meridian",
    "Orchard",
    "Pathway",
    "Shoreline",
    "Summit",
    "Tideway",
    "Waymark",
)


def places(random: Random, count: int) -> tuple[str, ...]:
    """`count` different place names, in random order."""
    every = [f"{first}{last}" for first in FIRST for last in LAST if not first.lower().endswith(last[:3])]
    return tuple(random.sample(every, count))


def trusts(random: Random, count: int) -> tuple[str, ...]:
    """`count` different trust names."""
    return tuple(f"{word} Learning Trust" for word in random.sample(TRUST_WORDS, count))
