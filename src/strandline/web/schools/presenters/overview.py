"""The school page: its frame, and the sections that are figures and facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse

from strandline.catalogue import FEATURES
from strandline.web.design.figures import Figure
from strandline.web.design.marks import CategoryMark
from strandline.web.design.parts import Action, Crumb, SummaryRow, Tab
from strandline.web.design.tables import Cell, Column, Table
from strandline.web.people.roles import Module
from strandline.web.schools.lines import NOTHING_SAID
from strandline.web.schools.models import CategorySpell
from strandline.web.schools.presenters.figures import figure, source
from strandline.web.schools.presenters.listing import laestab, mark_of
from strandline.web.schools.queries.record import Record
from strandline.web.schools.wording import long_day, shown, why_missing, words

SECTIONS = {
    "": "Overview",
    "inspections": "Inspections",
    "results": "Results",
    "pupils": "Pupils",
    "attendance": "Attendance",
    "finance": "Finance",
    "similar": "Similar schools",
    "governance": "Governance",
    "contacts": "Contacts",
    "documents": "Documents",
    "history": "History",
}
GROUPS = {
    "identity": "Name and type",
    "location": "Where it is",
    "responsible_body": "Who is responsible",
    "roll": "Pupils on roll",
    "census": "School census",
    "ks2": "Key stage 2",
    "ks4": "Key stage 4",
    "inspection": "Inspections",
    "report_card": "Report card",
    "trust_uid": "Trust",
    "idaci_quintile": "Deprivation (IDACI)",
    "absence": "Absence",
    "finance": "Finance",
}
OF_RESULTS = ("results", "pupils", "attendance", "finance", "similar")
OFTEN_NONE = frozenset({"closed_on", "sponsor_name", "federation_name", "trust_name"})
"""Said only where there is one: most schools have none, and no file says so."""
PUPILS = ("pupils_on_roll", "capacity", "census_pupils", "fsm_percent", "fsm6_percent", "eal_percent")
NEEDS = ("sen_support_percent", "ehcp_percent")
ATTENDANCE = ("absence_percent", "persistent_absence_percent")
FINANCE = (
    "finance_income_per_pupil",
    "finance_expenditure_per_pupil",
    "finance_reserve",
    "finance_in_year_balance",
)
ABOUT = {
    "Type of establishment": "establishment_type",
    "Phase": "phase",
    "Sector": "sector",
    "Status": "status",
    "Opened": "opened_on",
    "Closed": "closed_on",
    "Ages from": "statutory_low_age",
    "Ages to": "statutory_high_age",
}
PLACE = {"Postcode": "postcode", "Ward": "ward", "District": "district", "Constituency": "constituency"}
BODIES = {
    "Legal form": "legal_form",
    "Trust": "trust_name",
    "Sponsor": "sponsor_name",
    "Federation": "federation_name",
    "Religious character": "religious_character",
    "Diocese": "diocese",
}


def frame(seen: Record, section: str) -> dict[str, Any]:
    """What every page of a school prints: breadcrumbs, tabs, day, and a sentence where the register lacks it."""
    day = f"?as_at={seen.on.isoformat()}" if seen.moment.asked else ""
    start = reverse("schools:school", args=[seen.school.urn])
    name = seen.facts.get("school_name") or seen.school.name
    crumbs = [Crumb(label="Schools", href=reverse("schools:index") + day)]
    crumbs += [Crumb(label=name, href=start + day), Crumb(label=SECTIONS[section])] if section else [Crumb(label=name)]
    return {
        "seen": seen,
        "school": seen.school,
        "name": name,
        "section": section,
        "section_title": SECTIONS[section],
        "breadcrumbs": crumbs,
        "tabs": [
            Tab(label=label, href=f"{start}{key}{'/' if key else ''}{day}", current=key == section)
            for key, label in SECTIONS.items()
            if key not in OF_RESULTS or sees_results(seen)
        ],
        "trail_href": f"{start}trail/{day}",
        "not_on_register": not_on_register(seen),
    }


def sees_results(seen: Record) -> bool:
    """Whether the person may see figures about pupils."""
    return seen.actor.can(Module.RESULTS)


def not_on_register(seen: Record) -> str:
    """A sentence where the run of the day does not hold the school."""
    if seen.is_on_register:
        return ""
    if seen.snapshot is None:
        return f"Nothing was known of this school on {long_day(seen.on)}."
    return (
        f"The register of {long_day(seen.moment.intake.as_at) if seen.moment.intake else long_day(seen.on)} does not "
        f"hold this school. What follows is as at {long_day(seen.snapshot.intake.as_at)}, when it last did."
    )


def about(seen: Record, *, officers: tuple[tuple[int, str], ...], may_act: bool) -> tuple[SummaryRow, ...]:
    """What kind of school it is, its numbers, who is its officer."""
    change = Action(text="Change", href=reverse("schools:consortium", args=[seen.school.urn]), about="consortium")
    return (
        SummaryRow(label="URN", value=str(seen.school.urn)),
        SummaryRow(label="LAESTAB", value=laestab(seen.school.laestab)),
        *_rows(seen, ABOUT),
        SummaryRow(
            label="Named officer",
            value=", ".join(name for _, name in officers),
            missing="" if officers else "No officer is named",
        ),
        SummaryRow(
            label="Consortium",
            value=seen.school.consortium,
            missing="" if seen.school.consortium else "In no consortium",
            actions=(change,) if may_act else (),
        ),
    )


def place(seen: Record) -> tuple[SummaryRow, ...]:
    """Where the school is."""
    return tuple(_rows(seen, PLACE))


def bodies(seen: Record) -> tuple[SummaryRow, ...]:
    """Who is responsible for the school."""
    return tuple(_rows(seen, BODIES))


def _rows(seen: Record, features: dict[str, str]) -> Iterator[SummaryRow]:
    for label, feature in features.items():
        value = seen.facts.get(feature)
        if feature == "phase" and value == "not_applicable":
            continue  # its sector says what kind of school it is
        if value is not None:
            is_none = str(value).lower() in NOTHING_SAID
            yield SummaryRow(label=label, value="None" if is_none else shown(feature, value))
            continue
        why = seen.snapshot.why(feature) if seen.snapshot is not None else None
        if why is not None and why["reason"] != "not_applicable" and feature not in OFTEN_NONE:
            yield SummaryRow(label=label, missing=why_missing(why["reason"]))


def headlines(seen: Record) -> list[Figure]:
    """The few figures at the top of the overview: those that such a school has."""
    names = ["pupils_on_roll", "fsm_percent"]
    if seen.facts.get("takes_ks2"):
        names.append("ks2_rwm_expected")
    if seen.facts.get("takes_ks4"):
        names.append("ks4_attainment8")
    return figures(seen, tuple(names))


def figures(seen: Record, names: tuple[str, ...]) -> list[Figure]:
    """Several figures with their sources; the year of each group in the note."""
    if seen.snapshot is None:
        return []
    return [figure(seen.snapshot, name, note=_year_note(seen, name)) for name in names]


def sources_table(seen: Record) -> Table | None:
    """Where every figure of the page comes from, group by group, for a page on paper."""
    if seen.snapshot is None:
        return None
    releases = seen.snapshot.intake.releases
    groups: dict[int, list[str]] = {}
    for name, place in seen.snapshot.sources.items():
        groups.setdefault(place, []).append(_group_words(name))
    return Table(
        caption="Sources of every figure",
        columns=(
            Column(heading="What", kind="words", header=True),
            Column(heading="Release", kind="words"),
            Column(heading="Publisher"),
            Column(heading="Published", kind="date"),
            Column(heading="Next due"),
        ),
        rows=[
            (
                ", ".join(dict.fromkeys(names)),
                Cell(text=one.title, hint=one.release),
                one.publisher,
                one.published,
                one.next_due,
            )
            for place, names in sorted(groups.items())
            for one in (source(releases[place]),)
        ],
        key="sources",
    )


def _group_words(name: str) -> str:
    """What a group of figures is called; the years before belong to the same one."""
    plain = name.removesuffix("_before_previous").removesuffix("_previous").removeprefix("previous_")
    return GROUPS.get(plain, words(plain))


def without_sources(several: list[Figure]) -> list[Figure]:
    """The figures for a page whose sources stand together at its end."""
    return [replace(one, sources=()) for one in several]


def _year_note(seen: Record, name: str) -> str:
    group = str(FEATURES[name].group)
    years = {"census": "census_year", "absence": "absence_year", "finance": "finance_year"}
    year = seen.facts.get(years.get(group, f"{group}_results_year"))
    if year is None:
        return ""
    if group == "census":
        return f"January {year}"
    return f"Year {year - 1}/{year % 100:02d}"


def category(spell: CategorySpell | None) -> CategoryMark:
    """The mark of the category shown."""
    if spell is None:
        return mark_of(None)
    return mark_of({"code": spell.code, "title": spell.title, "words": spell.words, "step": spell.step})


def proposal(seen: Record, line: Mapping[str, Any] | None) -> CategoryMark | None:
    """What the run of the day proposes, for the service alone."""
    if line is None or seen.snapshot is None:
        return None
    known = {each["code"]: each for each in seen.snapshot.intake.categories}
    one = known.get(line["proposed_category"], {})
    return CategoryMark(
        code=line["proposed_category"],
        words=one.get("title", ""),
        step=one.get("colour_step"),
        state=line["proposed_state"],
        reason="" if line["proposed_category"] else line["proposed_reason"],
    )


def predecessors(seen: Record) -> tuple[SummaryRow, ...]:
    """The schools that this one continues."""
    return tuple(
        SummaryRow(
            label=f"Before {long_day(one['linked_on'])}" if "linked_on" in one else "Before",
            value=f"{one.get('name') or 'a school'} (URN {one['predecessor']})",
            hint=f"closed on {long_day(one['closed_on'])}" if "closed_on" in one else "",
        )
        for one in seen.history.get("predecessors", ())
    )


def memberships(seen: Record) -> Table | None:
    """The trusts and federations that the school joined, with dates, as the register of groups tells."""
    told = seen.history.get("trusts", ())
    if not told:
        return None
    return Table(
        caption="Groups that the school belongs to",
        columns=(
            Column(heading="Group", header=True),
            Column(heading="Kind"),
            Column(heading="Joined", kind="date"),
        ),
        rows=[
            (one["group_name"], one.get("group_type", ""), long_day(one.get("joined_on")) or "not recorded")
            for one in told
        ],
        key="memberships",
    )
