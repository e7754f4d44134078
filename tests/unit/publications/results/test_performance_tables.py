"""Performance tables in the official layout: what is kept apart, what is never zero, what is refused."""

from __future__ import annotations

import polars as pl
import pytest

KS2_2017 = "Key stage 2 performance tables 2017"
KS2_2018 = "Key stage 2 performance tables 2018"
KS2_2019 = "Key stage 2 performance tables 2019"
KS4_2017 = "Key stage 4 performance tables 2017"
FINAL = "2016-2017_850_ks2final.csv"


def cell(frame: pl.DataFrame, indicator: str, urn: int | None = None, entity: int | None = None) -> dict[str, object]:
    wanted = frame.filter(pl.col("indicator").cast(pl.String) == indicator)
    wanted = wanted.filter(pl.col("urn") == urn) if urn else wanted.filter(pl.col("entity") == entity)
    (row,) = wanted.to_dicts()
    return {name: row[name] for name in ("value", "reason", "token")}


@pytest.fixture
def ks2_2017(contract, ks2_rows, official_text):
    return official_text(contract[KS2_2017], ks2_rows)


def test_the_tables_are_known_by_their_columns_and_dated_by_their_year(desk, ks2_2017) -> None:
    release = desk.add(ks2_2017.csv(), name=FINAL).release
    assert (release.kind, release.period, release.status) == ("ks2_results", "2016-2017", "final")
    assert release.published_on.isoformat() == "2017-12-14"
    assert release.coverage == "authority:850"


def test_a_revised_file_says_so_in_its_name(desk, ks2_2017) -> None:
    assert desk.add(ks2_2017.csv(), name="2016-2017_850_ks2revised.csv").release.status == "revised"


def test_rows_of_the_authority_and_the_nation_are_kept_and_are_not_schools(desk, ks2_2017) -> None:
    schools = desk.table(desk.add(ks2_2017.csv(), name=FINAL), "schools")
    kinds = dict(schools["row_kind"].value_counts().iter_rows())
    assert kinds == {"school": 3, "authority": 1, "national": 1, "national_state_funded": 1}
    assert schools.filter(pl.col("row_kind") != "school")["urn"].null_count() == 3


def test_a_blank_key_of_one_space_is_no_key(desk, ks2_2017) -> None:
    schools = desk.table(desk.add(ks2_2017.csv(), name=FINAL), "schools")
    assert schools.filter(pl.col("row_kind") == "national")["la_code"].to_list() == [None]


def test_a_percentage_is_read_without_its_sign(desk, ks2_2017) -> None:
    figures = desk.table(desk.add(ks2_2017.csv(), name=FINAL), "indicators")
    assert cell(figures, "PTRWM_EXP", urn=100001) == {"value": 64.0, "reason": None, "token": None}


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("SUPP", "suppressed"),
        ("NE", "no_entries"),
        ("NP", "not_published"),
        ("NA", "not_applicable"),
        ("LOWCOV", "low_coverage"),
        ("NEW", "new_school"),
        ("SP", "rounds_to_zero"),
        ("RE", "unreliable"),
        ("", "blank"),
        (" ", "blank"),
        ("QQ", "unknown_token"),
    ],
)
def test_a_mark_is_kept_with_its_reason_and_is_never_zero(
    desk, contract, ks2_rows, official_text, token: str, reason: str
) -> None:
    rows = ({**ks2_rows[0], "readprog": token}, *ks2_rows[1:])
    figures = desk.table(desk.add(official_text(contract[KS2_2017], rows).csv(), name=FINAL), "indicators")
    found = cell(figures, "READPROG", urn=100001)
    assert (found["value"], found["reason"]) == (None, reason)
    assert str(found["token"]).strip() == token.strip()


def test_a_real_zero_stays_zero(desk, ks2_2017) -> None:
    figures = desk.table(desk.add(ks2_2017.csv(), name=FINAL), "indicators")
    assert cell(figures, "PTRWM_EXP", urn=100003)["value"] == 0.0


def test_the_disadvantage_difference_of_a_national_row_is_kept_as_printed(desk, ks2_2017) -> None:
    figures = desk.table(desk.add(ks2_2017.csv(), name=FINAL), "indicators")
    assert cell(figures, "DIFFN_RWM_EXP", entity=5)["value"] == 0.0


