"""Who the schools were on the day: which register, which authority, open or closed."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.catalogue import FEATURES
from strandline.sources.facts import NoRegister, NoSchools

MAY_2013, MAY_2015 = date(2013, 5, 1), date(2015, 5, 1)


def test_the_columns_are_exactly_the_catalogue_and_every_null_is_explained(store, know, primary):
    store.add_register(primary(100_001), primary(100_002, phase=None), as_at=MAY_2013)
    stated = know("2013-06-01").facts
    assert stated.values.columns == list(FEATURES)
    nulls = sum(stated.values.null_count().row(0))
    assert stated.missing.height == nulls
    assert stated.missing["reason"].null_count() == 0
    assert stated.missing.select("urn", "feature").is_duplicated().any() is False


def test_the_latest_register_not_later_than_the_day_says_which_schools_there_are(store, know, primary):
    store.add_register(primary(100_001), primary(100_002), as_at=MAY_2013)
    store.add_register(primary(100_001), primary(100_003), as_at=MAY_2015)
    assert know("2014-01-01").urns == [100_001, 100_002]
    assert know("2016-01-01").urns == [100_001, 100_003]
    assert know("2014-01-01")(100_001, "register_reconstructed") is False


def test_an_earlier_day_than_any_register_is_worked_back_from_the_earliest_and_says_so(store, know, primary):
    store.add_register(
        primary(100_001),
        primary(100_002, opened_on=date(2012, 9, 1)),
        primary(100_003, status="Closed", closed_on=date(2011, 8, 31)),
        primary(100_004, status="Closed", closed_on=date(2009, 8, 31)),
        as_at=MAY_2013,
    )
    store.add_register(primary(100_009), as_at=MAY_2015)
    known = know("2010-03-10")
    assert known.urns == [100_001, 100_003]
    assert known(100_003, "register_reconstructed") is True
    assert known(100_003, "status") == "open"


def test_the_closing_date_is_the_last_day_open(store, know, primary):
    store.add_register(primary(100_001), primary(100_002, closed_on=date(2013, 8, 31)), as_at=MAY_2013)
    assert know("2013-08-31").urns == [100_001, 100_002]
    assert know("2013-09-01").urns == [100_001]


def test_a_school_proposed_to_open_is_no_school_yet(store, know, primary):
    store.add_register(primary(100_001), primary(100_002, status="Proposed to open"), as_at=MAY_2013)
    assert know("2013-06-01").urns == [100_001]


def test_an_authoritys_newer_extract_supplies_its_own_rows_and_removes_no_school(store, know, primary):
    national = store.add_register(primary(100_001), primary(100_002), as_at=MAY_2013)
    extract = store.add_register(
        primary(100_001, school_name="Renamed"), primary(100_003), as_at=date(2013, 6, 1), coverage="authority:937"
    )
    known = know("2013-07-01")
    assert known.urns == [100_001, 100_002, 100_003]
    assert known(100_001, "school_name") == "Renamed"
    assert (known.source(100_001, "identity"), known.source(100_002, "identity")) == (extract, national)


def test_an_extract_that_stands_worse_adds_no_school_but_fills_what_lasts(store, know, primary):
    store.add_register(primary(100_001), as_at=MAY_2013)
    late = store.add_register(
        primary(100_001, easting=430_000.0, pupils_on_roll=210), primary(100_003),
        as_at=MAY_2015, coverage="authority:937",
    )  # fmt: skip
    known = know("2013-06-01")
    assert known.urns == [100_001]
    assert known(100_001, "easting") == 430_000.0
    assert known.source(100_001, "location") == late


def test_what_passes_is_never_taken_from_a_later_register(store, know, primary):
    store.add_register(primary(100_001), as_at=MAY_2013)
    store.add_register(primary(100_001, pupils_on_roll=210, trust_name="A Trust", trust_uid=5), as_at=MAY_2015)
    known = know("2013-06-01")
    assert known(100_001, "pupils_on_roll") == "<not_yet_published>"
    assert known(100_001, "trust_name") == "<not_yet_published>"
    assert know("2015-06-01")(100_001, "trust_name") == "A Trust"


def test_a_blank_trust_in_the_best_register_is_not_filled_from_an_older_one(store, know, primary):
    store.add_register(primary(100_001, trust_name="Left behind"), as_at=MAY_2013)
    store.add_register(primary(100_001, trust_name=None), primary(100_002, trust_name="Another"), as_at=MAY_2015)
    known = know("2015-06-01")
    assert known(100_001, "trust_name") == "<not_applicable>"
    assert known(100_002, "trust_name") == "Another"


def test_an_old_schools_placeholder_opening_date_is_no_date(store, know, primary):
    store.add_register(primary(100_001, opened_on=date(1900, 1, 1)), primary(100_002, opened_on=date(1999, 9, 1)),
                       as_at=MAY_2013)  # fmt: skip
    assert know("2013-06-01")(100_001, "opened_on") == "<blank>"


@pytest.mark.parametrize(
    ("la", "day", "then"),
    [
        (940, "2020-09-01", 928), (941, "2021-03-31", 928), (941, "2021-04-01", 941),
        (942, "2023-03-31", 909), (943, "2023-04-01", 943), (838, "2019-03-31", 835), (895, "2009-03-31", 875),
    ],
)  # fmt: skip
def test_the_authority_is_the_one_of_the_day(store, know, primary, la, day, then):
    store.add_register(primary(100_001, la_code=la, laestab=la * 10_000 + 2_001), as_at=date(2024, 1, 1))
    known = know(day)
    assert known(100_001, "la") == then
    assert known(100_001, "laestab") == (la * 10_000 + 2_001 if then == la else "<not_matched>")


def test_an_authority_split_in_two_is_settled_by_another_register(store, know, primary):
    store.add_register(primary(100_001, la_code=928, laestab=9_282_001), primary(100_002, la_code=928), as_at=MAY_2015)
    store.add_register(primary(100_001, la_code=941, laestab=9_412_001), as_at=date(2024, 1, 1))
    known = know("2022-01-01")
    assert known(100_001, "la") == 941
    assert known(100_001, "la_name") == "West Northamptonshire"
    assert known(100_001, "laestab") == 9_412_001
    assert known(100_002, "la") == "<not_matched>"
    assert know("2020-01-01")(100_002, "la_name") == "Northamptonshire"


def test_bournemouth_poole_and_dorset_are_told_apart_by_an_older_register(store, know, primary):
    store.add_register(primary(100_001, la_code=836), primary(100_002, la_code=837), as_at=date(2018, 1, 1), kind="old",
                       coverage="authority:836")  # fmt: skip
    store.add_register(primary(100_001, la_code=839), primary(100_003, la_code=839), as_at=date(2020, 1, 1))
    known = know("2017-06-01")
    assert known(100_001, "la") == 836
    assert known(100_003, "la") == "<not_matched>"


def test_only_the_schools_of_the_authority_asked_for_are_described(store, know, primary):
    store.add_register(primary(100_001), primary(100_002, la_code=343, laestab=3_432_001), as_at=MAY_2013)
    assert know("2013-06-01", 343).urns == [100_002]


def test_asking_for_an_abolished_authority_says_what_became_of_it(store, know, primary):
    store.add_register(primary(100_001), as_at=date(2022, 1, 1))
    with pytest.raises(NoSchools, match=r"928 became 940 North Northamptonshire and 941 West Northamptonshire"):
        know("2022-06-01", 928)
    with pytest.raises(NoSchools, match=r"940 began on 2021-04-01"):
        know("2020-06-01", 940)


def test_a_store_without_a_register_says_what_to_add(store, know):
    with pytest.raises(NoRegister, match="strandline data add"):
        know("2020-01-01")


FORMS = {
    "Community school": ("community", True, False, False, True),
    "Academy - Converter mainstream": ("academy_converter", False, True, False, True),
    "Academy Sponsor Led": ("academy_sponsor_led", False, True, False, True),
    "Free School Special": ("academy_special", False, True, True, True),
    "Non-Maintained Special School": ("non_maintained_special", False, False, True, True),
    "Other independent school": ("independent", False, False, False, False),
    "LA Nursery School": ("maintained_nursery", True, False, False, True),
    "University technical college": ("university_technical_college", False, True, False, True),
    "City technology college": ("city_technology_college", False, False, False, True),
    "Pupil referral unit": ("pupil_referral_unit", True, False, False, True),
}


def test_the_type_of_establishment_decides_the_legal_form(store, know, primary):
    rows = (primary(100_001 + number, establishment_type=words) for number, words in enumerate(FORMS))
    store.add_register(*rows, as_at=MAY_2013)
    known = know("2013-06-01")
    names = ("legal_form", "maintained", "academy", "special", "state_funded")
    stated = {known(urn, "establishment_type"): tuple(known(urn, name) for name in names) for urn in known.urns}
    assert stated == FORMS


def test_a_type_that_is_not_known_is_kept_as_printed_and_nothing_is_concluded(store, know, primary):
    store.add_register(primary(100_001, establishment_type="Moon academy"), as_at=MAY_2013)
    known = know("2013-06-01")
    assert known(100_001, "establishment_type") == "Moon academy"
    assert known(100_001, "legal_form") == "<unknown_token>"
    assert known.token(100_001, "legal_form") == "Moon academy"
    assert known(100_001, "state_funded") == "<unknown_token>"


def test_phase_and_sector_follow_the_registers_words(store, know, primary):
    special = "Community special school"
    store.add_register(
        primary(100_001, phase="All-through"),
        primary(100_002, phase="Middle deemed primary"),
        primary(100_003, phase=None, ofsted_phase="PRU"),
        primary(100_004, phase="Not applicable", establishment_type=special),
        primary(100_005, phase=None),
        as_at=MAY_2013,
    )
    known = know("2013-06-01")
    assert [(known(urn, "sector"), known(urn, "phase")) for urn in known.urns] == [
        ("secondary", "all_through"),
        ("primary", "middle_deemed_primary"),
        ("alternative_provision", "not_applicable"),
        ("special", "not_applicable"),
        ("<blank>", "<blank>"),
    ]


AGES = {
    (4, 11): (True, False), (4, 7): (False, False), (7, 11): (True, False), (9, 13): (True, False),
    (5, 9): (False, False), (11, 16): (False, True), (13, 18): (False, True), (3, 18): (True, True),
    (16, 19): (False, False),
    (None, None): ("<blank>", "<blank>"),
}  # fmt: skip


def test_the_ages_say_which_key_stages_end_in_the_school(store, know, primary):
    rows = [
        primary(100_001 + number, statutory_low_age=low, statutory_high_age=high)
        for number, (low, high) in enumerate(AGES)
    ]
    store.add_register(*rows, as_at=MAY_2013)
    known = know("2013-06-01")
    assert [(known(urn, "takes_ks2"), known(urn, "takes_ks4")) for urn in known.urns] == list(AGES.values())


def test_a_later_conversion_stands_for_the_school_that_was_there_without_its_later_form(store, know, primary):
    store.add_register(
        primary(140_001, establishment_type="Academy converter"),
        primary(140_002, establishment_type="Free schools"),
        as_at=date(2017, 9, 1), kind="school_spine",
    )  # fmt: skip
    opened = date(2014, 9, 1)
    store.add_register(
        primary(140_001, establishment_type="Academy converter", opened_on=opened),
        primary(140_002, establishment_type="Free schools", opened_on=opened),
        as_at=date(2022, 1, 1),
    )
    store.add_links((140_001, 110_001, "Predecessor", opened), as_at=date(2022, 1, 1))
    known = know("2013-06-01")
    assert known.urns == [140_001]
    assert known(140_001, "legal_form") == "<not_available>"
    assert known.token(140_001, "legal_form") == "opened 2014-09-01"
    assert known(140_001, "state_funded") is True
    assert know("2015-06-01").urns == [140_001, 140_002]
    assert know("2015-06-01")(140_001, "legal_form") == "academy_converter"
