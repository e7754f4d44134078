"""A generated authority in the publishers' own layouts, by the same contracts that later read it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from strandline.generate.plan import Authority, Inspection, School
from strandline.sources import contracts
from strandline.sources.contract import Contract

REGISTER = "GIAS establishments, results export"
LINKS = "GIAS links"
HISTORY = "Inspection history, URN and grade"
INSPECTIONS_2014 = "Ofsted MI, most recent inspection, 2014"
REPORT_CARDS = "Ofsted MI, report cards"
WORDS_TO_2012 = {1: "Outstanding", 2: "Good", 3: "Satisfactory", 4: "Inadequate"}
WORDS_FROM_2012 = {**WORDS_TO_2012, 3: "Requires Improvement"}
REQUIRES_IMPROVEMENT_FROM = date(2012, 9, 1)
CARD_AREAS = (
    "rc_inclusion",
    "rc_curriculum_teaching",
    "rc_achievement",
    "rc_attendance_behaviour",
    "rc_personal_development",
    "rc_early_years",
    "rc_post_16",
    "rc_leadership_governance",
)

Row = Mapping[str, str]


def write(contract: Contract, rows: Iterable[Row], path: Path) -> Path:
    """
    Write `rows`, by our stored names or the publisher's field names in upper case, under the contract's header.

    A column that a row does not name is left blank, as publishers do. A name that the contract does not hold is an
    error of the generator. Raises: KeyError.
    """
    known = {column.stored_as for column in contract.columns} | {column.indicator for column in contract.columns}
    with path.open("w", encoding=contract.encodings[0], newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(column.name for column in contract.columns)
        for row in rows:
            unknown = set(row) - known
            if unknown:
                raise KeyError(f"{contract.name} has no {', '.join(sorted(unknown))}")
            writer.writerow(row.get(column.stored_as, row.get(column.indicator, "")) for column in contract.columns)
    return path


def write_register(authority: Authority, folder: Path) -> Path:
    """Every establishment of the authority, closed ones too, as a results export of the register."""
    day = authority.register_day
    rows = (_register_row(authority, school) for school in authority.schools)
    return write(contracts()[REGISTER], rows, folder / f"edubasealldata{day:%Y%m%d}_{authority.code}.csv")


def write_links(authority: Authority, folder: Path) -> Path:
    """The links from academies to the schools they replaced, and back."""
    names = {school.urn: school.name for school in authority.schools}
    rows: list[Row] = []
    for school in authority.schools:
        if school.predecessor is not None and school.opened_on is not None:
            on = f"{school.opened_on:%d-%m-%Y}"
            rows.append(_link(school.urn, school.predecessor, names, "Predecessor", on))
            rows.append(_link(school.predecessor, school.urn, names, "Successor", on))
    return write(contracts()[LINKS], rows, folder / f"links_edubasealldata{authority.register_day:%Y%m%d}.csv")


def write_history(authority: Authority, folder: Path) -> Path:
    """Every graded inspection with an overall grade, as the history prints it."""
    rows = (
        {"urn": str(school.urn), "overall": _word(one), "inspected_on": f"{one.on:%Y%m%d}"}
        for school in authority.schools
        for one in sorted(school.inspections, key=lambda inspection: inspection.on, reverse=True)
        if one.overall is not None
    )
    return write(contracts()[HISTORY], rows, folder / f"inspection_history_{authority.code}.csv")


def write_inspections_2014(authority: Authority, folder: Path) -> Path:
    """The latest inspection of each open school, in the inspectorate's layout of those years."""
    rows = (
        _inspection_2014(authority, school, school.inspections[-1])
        for school in authority.schools
        if school.inspections and school.closed_on is None
    )
    day = authority.register_day
    return write(
        contracts()[INSPECTIONS_2014], rows, folder / f"Management_information_{day:%Y-%m-%d}_{authority.code}.csv"
    )


