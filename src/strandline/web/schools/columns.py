"""The columns that a list of schools can show, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from strandline.web.design.tables import ColumnKind
from strandline.web.people.roles import Module

IDENTITY, PLACE, BODIES, FIGURES, INSPECTION, LOCAL = (
    "About the school",
    "Where it is",
    "Who is responsible",
    "Figures",
    "Inspection",
    "Kept by the authority",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """
    One column: its heading, the columns of `Line` that it prints, and those that order it (none: cannot be ordered).

    `feature` names the catalogue's feature whose reason is printed where there is no value. `unit` stands behind it.
    `of_service`: not offered to anyone outside the service.
    """

    name: str
    heading: str
    group: str
    fields: tuple[str, ...]
    order: tuple[str, ...] = ()
    kind: ColumnKind = "text"
    feature: str = ""
    unit: str = ""
    places: int | None = None
    module: Module | None = None
    of_service: bool = False


def _text(name: str, heading: str, group: str, field: str = "") -> ListColumn:
    return ListColumn(name=name, heading=heading, group=group, fields=(field or name,), order=(field or name,))


def _figure(name: str, heading: str, *, unit: str = "", places: int = 0, feature: str = "") -> ListColumn:
    return ListColumn(
        name=name,
        heading=heading,
        group=FIGURES,
        fields=(name,),
        order=(name,),
        kind="number",
        feature=feature or name,
        unit=unit,
        places=places,
        module=Module.RESULTS,
    )


_ALL = (
    ListColumn(name="name", heading="School", group=IDENTITY, fields=("name",), order=("sort_name",)),
    ListColumn(name="urn", heading="URN", group=IDENTITY, fields=("urn",), order=("urn",), kind="number"),
    ListColumn(
        name="laestab", heading="LAESTAB", group=IDENTITY, fields=("laestab",), order=("laestab",), kind="number"
    ),
    _text("sector", "Sector", IDENTITY),
    _text("phase", "Phase", IDENTITY),
    _text("form", "Legal form", IDENTITY, "legal_form"),
    _text("type", "Type of establishment", IDENTITY, "establishment_type"),
    _text("status", "Status", IDENTITY),
    ListColumn(
        name="opened",
        heading="Opened",
        group=IDENTITY,
        fields=("opened_on",),
        order=("opened_on",),
        kind="date",
        feature="opened_on",
    ),
    _text("postcode", "Postcode", PLACE),
    _text("ward", "Ward", PLACE),
    _text("district", "District", PLACE),
    _text("region", "Region", PLACE),
    _text("trust", "Trust", BODIES, "trust_name"),
    _text("federation", "Federation", BODIES, "federation_name"),
    _text("diocese", "Diocese", BODIES),
    _text("religious", "Religious character", BODIES, "religious_character"),
    _text("consortium", "Consortium", LOCAL),
    ListColumn(
        name="category",
        heading="Category",
        group=LOCAL,
        fields=("school", "proposed_category", "proposed_state"),
        kind="words",
        module=Module.DECISIONS,
    ),
    ListColumn(
        name="since", heading="Category since", group=LOCAL, fields=("school",), kind="date", module=Module.DECISIONS
    ),
    ListColumn(
        name="proposed",
        heading="Proposed by the rules",
        group=LOCAL,
        fields=("proposed_category", "proposed_state", "proposed_reason"),
        order=("proposed_category", "proposed_state"),
        kind="words",
        module=Module.DECISIONS,
        of_service=True,
    ),
    ListColumn(name="officer", heading="Named officer", group=LOCAL, fields=("school",), module=Module.OFFICERS),
    ListColumn(
        name="inspected",
        heading="Inspected",
        group=INSPECTION,
        fields=("inspected_on",),
        order=("inspected_on",),
        kind="date",
        feature="inspection_date",
    ),
    _text("inspection", "Latest inspection", INSPECTION, "inspection_words"),
    _figure("pupils_on_roll", "Pupils"),
    _figure("capacity", "Places"),
    _figure("fsm_percent", "Free school meals", unit=" %", places=1),
    _figure("absence_percent", "Absence", unit=" %", places=1),
    _figure("ks2_rwm_expected", "KS2 expected standard", unit=" %"),
    _figure("ks4_attainment8", "Attainment 8", places=1),
    _figure("ks4_progress8", "Progress 8", places=2),
)
COLUMNS: Mapping[str, ListColumn] = MappingProxyType({column.name: column for column in _ALL})
DEFAULT = ("name", "category", "sector", "form", "inspection", "inspected", "pupils_on_roll", "officer")
