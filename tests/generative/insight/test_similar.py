"""Similar schools on made-up registers: nobody is their own peer, nobody comes twice, nearness is mutual."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from strandline.insight.similar import LEAST_CONFIDENCE, Comparable, Peers, peers

FIGURES = ("pupils", "fsm", "eal", "idaci")
OPTIONS = ("form", "region")
values = st.none() | st.integers(0, 2_000).map(lambda tenths: tenths / 10)
traits = st.fixed_dictionaries({name: st.sampled_from([None, "a", "b"]) for name in OPTIONS})
schools = st.builds(
    Comparable,
    urn=st.integers(100_000, 100_040),
    group=st.sampled_from([None, "primary", "secondary"]),
    figures=st.fixed_dictionaries(dict.fromkeys(FIGURES, values)),
    traits=traits,
)
registers = st.lists(schools, min_size=1, max_size=25, unique_by=lambda each: each.urn)
chosen = st.lists(st.sampled_from(OPTIONS), max_size=3)


def asked(register: list[Comparable], of: int, same: list[str]) -> Peers:
    return peers(register, of=of, figures=FIGURES, options=OPTIONS, same=same)


@settings(max_examples=200, deadline=None)
@given(registers, chosen)
def test_every_peer_is_another_school_of_the_group_once_and_shares_all_that_is_asked(
    register: list[Comparable], same: list[str]
) -> None:
    by_urn = {each.urn: each for each in register}
    for one in register:
        found = asked(register, one.urn, same)
        listed = [*(peer.urn for peer in found.ranked), *found.unknown]
        assert one.urn not in listed
        fitting = {
            each.urn
            for each in register
            if each is not one
            and one.group is not None
            and each.group == one.group
            and all(one.traits[name] is not None and one.traits[name] == each.traits[name] for name in same)
        }
        assert sorted(listed) == sorted(fitting), "each that fits, and none twice"
        for peer in found.ranked:
            both = [n for n in FIGURES if one.figures[n] is not None and by_urn[peer.urn].figures[n] is not None]
            assert (peer.known, peer.of) == (len(both), len(FIGURES))
            assert peer.confidence >= LEAST_CONFIDENCE


@settings(max_examples=200, deadline=None)
@given(registers, chosen)
def test_nearness_is_mutual_and_ranked_from_the_nearest(register: list[Comparable], same: list[str]) -> None:
    found = {one.urn: asked(register, one.urn, same) for one in register}
    told = {(urn, peer.urn): (peer.distance, peer.known) for urn, each in found.items() for peer in each.ranked}
    assert all(told[other, urn] == value for (urn, other), value in told.items())
    assert all(far >= 0 for far, _ in told.values())
    for each in found.values():
        assert all((a.distance, a.urn) < (b.distance, b.urn) for a, b in pairwise(each.ranked))
        assert all((a.place == b.place) == (a.distance == b.distance) for a, b in pairwise(each.ranked))
        assert all(peer.place <= position for position, peer in enumerate(each.ranked, start=1))


@settings(max_examples=150, deadline=None)
@given(registers, chosen, st.randoms(use_true_random=False))
def test_the_order_of_the_register_changes_nothing(register: list[Comparable], same: list[str], shuffler) -> None:
    mixed = list(register)
    shuffler.shuffle(mixed)
    of = register[0].urn
    assert asked(register, of, same) == asked(mixed, of, same)


@settings(max_examples=150, deadline=None)
@given(registers, chosen)
def test_an_option_leaves_exactly_the_schools_that_it_says(register: list[Comparable], same: list[str]) -> None:
    of = register[0].urn
    said = asked(register, of, same).leaves
    for name in OPTIONS:
        found = asked(register, of, [*same, name])
        assert len(found.ranked) + len(found.unknown) == said[name]


@settings(max_examples=150, deadline=None)
@given(registers, st.sampled_from(FIGURES))
def test_taking_a_figure_away_never_raises_confidence(register: list[Comparable], figure: str) -> None:
    of = register[0].urn
    before = {peer.urn: peer.confidence for peer in asked(register, of, []).ranked}
    poorer = [replace(each, figures={**each.figures, figure: None}) for each in register]
    after = {peer.urn: peer.confidence for peer in asked(poorer, of, []).ranked}
    assert set(after) <= set(before)
    assert all(after[urn] <= before[urn] for urn in after)