def test_a_row_that_stops_after_new_is_a_new_school_without_figures(desk, ks2_2017) -> None:
    last = ks2_2017.header.index("TOTPUPS")
    row = list(ks2_2017.rows[0])
    row[ks2_2017.header.index("URN")], row[last] = "100009", "NEW"
    lines = ks2_2017.csv().splitlines()
    ragged = "\n".join([*lines[:2], ",".join(row[: last + 1]), *lines[2:]]) + "\n"
    figures = desk.table(desk.add(ragged, name=FINAL), "indicators")
    assert cell(figures, "TOTPUPS", urn=100009) == {"value": None, "reason": "new_school", "token": "NEW"}
    assert cell(figures, "PTRWM_EXP", urn=100009)["reason"] == "blank"


def test_the_case_of_a_header_drifts_and_the_field_stays_the_same(desk, ks2_2017) -> None:
    text = ks2_2017.renamed("TNotFSM6CLA1A", "TNOTFSM6CLA1A").renamed("ESTAB", "Estab").csv()
    figures = desk.table(desk.add("\ufeff" + text, name=FINAL), "indicators")
    assert "TNOTFSM6CLA1A" in figures["indicator"].cast(pl.String).to_list()


def test_the_order_of_columns_does_not_matter(desk, contract, ks2_rows, official_text) -> None:
    text = official_text(contract[KS2_2018], ks2_rows)
    turned = type(text)(header=text.header[::-1], rows=tuple(row[::-1] for row in text.rows))
    assert desk.add(turned.csv(), name="2017-2018_850_ks2final.csv").release.period == "2017-2018"


def test_the_double_underscore_of_a_dictionary_is_the_same_field(desk, contract, ks4_rows, official_text) -> None:
    text = official_text(contract[KS4_2017], ks4_rows).renamed("P8MEA_FSM6CLA1A_16", "P8MEA_FSM6CLA1A__16")
    added = desk.add(text.csv(), name="2016-2017_850_ks4final.csv")
    assert "P8MEA_FSM6CLA1A_16" in desk.table(added, "indicators")["indicator"].cast(pl.String).to_list()


def test_record_types_of_key_stage_4_are_not_those_of_key_stage_2(desk, contract, ks4_rows, official_text) -> None:
    added = desk.add(official_text(contract[KS4_2017], ks4_rows).csv(), name="2016-2017_850_ks4final.csv")
    kinds = desk.table(added, "schools").select("rectype", "row_kind").rows()
    assert kinds == [("1", "school"), ("1", "school"), ("4", "authority"), ("5", "national"),
                     ("7", "national_state_funded")]  # fmt: skip


# What is refused --------------------------------------------------------------------------------------------------


def test_a_dropped_column_is_refused_by_name_and_not_taken_for_an_earlier_year(desk, ks2_2017) -> None:
    refusal = desk.refusal(ks2_2017.without("PTRWM_EXP").csv(), name=FINAL)
    assert KS2_2017 in refusal
    assert "PTRWM_EXP" in refusal


def test_a_column_nobody_needs_may_not_go_missing_either(desk, ks2_2017) -> None:
    assert "GPS_AVERAGE_MOBN" in desk.refusal(ks2_2017.without("GPS_AVERAGE_MOBN").csv(), name=FINAL)


def test_a_renamed_column_is_refused_with_a_guess_at_what_happened(desk, ks2_2017) -> None:
    refusal = desk.refusal(ks2_2017.renamed("READPROG_UPPER", "READPROG_UPER").csv(), name=FINAL)
    assert "READPROG_UPPER" in refusal
    assert "renamed" in refusal


def test_a_doubled_column_is_refused(desk, ks2_2017) -> None:
    assert "stands twice" in desk.refusal(ks2_2017.doubled("TELIG").csv(), name=FINAL)


def test_a_column_of_a_year_unknown_to_the_contracts_is_refused(desk, ks2_2017) -> None:
    refusal = desk.refusal(ks2_2017.renamed("PTRWM_EXP_16", "PTRWM_EXP_31").csv(), name="2031-2032_ks2final.csv")
    assert "PTRWM_EXP_16" in refusal
    assert "ptrwm_exp_31" in refusal.casefold()


def test_a_name_that_speaks_of_another_year_than_the_columns_is_refused(desk, ks2_2017) -> None:
    assert "2017-2018" in desk.refusal(ks2_2017.csv(), name="2017-2018_850_ks2final.csv")


def test_a_column_full_of_words_where_figures_belong_is_refused(desk, contract, ks2_rows, official_text) -> None:
    rows = tuple({**row, "telig": "many"} for row in ks2_rows)
    assert "TELIG" in desk.refusal(official_text(contract[KS2_2017], rows).csv(), name=FINAL)


