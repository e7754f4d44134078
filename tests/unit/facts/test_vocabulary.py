"""The small tables and the numbered steps are whole and speak the catalogue's words."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from strandline.catalogue import FEATURES
from strandline.sources.facts import making
from strandline.sources.facts.attributes import every_attribute
from strandline.sources.facts.steps import step_texts
from strandline.sources.facts.vocabulary import reorganisations, vocabulary

NAMES = sorted(f.name for f in files("strandline.sources").joinpath("sql").iterdir() if f.name.endswith(".sql"))


@pytest.mark.parametrize("name", NAMES)
def test_every_step_states_its_grain_its_source_and_its_units(name):
    assert re.fullmatch(r"\d{3}_[a-z_]+\.sql", name)
    text = step_texts()[name[4:-4]]
    assert text.startswith(f"-- {name[4:-4]}: ")
    for heading in ("-- Grain:  ", "-- Source: ", "-- Units:  "):
        assert heading in text


def test_every_step_is_run_once_and_no_two_share_a_number():
    run = [*making.REGISTER_STEPS, *making.SCHOOL_STEPS, *making.INSPECTION_STEPS, *making.FIGURE_STEPS]
    assert sorted(run) == sorted(step_texts())
    assert len({name[:3] for name in NAMES}) == len(NAMES)


def test_the_words_of_the_registers_lead_only_to_the_catalogues_codes():
    tables = vocabulary()
    assert set(tables["establishment_type"]["legal_form"]) <= set(FEATURES["legal_form"].values)
    assert set(tables["phase_word"]["phase"]) <= set(FEATURES["phase"].values)
    assert set(tables["phase_word"]["sector"]) <= set(FEATURES["sector"].values)
    for name in ("establishment_type", "phase_word"):
        assert not tables[name]["wording"].is_duplicated().any()
        assert tables[name]["source"].null_count() == 0


def test_judgements_and_attributes_name_features_of_the_catalogue():
    assert set(vocabulary()["judgement"]["feature"]) <= set(FEATURES)
    assert set(vocabulary()["derived_feature"]["feature"]) <= set(FEATURES)
    for attribute in every_attribute():
        assert not attribute.feature or str(FEATURES[attribute.feature].group) == attribute.group


def test_every_reorganisation_names_its_order():
    assert reorganisations()["source"].str.contains(r"SI \d{4}/\d+").all()
