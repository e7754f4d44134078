"""
Schools like a school: how far apart they are in a few figures, and how sure one can be of it.

Distance: each figure's difference is divided by its scale, squared, and the mean is taken over the figures known to
both schools; the distance is the root of that mean. 0 says that the known figures are equal, 1 that they lie apart, on
a typical figure, by as much as the middle half of the schools spans.

Scale: the interquartile range of a figure (quartiles by linear interpolation, both ends counted) among all schools of
the phase group, before any option narrows them: an option takes schools away and changes no distance. Where the middle
half all have the same value, the whole range; where every school has, any scale gives a difference of 0.

Missing: a figure that either school lacks is left out of their distance, never filled in. The confidence is the share
of the figures known to both; below a half no distance is given and the school is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt
from statistics import quantiles

from strandline.insight.shares import percent_of
from strandline.kernel.errors import UserError

LEAST_CONFIDENCE = 0.5


class NotComparable(UserError):
    """A school is not among those compared, stands there twice, has no finite figure, or an option is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """
    What is known of a school for a comparison.

    Missing: a figure without a value is None or left out; a school without a group or a trait shares it with none.
    """

    urn: int
    group: str | None
    figures: Mapping[str, float | None]
    traits: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A school beside the one asked about. `known` of `of` figures stand behind the distance; equals share a place."""

    urn: int
    place: int
    distance: float
    known: int
    of: int

    @property
    def confidence(self) -> float:
        """The share of the figures that is known to both."""
        return self.known / self.of

    @property
    def confidence_percent(self) -> int:
        """The same in whole per cent."""
        return int(percent_of(self.known, of=self.of))


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """
    The schools like one school, the nearest first.

    `group` counts the other schools of the phase group; `leaves` says for each option how many of them share it and
    everything chosen; `unknown` are those that fit but have too few figures in common for a distance.
    """

    of: int
    ranked: tuple[Peer, ...]
    unknown: tuple[int, ...]
    group: int
    leaves: Mapping[str, int]


def peers(
    schools: Iterable[Comparable],
    *,
    of: int,
    figures: Sequence[str],
    options: Sequence[str] = (),
    same: Iterable[str] = (),
) -> Peers:
    """
    The schools of the same phase group that share the traits in `same`, by their distance; equal ones by URN.

    Shape:  `options` are the traits that may be asked for, `same` those that are.
    Raises: NotComparable.
    """
    by_urn = _by_urn(schools, figures=figures)
    wanted = tuple(dict.fromkeys(same))
    strange = [name for name in wanted if name not in options]
    if of not in by_urn or strange or not figures:
        what = f"School {of} cannot be compared by {', '.join(strange) or 'these figures'}"
        raise NotComparable(what, what_to_do=f"Ask for a school of the list, and for any of: {', '.join(options)}")
    one = by_urn[of]
    group = [each for urn, each in sorted(by_urn.items()) if urn != of and each.group == one.group and one.group]
    scales = {name: _scale(name, (one, *group)) for name in figures}
    fitting = [each for each in group if _share(one, each, wanted)]
    measured = {each.urn: distance(one, each, scales=scales) for each in fitting}
    return Peers(
        of=of,
        ranked=_ranked({urn: far for urn, far in measured.items() if far is not None}, len(figures)),
        unknown=tuple(urn for urn, far in measured.items() if far is None),
        group=len(group),
        leaves={name: sum(_share(one, each, (*wanted, name)) for each in group) for name in options},
    )


def distance(one: Comparable, other: Comparable, *, scales: Mapping[str, float]) -> tuple[float, int] | None:
    """
    How far apart two schools are in the figures that `scales` names, and how many of them both have.

    Missing: None where fewer than half of the figures are known to both.
    """
    parts = [
        ((mine - theirs) / scale) ** 2
        for name, scale in scales.items()
        if (mine := one.figures.get(name)) is not None and (theirs := other.figures.get(name)) is not None
    ]
    if not parts or len(parts) < LEAST_CONFIDENCE * len(scales):
        return None
    return sqrt(fsum(parts) / len(parts)), len(parts)


def _by_urn(schools: Iterable[Comparable], *, figures: Sequence[str]) -> dict[int, Comparable]:
    found: dict[int, Comparable] = {}
    for each in schools:
        if each.urn in found:
            raise NotComparable(f"School {each.urn} stands twice in the list", what_to_do="Give each school once")
        known = [value for name in figures if (value := each.figures.get(name)) is not None]
        if not all(isfinite(value) for value in known):
            raise NotComparable(f"A figure of school {each.urn} is not finite", what_to_do="Leave it out as missing")
        found[each.urn] = each
    return found


def _scale(figure: str, schools: Iterable[Comparable]) -> float:
    known = sorted(value for each in schools if (value := each.figures.get(figure)) is not None)
    if len(known) < 2:
        return 1.0
    low, _, high = quantiles(known, n=4, method="inclusive")
    return (high - low) or (known[-1] - known[0]) or 1.0


def _share(one: Comparable, other: Comparable, traits: Iterable[str]) -> bool:
    return all(one.traits.get(name) is not None and one.traits.get(name) == other.traits.get(name) for name in traits)


def _ranked(measured: Mapping[int, tuple[float, int]], of: int) -> tuple[Peer, ...]:
    rows: list[Peer] = []
    nearest = sorted(measured.items(), key=lambda item: (item[1][0], item[0]))
    for position, (urn, (far, known)) in enumerate(nearest, start=1):
        place = rows[-1].place if rows and rows[-1].distance == far else position
        rows.append(Peer(urn=urn, place=place, distance=far, known=known, of=of))
    return tuple(rows)
