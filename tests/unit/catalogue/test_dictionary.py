"""What may be known about a school."""

from __future__ import annotations

import pytest

from strandline.catalogue import FEATURES, Kind, UnknownFeature, feature, groups
from strandline.kernel.units import Unit


def test_every_feature_says_what_it_means_and_where_it_comes_from() -> None:
    bare = [f.name for f in FEATURES.values() if not (f.meaning and f.source)]
    assert bare == []


def test_codes_list_their_values_and_nothing_else_does() -> None:
    assert [f.name for f in FEATURES.values() if (f.kind is Kind.CODE) != bool(f.values)] == []


def test_a_percentage_names_a_cohort_that_exists_and_counts_pupils() -> None:
    for f in FEATURES.values():
        if f.cohort:
            assert FEATURES[f.cohort].unit is Unit.PUPILS, f.name


def test_names_are_lower_case_identifiers_and_groups_hold_all_of_them() -> None:
    assert all(name.isidentifier() and name == name.lower() for name in FEATURES)
    assert sum(len(rows) for rows in groups().values()) == len(FEATURES)


def test_an_unknown_name_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownFeature, match="ks2_rwm_expected"):
        feature("ks2_rwm_expcted")