def write_report_cards(authority: Authority, folder: Path) -> Path:
    """Latest report card, latest graded inspection before, beside each open school; `NULL` where there is none."""
    contract = contracts()[REPORT_CARDS]
    blank = {column.stored_as: "NULL" for column in contract.columns}
    rows = ({**blank, **_card_row(authority, school)} for school in authority.schools if school.closed_on is None)
    day = authority.register_day
    return write(contract, rows, folder / f"Management_information_report_cards_{day:%Y-%m-%d}_{authority.code}.csv")


def write_results(
    authority: Authority, folder: Path, *, layout: str, year: int, stage: str, national: Row, kind: str
) -> Path:
    """One year's performance table: the schools, the authority's row, the two national rows."""
    rows: list[Row] = []
    for school in authority.schools:
        rows += [
            {**_table_key(authority, school), **one.fields}
            for one in school.results
            if (one.stage, one.year) == (stage, year)
        ]
    rows.append(
        {"RECTYPE": "3" if stage == "ks2" else "4", "LEA": str(authority.code), "URN": " ", "ESTAB": " ", **national}
    )
    ends = ("4", "5") if stage == "ks2" else ("5", "7")
    rows += [{"RECTYPE": end, "LEA": " ", "URN": " ", "ESTAB": " ", **national} for end in ends]
    name = f"{year - 1}-{year}_{authority.code}_{stage}{kind}.csv"
    return write(contracts()[layout], rows, folder / name)


def write_census(authority: Authority, folder: Path, *, layout: str, year: int, rows: Sequence[Row]) -> Path:
    """The January census as the performance tables carry it, closed by the national row."""
    total = str(sum(int(row["NOR"]) for row in rows))
    closing = (("PRI", "State-funded primary"), ("SEC", "State-funded secondary"), ("SPE", "Special school"))
    national = [{"URN": "NAT", "ESTAB": code, "SCHOOLTYPE": words, "NOR": total} for code, words in closing]
    return write(contracts()[layout], [*rows, *national], folder / f"{year - 1}-{year}_{authority.code}_census.csv")


def _register_row(authority: Authority, school: School) -> Row:
    maintained = school.trust is None
    return {
        "urn": str(school.urn),
        "la_code": str(authority.code),
        "la_name": authority.name,
        "establishment_number": str(school.number),
        "school_name": school.name,
        "establishment_type": school.establishment_type,
        "establishment_type_group": school.type_group,
        "status": "Open" if school.closed_on is None else "Closed",
        "reason_opened": "Not applicable" if maintained else "Academy Converter",
        "opened_on": _day(school.opened_on),
        "reason_closed": "Not applicable" if school.closed_on is None else "Academy Converter",
        "closed_on": _day(school.closed_on),
        "phase": school.phase,
        "statutory_low_age": str(school.low_age),
        "statutory_high_age": str(school.high_age),
        "sixth_form": "Has a sixth form" if school.high_age > 16 else "Does not have a sixth form",
        "gender": "Mixed",
        "religious_character": school.religious_character,
        "diocese": school.diocese,
        "admissions_policy": "Not applicable" if school.phase != "Secondary" else "Non-selective",
        "capacity": str(round(school.pupils * 1.08)),
        "census_on": _day(date(authority.register_day.year, 1, 15)),
        "pupils_on_roll": str(school.pupils),
        "fsm_percent": str(school.fsm_percent),
        "trust_flag": "Not applicable" if maintained else "Supported by a multi-academy trust",
        "trust_name": "" if school.trust is None else school.trust[1],
        "last_changed_on": _day(authority.register_day.replace(day=1)),
        "town": authority.name,
        "region": authority.region,
        "district": authority.name,
        "ward": school.name.split()[0],
        "easting": str(school.easting),
        "northing": str(school.northing),
    }


def _link(urn: int, other: int, names: Mapping[int, str], kind: str, on: str) -> Row:
    return {"urn": str(urn), "link_urn": str(other), "link_name": names[other], "link_type": kind, "linked_on": on}


def _word(inspection: Inspection) -> str:
    words = WORDS_FROM_2012 if inspection.on >= REQUIRES_IMPROVEMENT_FROM else WORDS_TO_2012
    return words[inspection.overall or 0]


