"""The map and its points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from strandline.web.design.filters import FilterGroup, Filters, Option
from strandline.web.design.maps import LegendEntry, Place, SchoolMap, Shape, ShapeEntry
from strandline.web.design.marks import CategoryMark
from strandline.web.schools.asked import KEPT, Asked
from strandline.web.schools.presenters.listing import LEGENDS, mark_of
from strandline.web.schools.queries.moments import Moment
from strandline.web.schools.queries.places import Placed
from strandline.web.schools.wording import long_day, words

SHAPES: Mapping[str, Shape] = {"primary": "circle", "nursery": "circle", "secondary": "square", "post_16": "square"}
SHAPE_WORDS = (
    ShapeEntry(shape="circle", words="Primary and nursery"),
    ShapeEntry(shape="square", words="Secondary and post-16"),
    ShapeEntry(shape="diamond", words="Special, alternative provision, other"),
)
UNSTEPPED = 99


def school_map(placed: Placed, *, moment: Moment, places_href: str) -> SchoolMap:
    """The map component; a school without a place stands in the list only."""
    marks = {row["school"]: mark(row, placed, moment) for row in placed.rows}
    start = reverse("schools:index")
    day = f"?as_at={moment.on.isoformat()}" if moment.asked else ""
    known = tuple(
        Place(
            urn=row["school"],
            name=row["name"],
            href=f"{start}{row['school']}/{day}",
            mark=marks[row["school"]],
            hint="" if row["longitude"] is not None else "not on the map: the register gives no place",
        )
        for row in placed.rows
    )
    lacking = sum(row["longitude"] is None for row in placed.rows)
    counted = Counter((one.code, one.words if one.code else "", one.step, one.state) for one in marks.values())
    legend = tuple(
        LegendEntry(mark=CategoryMark(code=code, words=text, step=step, state=state), count=n)
        for (code, text, step, state), n in sorted(
            counted.items(), key=lambda item: (item[0][2] or UNSTEPPED, item[0][0], item[0][3])
        )
    )
    published = "the category under which they are shown"
    proposed = f"{published}, or where none is published, what the rules propose"
    return SchoolMap(
        key="schools-map",
        title=f"Schools on {long_day(moment.on)} by {proposed if placed.proposals else published}",
        places_href=places_href,
        places=known,
        legend=legend,
        shapes=SHAPE_WORDS,
        coordinates="degrees",
        not_placed=f"{lacking} of {len(known)} schools have no place in the register." if lacking else "",
    )


def feature_collection(placed: Placed, *, moment: Moment) -> dict[str, Any]:
    """The points as GeoJSON (RFC 7946: longitude, latitude on WGS84)."""
    start = reverse("schools:index")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
                "properties": _properties(row, mark(row, placed, moment), start),
            }
            for row in placed.rows
            if row["longitude"] is not None
        ],
    }


def _properties(row: Mapping[str, Any], category: CategoryMark, start: str) -> dict[str, Any]:
    return {
        "urn": row["school"],
        "name": row["name"],
        "href": f"{start}{row['school']}/",
        "code": category.code,
        "words": category.words,
        "step": category.step,
        "state": category.state,
        "shape": SHAPES.get(row["sector"], "diamond"),
        "sector": words(row["sector"]) if row["sector"] else "",
    }


def mark(row: Mapping[str, Any], placed: Placed, moment: Moment) -> CategoryMark:
    """The published category; where there is none, what the rules propose, to those who may see it."""
    spell = placed.spells.get(row["school"])
    if spell is not None or not placed.proposals:
        return mark_of(spell)
    known = {each["code"]: each for each in (moment.intake.categories if moment.intake else ())}
    category = known.get(row["proposed_category"], {})
    return CategoryMark(
        code=row["proposed_category"],
        words=category.get("title", ""),
        step=category.get("colour_step"),
        state=row["proposed_state"],
    )


def chips(asked: Asked, *, moment: Moment, count: int, path: str) -> Filters:
    """The filters in force as chips; to change them one goes back to the list."""
    titles = {row["code"]: row["title"] for row in (moment.intake.categories if moment.intake else ())}
    groups = tuple(
        FilterGroup(
            name=name,
            legend=LEGENDS[name],
            options=tuple(Option(value=value, label=titles.get(value, words(value)), chosen=True) for value in values),
        )
        for name, values in asked.chosen.items()
    )
    return Filters(
        groups=groups,
        query=asked.query,
        search=asked.words,
        path=path,
        found=f"{count:,} {'school' if count == 1 else 'schools'}",
        kept=KEPT,
    )
