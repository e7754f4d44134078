"""Invented schools for the component page, as many as a list page has."""

from __future__ import annotations

from dataclasses import dataclass

from strandline.web.design.maps import LegendEntry, Place, SchoolMap, ShapeEntry
from strandline.web.design.marks import CategoryMark
from strandline.web.design.tables import Cell, Column, Row, Table

WORDS = {
    "1": "Outstanding, and results stay above the authority's",
    "2A": "Good and improving",
    "2B": "Good with a weakness to watch",
    "3A": "Satisfactory at the last inspection, good before",
    "3B": "Satisfactory twice",
    "3C": "Requires improvement",
    "3D": "Below the floor standard",
    "4": "In a category of concern",
}
STEPS = {code: step for step, code in enumerate(WORDS, start=1)}
PLACES = (
    "Alder Road|Brackenfield|Canal Street|Dovecote Lane|Eastgate|Fernhill|Glebe|Harbour View|Ivybridge|Jubilee|"
    "Kiln Lane|Larkfield|Meadow Bank|Northcliffe|Orchard Way|Priory|Quarry Hill|Riverside|St Aidan’s|St Oswin’s|"
    "Thornbury|Underwood|Vale|Westbrook"
).split("|")
KINDS = ("Primary School", "Infant School", "CofE Primary School", "Academy", "High School", "Special School")
SHAPES = {"High School": "square", "Academy": "square", "Special School": "diamond"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One invented school."""

    urn: int
    name: str
    pupils: int | None
    mark: CategoryMark
    met: int
    of: int
    reason: str
    shape: str
    east: float
    north: float
    changed: str = ""


def examples(count: int = 48) -> tuple[Example, ...]:
    """Give invented schools, always the same."""
    return tuple(_example(index) for index in range(count))


def _example(index: int) -> Example:
    kind = KINDS[(index * 5) % len(KINDS)]
    code = list(WORDS)[(index * 7) % len(WORDS)]
    unknown = index % 11 == 4
    mark = (
        CategoryMark(state="undecided", reason="key stage 2 results are suppressed")
        if unknown
        else CategoryMark(code=code, words=WORDS[code], step=STEPS[code])
    )
    of = 20 + (index * 13) % 50
    return Example(
        urn=900_001 + index,
        name=f"{PLACES[index % len(PLACES)]} {kind}",
        pupils=None if index % 9 == 2 else 90 + (index * 37) % 410,
        mark=mark,
        met=round(of * (0.4 + (index * 17 % 50) / 100)),
        of=of,
        reason="Key stage 2 results are suppressed: settle by judgement" if unknown else _reason(code),
        shape=SHAPES.get(kind, "circle"),
        east=430_000 + (index * 2711) % 18_000,
        north=280_000 + (index * 4813) % 22_000,
        changed="Category 3A until 30 April 2013" if index == 3 else "",
    )


def _reason(code: str) -> str:
    return {
        "3C": "Review meeting due by 14 June 2013",
        "3D": "Results fell 9 pp in a year",
        "4": "Statement of action due by 31 May 2013",
    }.get(code, "")


def table(schools: tuple[Example, ...], *, query: str = "", caption: str = "Schools", wide: bool = False) -> Table:
    """Give a list of schools in the order that the address asks for."""
    asked = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair).get("sort", "name")
    key = asked.removeprefix("-")
    orders = {
        "name": lambda one: one.name,
        "pupils": lambda one: one.pupils or -1,
        "category": lambda one: one.mark.code,
    }
    ordered = sorted(schools, key=orders.get(key, orders["name"]), reverse=asked.startswith("-"))
    return Table(
        key="schools",
        caption=caption,
        columns=(
            Column(heading="School", header=True, sort="name"),
            Column(heading="Category", kind="mark", sort="category"),
            Column(heading="Pupils", kind="number", sort="pupils"),
            Column(heading="Expected standard", kind="number", hint="% of the cohort"),
            Column(heading="Inspected", kind="date"),
            Column(heading="Why it is here", kind="words"),
        ),
        rows=[_row(one) for one in ordered],
        query=query,
        sorted_by=key,
        descending=asked.startswith("-"),
        wide=wide,
    )


def _row(one: Example) -> Row:
    share = round(100 * one.met / one.of)
    return Row(
        key=f"school-{one.urn}",
        changed=one.changed,
        cells=(
            Cell(text=one.name, href=f"#school-{one.urn}", hint=f"URN {one.urn}"),
            one.mark.mark_html(),
            str(one.pupils) if one.pupils is not None else Cell(missing="not published"),
            Cell(missing="suppressed", mark="SUPP") if not one.mark.code else f"{share} % ({one.met} of {one.of})",
            "14 March 2012",
            one.reason,
        ),
    )


def school_map(schools: tuple[Example, ...], *, href: str) -> SchoolMap:
    """Give the schools as a map with legend and list."""
    counts = {code: sum(one.mark.code == code for one in schools) for code in WORDS}
    unknown = sum(not one.mark.code for one in schools)
    legend = [
        LegendEntry(mark=CategoryMark(code=code, words=WORDS[code], step=STEPS[code]), count=counts[code])
        for code in WORDS
    ]
    legend.append(LegendEntry(mark=CategoryMark(state="undecided", reason="a figure is missing"), count=unknown))
    return SchoolMap(
        key="places",
        title="Where the schools are",
        places_href=href,
        places=tuple(
            Place(urn=one.urn, name=one.name, href=f"#school-{one.urn}", mark=one.mark, hint=one.reason)
            for one in sorted(schools, key=lambda one: one.name)
        ),
        legend=tuple(legend),
        shapes=(
            ShapeEntry(shape="circle", words="Primary"),
            ShapeEntry(shape="square", words="Secondary and all-through"),
            ShapeEntry(shape="diamond", words="Special"),
        ),
        not_placed="1 school has no place in the register and is only in this list.",
    )


def places(schools: tuple[Example, ...]) -> dict[str, object]:
    """Give the schools and an invented boundary as GeoJSON in metres of the British National Grid."""
    outline = [(427, 278), (440, 276), (451, 282), (453, 296), (444, 305), (431, 304), (426, 292), (427, 278)]
    boundary = {
        "type": "Feature",
        "properties": {"kind": "boundary", "name": "Northwold"},
        "geometry": {"type": "Polygon", "coordinates": [[[east * 1000, north * 1000] for east, north in outline]]},
    }
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.east, one.north]},
            "properties": {
                "urn": one.urn,
                "name": one.name,
                "href": f"#school-{one.urn}",
                "code": one.mark.code,
                "words": one.mark.words or one.mark.reason,
                "step": one.mark.step,
                "shape": one.shape,
            },
        }
        for one in schools
    ]
    return {"type": "FeatureCollection", "features": [boundary, *points]}
