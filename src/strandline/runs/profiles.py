"""Inspection outcomes of an area against England, each framework by itself, and the map of authorities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from strandline.catalogue.inspection import REPORT_CARD_AREAS
from strandline.insight.profiles import AT_EXPECTED_OR_ABOVE
from strandline.reports.input import AuthorityMap, AuthorityValue, InspectionProfile, ProfileRow
from strandline.runs.measuring import Measuring

OPEN = "state_funded AND status LIKE 'open%'"
GOOD = "IN (1, 2)"
SECTORS = {
    "nursery": "Nursery",
    "primary": "Primary",
    "secondary": "Secondary",
    "special": "Special",
    "alternative_provision": "Alternative provision",
}
KEY_JUDGEMENTS = {
    "quality_of_education_grade": "Quality of education",
    "behaviour_attitudes_grade": "Behaviour and attitudes",
    "personal_development_grade": "Personal development",
    "leadership_grade": "Leadership and management",
}
WITHOUT_OVERALL = "inspection_grade IS NULL AND inspection_date >= DATE '2024-09-02'"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of a profile: which schools are in its base, which of them count, and which have no such judgement."""

    label: str
    base: str
    met: str
    uncounted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Framework:
    """How a profile is called and what it is of."""

    key: str
    title: str
    measure: str
    base: str
    row_heading: str


OVERALL = _Framework(
    key="overall",
    title="Overall grade",
    measure="graded good or outstanding",
    base="state-funded schools whose latest graded inspection gave an overall grade",
    row_heading="Schools",
)
JUDGEMENTS = _Framework(
    key="judgements",
    title="Key judgements without an overall grade",
    measure="judged good or outstanding",
    base="state-funded schools inspected from September 2024 without an overall grade",
    row_heading="Judgement",
)
REPORT_CARDS = _Framework(
    key="report-cards",
    title="Report cards",
    measure="at the expected standard or above",
    base="state-funded schools with a report card that judges the area",
    row_heading="Area of the report card",
)


def profiles(measuring: Measuring, *, local: bool, source: str, cards: str) -> tuple[InspectionProfile, ...]:
    """
    Profiles of the frameworks under which any school of the area was inspected; `source` is the release of graded
    inspections and `cards` that of report cards.

    Missing: schools without such a judgement are in no base and stand in the last column.
    """
    made = (
        (OVERALL, source, _overall_lines(measuring)),
        (JUDGEMENTS, source, [_judgement_line(name, words) for name, words in KEY_JUDGEMENTS.items()]),
        (REPORT_CARDS, cards, [_card_line(name, words) for name, words in REPORT_CARD_AREAS.items()]),
    )
    drawn = (_profile(measuring, lines, framework, local=local, source=of) for framework, of, lines in made)
    return tuple(profile for profile in drawn if profile.rows)


def authority_map(measuring: Measuring, *, here: str, source: str) -> AuthorityMap | None:
    """The share of schools graded good or outstanding in every authority; None where no coordinate is known."""
    places = measuring.rows(
        "SELECT la, any_value(la_name) AS name, avg(easting) AS x, avg(northing) AS y FROM national "
        f"WHERE {OPEN} AND la IS NOT NULL GROUP BY la HAVING avg(easting) IS NOT NULL ORDER BY la"
    )
    if places.is_empty():
        return None
    met, graded = f"inspection_grade {GOOD}", f"{OPEN} AND inspection_grade IS NOT NULL AND la = ?"
    values = tuple(
        AuthorityValue(
            code=str(la),
            name=name or str(la),
            x=x,
            y=y,
            value=measuring.share(met, graded, la, table="national", source=source),
        )
        for la, name, x, y in places.iter_rows()
    )
    return AuthorityMap(measure=OVERALL.measure, base=OVERALL.base, as_at=measuring.as_at, values=values, here=here)


def _overall_lines(measuring: Measuring) -> list[_Line]:
    present = set(measuring.rows(f"SELECT DISTINCT sector FROM facts WHERE {OPEN}")["sector"])
    groups = {"All schools": OPEN}
    groups |= {words: f"{OPEN} AND sector = '{name}'" for name, words in SECTORS.items() if name in present}
    graded, ungraded, met = "inspection_grade IS NOT NULL", "inspection_grade IS NULL", f"inspection_grade {GOOD}"
    return [
        _Line(label=label, base=f"{where} AND {graded}", met=met, uncounted=f"{where} AND {ungraded}")
        for label, where in groups.items()
    ]


def _judgement_line(name: str, words: str) -> _Line:
    return _Line(label=words, base=f"{OPEN} AND {WITHOUT_OVERALL} AND {name} IS NOT NULL", met=f"{name} {GOOD}")


def _card_line(name: str, words: str) -> _Line:
    met = ", ".join(f"'{standard}'" for standard in AT_EXPECTED_OR_ABOVE)
    return _Line(label=words, base=f"{OPEN} AND {name} IS NOT NULL", met=f"{name} IN ({met})")


def _profile(
    measuring: Measuring, lines: list[_Line], framework: _Framework, *, local: bool, source: str
) -> InspectionProfile:
    return InspectionProfile(
        key=framework.key,
        title=framework.title,
        measure=framework.measure,
        base=framework.base,
        row_heading=framework.row_heading,
        as_at=measuring.as_at,
        rows=tuple(_rows(measuring, lines, local=local, source=source)),
    )


def _rows(measuring: Measuring, lines: list[_Line], *, local: bool, source: str) -> Iterator[ProfileRow]:
    for line in lines:
        here = measuring.share(line.met, line.base, table="facts", source=source)
        if not here.whole.value:
            continue
        england = measuring.share(line.met, line.base, table="national", source=source) if local else None
        question = f"SELECT count(*) FROM facts WHERE {line.uncounted}"
        uncounted = measuring.number(question, source=source) if line.uncounted else None
        yield ProfileRow(label=line.label, local=here, national=england, not_counted=uncounted)