def _inspection_2014(authority: Authority, school: School, latest: Inspection) -> Row:
    return {
        "urn": str(school.urn),
        "laestab": f"{authority.code}{school.number:04d}",
        "school_name": school.name,
        "region": authority.region,
        "la_name": authority.name,
        "establishment_type": school.establishment_type,
        "ofsted_phase": school.sector,
        "latest__inspection_number": str(300_000 + school.urn % 100_000),
        "latest__inspected_on": f"{latest.on:%d/%m/%Y}",
        "latest__inspection_type": "S5 Inspection",
        "latest__overall_grade": str(latest.overall),
        "latest__leadership_management": str(latest.judgements["leadership_management"]),
        "latest__category_of_concern": latest.concern,
    }


def _card_row(authority: Authority, school: School) -> Row:
    graded = next((one for one in reversed(school.inspections) if not one.card), None)
    card = next((one for one in reversed(school.inspections) if one.card), None)
    latest = card or graded
    return {
        **_school_in_management_information(authority, school),
        **(_card_block(school, card) if card else {}),
        **(_graded_block(school, graded) if graded else {}),
        "most_recent_category_of_concern": (latest.concern if latest else "") or "NULL",
    }


def _school_in_management_information(authority: Authority, school: School) -> Row:
    return {
        "web_link": f"https://reports.example/{school.urn}",
        "urn": str(school.urn),
        "laestab": f"{authority.code}{school.number:04d}",
        "school_name": school.name,
        "ofsted_phase": school.sector,
        "establishment_type": school.establishment_type,
        "opened_on": f"{school.opened_on:%d/%m/%Y}" if school.opened_on else "NULL",
        "religious_character": school.religious_character,
        "ofsted_region": authority.region,
        "region": authority.region,
        "la_name": authority.name,
        "trust_uid": str(school.trust[0]) if school.trust else "NULL",
        "trust_name": school.trust[1] if school.trust else "NULL",
        "idaci_quintile": str(min(5, 1 + int(school.fsm_percent // 10))),
        "pupils_on_roll": str(school.pupils),
        "statutory_low_age": str(school.low_age),
        "statutory_high_age": str(school.high_age),
    }


def _identifying(school: School, block: str, inspection: Inspection) -> Row:
    return {
        f"{block}__inspection_number": str(10_000_000 + school.urn),
        f"{block}__inspection_type": "S5 Inspection",
        f"{block}__inspected_on": f"{inspection.on:%d/%m/%Y}",
        f"{block}__published_on": f"{inspection.published_on:%d/%m/%Y}",
        f"{block}__of_current_school": "Yes",
        f"{block}__inspected_urn": str(school.urn),
        f"{block}__inspected_name": school.name,
        f"{block}__inspected_type": school.establishment_type,
        f"{block}__category_of_concern": inspection.concern or "NULL",
    }


def _card_block(school: School, card: Inspection) -> Row:
    areas = {f"card__{name}": _sentence(card.card[name]) for name in CARD_AREAS if name in card.card}
    dates = {f"{name}_graded_on": f"{card.on:%d/%m/%Y}" for name in areas}
    return {
        **_identifying(school, "card", card),
        **areas,
        **dates,
        "card__rc_safeguarding": card.safeguarding,
        "card__rc_safeguarding_graded_on": f"{card.on:%d/%m/%Y}",
    }


def _graded_block(school: School, graded: Inspection) -> Row:
    return {
        **_identifying(school, "latest", graded),
        "latest__overall_grade": "Not judged" if graded.overall is None else str(graded.overall),
        **{f"latest__{name}": str(value) for name, value in graded.judgements.items()},
        "latest__safeguarding_effective": graded.safeguarding or "Yes",
    }


def _sentence(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _table_key(authority: Authority, school: School) -> Row:
    return {
        "RECTYPE": "2" if school.sector == "Special" else "1",
        "LEA": str(authority.code),
        "ESTAB": f"{school.number:04d}",
        "URN": str(school.urn),
        "SCHNAME": school.name,
    }


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
