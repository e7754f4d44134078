from __future__ import annotations

import pytest

from strandline.insight.similar import Comparable, NotComparable, Peers, peers

FIGURES = ("pupils", "fsm")
OPTIONS = ("form", "region")


def school(urn: int, pupils: float | None, fsm: float | None = 10.0, *, group: str | None = "primary", **traits: str):
    return Comparable(urn=urn, group=group, figures={"pupils": pupils, "fsm": fsm}, traits=traits)


def asked(*schools: Comparable, of: int = 1, same: tuple[str, ...] = ()) -> Peers:
    return peers(schools, of=of, figures=FIGURES, options=OPTIONS, same=same)


def test_a_distance_is_the_root_mean_square_of_differences_in_interquartile_ranges() -> None:
    """Pupils 100, 200, 300, 400, 500: quartiles 200 and 400. Shares 10, 10, 20, 30, 30: quartiles 10 and 30."""
    found = asked(school(1, 100, 10), school(2, 200, 10), school(3, 300, 20), school(4, 400, 30), school(5, 500, 30))
    told = {peer.urn: peer.distance for peer in found.ranked}
    assert told[2] == pytest.approx(((0.5**2 + 0) / 2) ** 0.5)
    assert told[3] == pytest.approx(((1**2 + 0.5**2) / 2) ** 0.5)
    assert told[5] == pytest.approx(((2**2 + 1**2) / 2) ** 0.5)
    assert [peer.urn for peer in found.ranked] == [2, 3, 4, 5]


def test_equal_distances_share_a_place_and_stand_in_the_order_of_urns() -> None:
    found = asked(school(1, 200), school(9, 300), school(4, 100), school(7, 500))
    assert [(peer.place, peer.urn) for peer in found.ranked] == [(1, 4), (1, 9), (3, 7)]


def test_a_missing_figure_is_left_out_and_costs_confidence() -> None:
    found = asked(school(1, 200, 10), school(2, 200, None), school(3, 200, 12), school(4, 300, 20))
    first = found.ranked[0]
    assert (first.urn, first.distance, first.known, first.confidence, first.confidence_percent) == (2, 0, 1, 0.5, 50)
    assert {peer.confidence for peer in found.ranked[1:]} == {1.0}


def test_a_school_with_too_few_figures_in_common_is_counted_and_not_ranked() -> None:
    found = asked(school(1, 200, 10), school(2, None, None), school(3, 200, 12))
    assert found.unknown == (2,)
    assert [peer.urn for peer in found.ranked] == [3]
    assert found.group == 2


def test_a_school_without_any_figure_has_no_peer_at_a_distance() -> None:
    found = asked(school(1, None, None), school(2, 200), school(3, 300))
    assert found.ranked == ()
    assert found.unknown == (2, 3)


def test_an_option_says_how_many_schools_it_leaves_with_those_chosen() -> None:
    schools = (
        school(1, 100, form="community", region="north"),
        school(2, 200, form="community", region="south"),
        school(3, 300, form="academy", region="north"),
        school(4, 400, form="community", region="north"),
        school(5, 500, form="community", region="north", group="secondary"),
    )
    assert asked(*schools).leaves == {"form": 2, "region": 2}
    narrowed = asked(*schools, same=("form",))
    assert narrowed.leaves == {"form": 2, "region": 1}
    assert [peer.urn for peer in narrowed.ranked] == [2, 4]


def test_an_option_changes_no_distance() -> None:
    schools = (school(1, 100, form="a"), school(2, 200, form="a"), school(3, 900, form="b"), school(4, 950, form="b"))
    whole = {peer.urn: peer.distance for peer in asked(*schools).ranked}
    assert {peer.urn: peer.distance for peer in asked(*schools, same=("form",)).ranked} == {2: whole[2]}


def test_what_is_not_known_is_shared_with_nobody() -> None:
    assert asked(school(1, 100), school(2, 100), same=("form",)).ranked == ()
    assert asked(school(1, 100, group=None), school(2, 100, group=None)).group == 0


def test_where_the_middle_half_is_equal_the_whole_range_is_the_scale() -> None:
    found = asked(school(1, 100), school(2, 100), school(3, 100), school(4, 100), school(5, 300))
    assert found.ranked[-1].distance == pytest.approx((1 / 2) ** 0.5)


@pytest.mark.parametrize(
    ("schools", "how", "words"),
    [
        ((school(1, 100), school(1, 100)), {}, "twice"),
        ((school(2, 100),), {}, "School 1 cannot be compared"),
        ((school(1, 100),), {"same": ("colour",)}, "colour"),
        ((school(1, float("nan")),), {}, "not finite"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(schools, how, words: str) -> None:
    with pytest.raises(NotComparable, match=words):
        asked(*schools, **how)
