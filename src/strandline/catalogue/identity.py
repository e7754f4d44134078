"""Who the school is, where it is, and who is responsible for it."""

from __future__ import annotations

from strandline.catalogue.feature import Feature, Group, Kind
from strandline.kernel.units import Unit

REGISTER = "Get Information about Schools; Ofsted management information"

PHASES = (
    "nursery",
    "primary",
    "middle_deemed_primary",
    "middle_deemed_secondary",
    "secondary",
    "all_through",
    "post_16",
    "not_applicable",
)
SECTORS = ("nursery", "primary", "secondary", "special", "alternative_provision", "post_16", "other")
LEGAL_FORMS = (
    "community",
    "voluntary_aided",
    "voluntary_controlled",
    "foundation",
    "community_special",
    "foundation_special",
    "maintained_nursery",
    "pupil_referral_unit",
    "academy_converter",
    "academy_sponsor_led",
    "free_school",
    "university_technical_college",
    "studio_school",
    "academy_special",
    "academy_alternative_provision",
    "academy_16_19",
    "city_technology_college",
    "non_maintained_special",
    "independent",
    "further_education",
    "other",
)
STATUSES = ("open", "open_but_proposed_to_close", "closed", "proposed_to_open")


def _code(name: str, values: tuple[str, ...], meaning: str, *, group: Group = Group.IDENTITY) -> Feature:
    return Feature(name=name, kind=Kind.CODE, group=group, meaning=meaning, source=REGISTER, values=values)


def _plain(name: str, kind: Kind, meaning: str, *, group: Group = Group.IDENTITY, unit: Unit = Unit.NONE) -> Feature:
    return Feature(name=name, kind=kind, group=group, meaning=meaning, source=REGISTER, unit=unit)


_LOCATION, _BODY, _ROLL = Group.LOCATION, Group.RESPONSIBLE_BODY, Group.ROLL

IDENTITY = (
    _plain("urn", Kind.INTEGER, "The school's unique reference number"),
    _plain("laestab", Kind.INTEGER, "Authority code and establishment number as seven digits"),
    _plain("school_name", Kind.TEXT, "The school's name on the as-at date's register"),
    _plain("la", Kind.INTEGER, "Code of the local authority that the school was in on the as-at date"),
    _plain("la_name", Kind.TEXT, "Name of that local authority"),
    _plain("region", Kind.TEXT, "Region of England"),
    _plain("establishment_type", Kind.TEXT, "Type of establishment, as the register words it"),
    _code("legal_form", LEGAL_FORMS, "Legal form, from the type of establishment; decides which powers exist"),
    _plain("maintained", Kind.BOOLEAN, "Maintained by the local authority"),
    _plain("academy", Kind.BOOLEAN, "An academy of any kind, free schools, UTCs and studio schools included"),
    _plain("state_funded", Kind.BOOLEAN, "Funded by the state: neither independent nor a college"),
    _code("phase", PHASES, "Phase of education"),
    _code("sector", SECTORS, "The grouping that inspection statistics use; all-through counts as secondary"),
    _plain("special", Kind.BOOLEAN, "A special school of any legal form"),
    _plain("takes_ks2", Kind.BOOLEAN, "Teaches up to the end of key stage 2 (has pupils of age 10 to 11)"),
    _plain("takes_ks4", Kind.BOOLEAN, "Teaches up to the end of key stage 4 (has pupils of age 15 to 16)"),
    _code("status", STATUSES, "Open or closed on the as-at date"),
    _plain("opened_on", Kind.DATE, "Date of opening; missing where the register holds none (an old school)"),
    _plain("closed_on", Kind.DATE, "Date of closing, where the school has closed or will"),
    _plain("statutory_low_age", Kind.INTEGER, "Youngest age taken", unit=Unit.YEARS),
    _plain("statutory_high_age", Kind.INTEGER, "Oldest age taken", unit=Unit.YEARS),
    _plain(
        "register_reconstructed", Kind.BOOLEAN, "The register used is later than the as-at date and was worked back"
    ),
    _plain("predecessor_urn", Kind.INTEGER, "URN of the latest predecessor, where the register links one"),
)
LOCATION = (
    _plain("easting", Kind.NUMBER, "National Grid easting", group=_LOCATION, unit=Unit.METRES),
    _plain("northing", Kind.NUMBER, "National Grid northing", group=_LOCATION, unit=Unit.METRES),
    _plain("postcode", Kind.TEXT, "Postcode", group=_LOCATION),
    _plain("ward", Kind.TEXT, "Electoral ward", group=_LOCATION),
    _plain("district", Kind.TEXT, "District authority", group=_LOCATION),
    _plain("constituency", Kind.TEXT, "Parliamentary constituency", group=_LOCATION),
    _plain(
        "idaci_quintile",
        Kind.INTEGER,
        "Deprivation quintile of the pupils; 5 is the most deprived",
        group=_LOCATION,
        unit=Unit.QUINTILE,
    ),
)
RESPONSIBLE_BODY = (
    _plain("trust_uid", Kind.INTEGER, "Group number of the academy trust", group=_BODY),
    _plain("trust_name", Kind.TEXT, "Name of the academy trust", group=_BODY),
    _plain("sponsor_name", Kind.TEXT, "Name of the academy sponsor", group=_BODY),
    _plain("federation_name", Kind.TEXT, "Name of the federation", group=_BODY),
    _plain("religious_character", Kind.TEXT, "Designated religious character, as the register words it", group=_BODY),
    _plain("church_school", Kind.BOOLEAN, "Has a designated religious character", group=_BODY),
    _plain("diocese", Kind.TEXT, "Diocese", group=_BODY),
)
ROLL = (
    _plain("pupils_on_roll", Kind.INTEGER, "Pupils on roll in the register", group=_ROLL, unit=Unit.PUPILS),
    _plain("capacity", Kind.INTEGER, "Places", group=_ROLL, unit=Unit.PUPILS),
    _plain(
        "register_fsm_percent",
        Kind.NUMBER,
        "Pupils eligible for free school meals, of pupils on roll",
        group=_ROLL,
        unit=Unit.PERCENT,
    ),
)

FEATURES = (*IDENTITY, *LOCATION, *RESPONSIBLE_BODY, *ROLL)
