"""A file cut at a random byte is refused with a reason, and nothing is stored."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from strandline.sources.adding import FilesRefused, add
from strandline.sources.contract import Contract
from strandline.sources.inspections.history import HISTORY
from strandline.sources.inspections.management import GRADED
from strandline.sources.inspections.report_cards import REPORT_CARDS
from strandline.sources.registers.establishments import EXPORT

CUTS = 50  # the files are marked as parts, so that only their own end can give a cut away
SCHOOL = {
    "laestab": "9372001",
    "la_code": "937",
    "establishment_number": "2001",
    "school_name": "Ash Lane Primary School",
    "ofsted_phase": "Primary",
    "establishment_type": "Community School",
    "status": "Open",
    "region": "West Midlands",
    "la_name": "Warwickshire",
    "last_changed_on": "19-04-2022",
    "overall": "Good",
    "inspected_on": "20110209",
    "latest__inspected_on": "15/10/2024",
}


def rows_of(contract: Contract) -> list[dict[str, str]]:
    held = {column.stored_as for column in contract.columns}
    cells = {name: value for name, value in SCHOOL.items() if name in held}
    return [{**cells, "urn": str(110_001 + n)} for n in range(12)]


@pytest.mark.parametrize("contract", [GRADED, REPORT_CARDS, EXPORT, HISTORY], ids=lambda contract: contract.name)
def test_a_file_cut_at_any_of_fifty_random_bytes_is_refused(
    desk, official_text: Callable[..., object], contract: Contract
) -> None:
    whole = official_text(contract, rows_of(contract)).csv().encode()
    chance = random.Random(contract.name)
    places = [place for place in range(1, len(whole) - 1) if whole[place - 1 : place] != b"\n"]
    for place in chance.sample(places, CUTS):
        path = desk.folder / "as_at_2025-08-31.csv"
        path.write_bytes(whole[:place])
        with pytest.raises(FilesRefused):
            add(desk.store, [path], part=True, layouts=[contract])
    assert desk.store.releases() == ()


@pytest.mark.parametrize("contract", [GRADED, REPORT_CARDS, EXPORT, HISTORY], ids=lambda contract: contract.name)
def test_the_same_file_whole_is_taken(desk, official_text: Callable[..., object], contract: Contract) -> None:
    added = desk.add(official_text(contract, rows_of(contract)).csv(), name="as_at_2025-08-31.csv", part=True)
    assert added.release.rows == 12
