"""On the real registers, a school is in the authority of the day."""

from __future__ import annotations

from datetime import date

import pytest

from strandline.kernel.identifiers import LaCode
from strandline.sources.facts import NoSchools, facts
from strandline.sources.facts.inputs import register_rows
from strandline.sources.facts.vocabulary import vocabulary
from strandline.sources.store import Store

pytestmark = pytest.mark.official_data


def test_northamptonshire_has_its_schools_until_march_2021_and_its_successors_after(everything: Store) -> None:
    """The register of 2017/18 knows 928; that of 2022 tells which of the two each school is in."""
    before = facts(everything, as_at=date(2021, 3, 31), authority=LaCode(928)).values
    assert before.height > 300
    with pytest.raises(NoSchools, match="928 became 940 North Northamptonshire and 941 West Northamptonshire"):
        facts(everything, as_at=date(2022, 9, 1), authority=LaCode(928))
    north, west = (facts(everything, as_at=date(2022, 9, 1), authority=LaCode(code)).values for code in (940, 941))
    assert north.height > 100
    assert west.height > 100
    assert set(north["la_name"]) == {"North Northamptonshire"}


def test_a_day_before_any_register_is_worked_back_and_said_so(present: Store) -> None:
    """From the register of 2022: all rows are marked, and nothing that passes is told."""
    values = facts(present, as_at=date(2013, 4, 30), authority=LaCode(937)).values
    assert values["register_reconstructed"].all()
    assert values["pupils_on_roll"].null_count() == values.height
    assert values["trust_name"].null_count() == values.height


def test_no_word_of_a_real_register_is_unknown(everything: Store) -> None:
    """Each type of establishment has a legal form, and each phase a code."""
    releases = everything.releases()
    rows = register_rows(everything, releases)
    words = vocabulary()
    types = rows["establishment_type"].drop_nulls().str.to_lowercase().unique()
    assert set(types) <= set(words["establishment_type"]["wording"])
    phases = set(rows["phase"].drop_nulls().str.to_lowercase())
    phases |= {f"ofsted {phase}" for phase in rows["ofsted_phase"].drop_nulls().str.to_lowercase()}
    assert phases <= set(words["phase_word"]["wording"])
