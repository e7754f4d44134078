"""A small authority in the layout of the performance tables: schools, then the authority's and the national rows."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from strandline.sources import contracts
from strandline.sources.contract import Contract

Row = Mapping[str, str]


@pytest.fixture
def contract() -> Mapping[str, Contract]:
    return contracts()


@pytest.fixture
def ks2_rows() -> tuple[Row, ...]:
    school = {"rectype": "1", "la_code": "850", "establishment_number": "2001", "urn": "100001", "school_name": "Ash"}
    figures = {"telig": "30", "ptrwm_exp": "64%", "readprog": "-1.2", "readprog_upper": "0.4", "totpups": "210"}
    return (
        {**school, **figures},
        {**school, "urn": "100002", "establishment_number": "2002", "school_name": "Birch", "telig": "4",
         "ptrwm_exp": "SUPP", "readprog": "SUPP", "totpups": "33"},
        {**school, "urn": "100003", "establishment_number": "7001", "rectype": "2", "school_name": "Cedar",
         "telig": "9", "ptrwm_exp": "0%", "readprog": "LOWCOV", "totpups": "70"},
        {"rectype": "3", "la_code": "850", "urn": " ", "ptrwm_exp": "62%", "telig": "14000"},
        {"rectype": "5", "la_code": " ", "urn": " ", "ptrwm_exp": "61%", "telig": "600000"},
        {"rectype": "4", "la_code": " ", "urn": " ", "ptrwm_exp": "61%", "telig": "610000", "diffn_rwm_exp": "0"},
    )  # fmt: skip


@pytest.fixture
def ks4_rows() -> tuple[Row, ...]:
    school = {"rectype": "1", "la_code": "850", "establishment_number": "4001", "urn": "100011", "school_name": "Elm"}
    return (
        {**school, "tpup": "180", "p8mea": "-0.31", "ptl2basics_94": "61%"},
        {**school, "urn": "100012", "school_name": "Fir", "nftype": "IND", "tpup": "40", "p8mea": "NP",
         "ptl2basics_94": "NE"},
        {"rectype": "4", "la_code": "850", "tpup": "13000", "p8mea": "0.02"},
        {"rectype": "5", "tpup": "600000"},
        {"rectype": "7", "tpup": "530000", "p8mea": "-0.03"},
    )  # fmt: skip
