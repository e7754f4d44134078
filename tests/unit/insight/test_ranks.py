from __future__ import annotations

import pytest

from strandline.insight.ranks import Band, NoSuchRank, band, majority, ordinal, ranks


def test_equal_values_share_the_better_place() -> None:
    places = {rank.key: (rank.place, rank.words) for rank in ranks({"a": 63, "b": 63, "c": 59, "d": None})}
    assert places == {"a": (1, "joint 1st of 3"), "b": (1, "joint 1st of 3"), "c": (3, "3rd of 3")}


def test_where_low_is_good_the_lowest_value_is_first() -> None:
    assert [rank.key for rank in ranks({"a": 5.0, "b": 2.0}, high_is_good=False)] == ["b", "a"]


def test_a_place_beyond_the_last_band_is_refused() -> None:
    with pytest.raises(NoSuchRank):
        band(151, bands=(Band(name="only", first=1, last=150),))


def test_a_board_without_votes_cannot_decide() -> None:
    with pytest.raises(NoSuchRank):
        majority(0)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (112, "112th"), (91, "91st")]
)
def test_ordinals_read_as_they_are_spoken(number: int, words: str) -> None:
    assert ordinal(number) == words