def test_a_percentage_over_a_hundred_is_refused(desk, contract, ks2_rows, official_text) -> None:
    rows = ({**ks2_rows[0], "ptrwm_exp": "640%"}, *ks2_rows[1:])
    assert "640%" in desk.refusal(official_text(contract[KS2_2017], rows).csv(), name=FINAL)


def test_a_record_type_that_is_not_in_the_list_is_refused(desk, contract, ks2_rows, official_text) -> None:
    rows = ({**ks2_rows[0], "rectype": "8"}, *ks2_rows[1:])
    assert "RECTYPE" in desk.refusal(official_text(contract[KS2_2017], rows).csv(), name=FINAL)


def test_a_school_that_stands_twice_is_refused(desk, contract, ks2_rows, official_text) -> None:
    text = official_text(contract[KS2_2017], (ks2_rows[0], *ks2_rows))
    assert "100001" in desk.refusal(text.csv(), name=FINAL)


def test_a_file_without_its_closing_national_rows_is_cut(desk, contract, ks2_rows, official_text) -> None:
    refusal = desk.refusal(official_text(contract[KS2_2017], ks2_rows[:4]).csv(), name=FINAL)
    assert "national" in refusal
    assert "cut short" in refusal


def test_a_file_cut_in_the_middle_of_a_row_is_refused(desk, ks2_2017) -> None:
    text = ks2_2017.csv()
    assert desk.refusal(text[: len(text) // 2], name=FINAL)


def test_every_reason_is_given_at_once(desk, contract, ks2_rows, official_text) -> None:
    rows = ({**ks2_rows[0], "ptrwm_exp": "640%", "rectype": "8"}, *ks2_rows[:4])
    refusal = desk.refusal(official_text(contract[KS2_2017], rows).csv(), name=FINAL)
    assert all(word in refusal for word in ("640%", "RECTYPE", "national"))


# The years before 2017, known in part -----------------------------------------------------------------------------


def early(contract, official_text, name: str, rows: tuple[dict[str, str], ...], only: tuple[str, ...] = ()):
    return official_text(contract[f"Key stage 2 performance tables {name}"], rows, only=only)


def test_a_layout_of_several_years_needs_the_year_said(desk, contract, ks2_rows, official_text) -> None:
    rows = tuple({k: v for k, v in row.items() if k in {"rectype", "la_code", "urn", "telig"}} for row in ks2_rows)
    text = early(contract, official_text, "levels_english_maths", rows).csv()
    refusal = desk.refusal(text, name="england_ks2.csv")
    assert "--period" in refusal
    assert "2010-2011" in refusal
    assert "2011-2012" in refusal
    assert desk.add(text, name="2011-2012_england_ks2.csv").release.published_on.isoformat() == "2012-12-13"


def test_columns_that_a_partial_layout_does_not_name_are_left_out_and_said(
    desk, contract, ks2_rows, official_text
) -> None:
    keep = {"rectype", "la_code", "urn", "telig"}
    rows = tuple({**{k: v for k, v in row.items() if k in keep}, "ptengmatx": "57%"} for row in ks2_rows)
    text = early(contract, official_text, "levels_english_maths", rows, only=("taps",)).renamed("TAPS", "SOMETHING")
    added = desk.add(text.csv(), name="2011-2012_england_ks2.csv")
    figures = desk.table(added, "indicators")
    assert set(figures["indicator"].cast(pl.String).unique()) == {"TELIG", "PTENGMATX"}
    assert any("part of the columns" in note for note in added.release.notes)


def test_the_prefix_for_key_stage_1_to_2_is_the_same_measure(desk, contract, ks2_rows, official_text) -> None:
    keep = {"rectype", "la_code", "urn", "telig"}
    rows = tuple({**{k: v for k, v in row.items() if k in keep}, "pt2math": "86%"} for row in ks2_rows)
    text = early(contract, official_text, "levels_english_maths", rows, only=("pt2math",))
    added = desk.add(text.renamed("PT2MATH", "PT2MATH12").csv(), name="2009-2010_england_ks2.csv")
    assert cell(desk.table(added, "indicators"), "PT2MATH", urn=100001)["value"] == 86.0


def test_a_year_known_in_part_takes_record_types_it_was_not_told_of_only_with_a_school_number(
    desk, contract, ks2_rows, official_text
) -> None:
    keep = {"rectype", "la_code", "urn", "telig"}
    rows = tuple({k: v for k, v in row.items() if k in keep} for row in ks2_rows)
    strange = (*rows[:3], {"rectype": "9", "la_code": "850", "urn": " ", "telig": "12"}, *rows[3:])
    text = early(contract, official_text, "levels_english_maths", strange).csv()
    assert "URN" in desk.refusal(text, name="2011-2012_england_ks2.csv")
