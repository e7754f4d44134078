"""Facts from the releases of a store: the registers first, then inspections, then figures, then why each null is."""

from __future__ import annotations

from datetime import date

import polars as pl

from strandline.catalogue import FEATURES, Group
from strandline.kernel.errors import UserError
from strandline.kernel.identifiers import LaCode
from strandline.kernel.missing import MissingReason
from strandline.sources.facts import figures, inputs, reasons, vocabulary
from strandline.sources.facts.assembly import Reasons
from strandline.sources.facts.attributes import attribute_gaps, attribute_sources, settings
from strandline.sources.facts.steps import Steps

REGISTER_STEPS = ("register_release", "school_row", "open_school", "school_authority", "school_attribute")
INSPECTION_STEPS = (
    "lineage",
    "inspection_event",
    "school_inspection",
    "graded_inspection",
    "later_inspection",
    "judgement_missing",
)
SCHOOL_STEPS = ("inspection_of", "predecessor", "school", "school_missing")
FIGURE_STEPS = ("results_seat", "results_value")


class NoRegister(UserError):
    """No release says which schools there are."""


class NoSchools(UserError):
    """No school of the authority asked for was open on the day."""


def prepare(db: Steps, store: inputs.Releases, *, as_at: date, authority: LaCode | None, predecessors: bool) -> None:
    """Put the tables of all releases, the small vocabularies and the question itself before the steps."""
    releases = store.releases()
    if not any(inputs.is_register(release) for release in releases):
        raise NoRegister(
            "No register of schools has been added, so there are no schools to describe",
            what_to_do="Add a GIAS extract or Ofsted management information with `strandline data add`",
        )
    ask = {"as_at": [as_at], "authority": [authority.number if authority else None], "predecessors": [predecessors]}
    db.tables(vocabulary.vocabulary())
    db.tables(
        {
            "ask": pl.DataFrame(ask, schema={"as_at": pl.Date, "authority": pl.Int64, "predecessors": pl.Boolean}),
            "release": inputs.release_rows(releases),
            "register_row": inputs.register_rows(store, releases),
            "link": inputs.link_rows(store, releases),
            "inspection_row": inputs.inspection_rows(store, releases),
            "inspection_missing": inputs.inspection_marks(store, releases),
        }
    )


def describe(db: Steps, *, as_at: date, authority: LaCode | None) -> pl.DataFrame:
    """Run the register and inspection steps. Returns urn and la of every school. Raises: NoSchools."""
    for name in REGISTER_STEPS:
        db.run(name)
    schools = db.frame("school_authority").select("urn", "la")
    if schools.is_empty():
        raise NoSchools(*_no_schools(as_at=as_at, authority=authority), what_to_do="See `strandline data list`")
    db.tables({"attribute_gap": attribute_gaps(db)})
    for name in SCHOOL_STEPS:
        db.run(name)
    db.forget("school_row", "open_school", "attribute_gap")
    for name in INSPECTION_STEPS:
        db.run(name)
    db.tables({"event_held": db.frame("inspection_row").select("event").unique()})
    db.forget(
        "inspection_row",
        "register_row",
        "link",
        "inspection_of",
        "inspection_event",
        "school_inspection",
        "inspection_missing",
    )
    return schools


def measure(
    db: Steps, store: inputs.Releases, *, schools: pl.DataFrame, as_at: date, authority: LaCode | None
) -> tuple[dict[Group, int | None], tuple[figures.Told, ...]]:
    """Run the figure steps. Returns the year of each family of figures, and which release tells what."""
    told = figures.tellings(store.releases())
    years = figures.results_years(told, as_at=as_at, authority=authority)
    wanted = figures.wanted_measures(told, years=years, as_at=as_at)
    db.tables(
        {
            "wanted_measure": wanted,
            "entity_seat": figures.entity_seats(store, wanted),
            "entity_value": figures.entity_values(store, wanted, urns=schools["urn"]),
        }
    )
    for name in FIGURE_STEPS:
        db.run(name)
    db.forget("entity_value", "entity_seat")
    return years, told


def parts(db: Steps, *, schools: pl.DataFrame, years: dict[Group, int | None]) -> tuple[pl.DataFrame, ...]:
    """The frames that together hold every feature, each with one row per urn."""
    values = db.frame("results_value").filter(pl.col("value").is_not_null())
    wide = values.pivot("feature", index="urn", values="value") if values.height else values.select("urn").clear()
    return (
        db.frame("school"),
        settings(db),
        db.frame("graded_inspection"),
        db.frame("later_inspection"),
        wide,
        _statuses(db.frame("results_seat")),
        schools.select("urn", *(pl.lit(year, pl.Int64).alias(name) for name, year in _year_features(years).items())),
    )


def why_missing(
    db: Steps,
    *,
    schools: pl.DataFrame,
    years: dict[Group, int | None],
    told: tuple[figures.Told, ...],
    as_at: date,
) -> Reasons:
    """Everything that explains nulls, most particular first."""
    figures_missing = db.frame("results_value").filter(pl.col("value").is_null())
    reason = pl.coalesce("reason", pl.lit(str(MissingReason.BLANK)))
    seats = db.frame("results_seat")
    return Reasons(
        cells=(
            figures_missing.with_columns(reason.alias("reason")),
            db.frame("judgement_missing"),
            *(_inspection_cells(db) if db.frame("event_held").height else ()),
            db.frame("school_missing"),
        ),
        groups=reasons.figure_reasons(told, years=years, as_at=as_at, authorities=schools, seats=_seat_groups(seats)),
        features={
            **reasons.inspection_reasons(as_at=as_at, events=frozenset(db.frame("event_held")["event"])),
            **reasons.column_reasons(years=years),
        },
    )


def provenance(db: Steps) -> tuple[pl.DataFrame, pl.DataFrame]:
    """
    The release behind each group of each school, and the values that another release of the group gave.

    Shape: (urn, group, release_id, published_on), (urn, feature, release_id, published_on).
    """
    attributes = attribute_sources(db)
    own = attributes.group_by("urn", "group_name", "release_id").len()
    best = own.sort("urn", "group_name", "len", "release_id", descending=[False, False, True, False])
    of_attributes = best.unique(["urn", "group_name"], keep="first", maintain_order=True).drop("len")
    identity = db.frame("school").select("urn", pl.lit("identity").alias("group_name"), "release_id")
    of_attributes = pl.concat([of_attributes.filter(pl.col("group_name") != "identity"), identity])
    graded, later = db.frame("graded_inspection"), db.frame("later_inspection")
    rows = pl.concat(
        [
            of_attributes,
            _of(graded, "release_id", Group.INSPECTION),
            _of(graded, "previous_release_id", Group.PREVIOUS_INSPECTION),
            _of(later, "ungraded_release_id", Group.UNGRADED_INSPECTION),
            _of(later, "card_release_id", Group.REPORT_CARD),
            _seat_groups(db.frame("results_seat")).select("urn", pl.col("group").alias("group_name"), "release_id"),
        ]
    )
    published = db.frame("release").select("release_id", "published_on")
    filled = (
        attributes.filter(pl.col("feature").is_in(list(FEATURES)))
        .join(of_attributes, on=["urn", "group_name", "release_id"], how="anti")
        .select("urn", "feature", "release_id")
    )
    return (
        rows.rename({"group_name": "group"}).join(published, on="release_id").sort("urn", "group"),
        filled.join(published, on="release_id").sort("urn", "feature"),
    )


def _of(frame: pl.DataFrame, column: str, group: Group) -> pl.DataFrame:
    told = frame.filter(pl.col(column).is_not_null())
    return told.select("urn", pl.lit(str(group)).alias("group_name"), pl.col(column).alias("release_id"))


def _seat_groups(seats: pl.DataFrame) -> pl.DataFrame:
    names = pl.DataFrame(
        [
            {"group_name": str(family), "back": back, "group": str(group)}
            for family, groups in figures.GROUPS.items()
            for back, group in enumerate(groups)
        ],
        schema={"group_name": pl.String, "back": pl.Int64, "group": pl.String},
    )
    return seats.join(names, on=["group_name", "back"])


def _statuses(seats: pl.DataFrame) -> pl.DataFrame:
    named = seats.filter(pl.col("group_name").is_in(["ks2", "ks4"]) & (pl.col("status") != "")).select(
        "urn",
        "status",
        pl.format("{}_release_status{}", "group_name", pl.col("back").replace_strict(figures.SUFFIXES)).alias(
            "feature"
        ),
    )
    return named.pivot("feature", index="urn", values="status") if named.height else named.select("urn")


def _year_features(years: dict[Group, int | None]) -> dict[str, int | None]:
    names: dict[str, int | None] = {}
    for family, groups in figures.GROUPS.items():
        stem = f"{family}_results_year" if len(groups) > 1 else f"{family}_year"
        for back in range(len(groups)):
            latest = years[family]
            names[stem + figures.SUFFIXES[back]] = None if latest is None else latest - back
    return names


def _inspection_cells(db: Steps) -> tuple[pl.DataFrame, ...]:
    """Reasons that follow from the inspections a school has, where no single judgement is missing."""
    graded = db.frame("graded_inspection")
    judged = pl.col("inspection_date").is_not_null()
    compared = pl.col("previous_inspection_date").is_not_null()
    no_previous = pl.when(judged).then(pl.lit(str(MissingReason.NO_PREVIOUS)))
    never = no_previous.otherwise(pl.lit(str(MissingReason.NEVER_INSPECTED)))
    previous = [f.name for f in FEATURES.values() if f.group is Group.PREVIOUS_INSPECTION]
    blank = pl.lit(str(MissingReason.BLANK))
    return (
        _cells(graded, "direction_of_travel", compared, pl.lit(str(MissingReason.NOT_JUDGED))),
        _cells(graded, "direction_of_travel", ~compared, never),
        _cells(graded, "inspection_wording", judged, blank),
        _cells(graded, "previous_inspection_wording", compared, blank),
        *(_cells(graded, name, ~compared, never) for name in previous),
    )


def _cells(frame: pl.DataFrame, feature: str, where: pl.Expr, reason: pl.Expr) -> pl.DataFrame:
    return frame.filter(where & pl.col(feature).is_null()).select(
        "urn",
        pl.lit(feature).alias("feature"),
        reason.alias("reason"),
        pl.lit(None, pl.String).alias("token"),
        pl.lit(None, pl.String).alias("release_id"),
    )


def _no_schools(*, as_at: date, authority: LaCode | None) -> tuple[str]:
    if authority is None:
        return (f"The registers in the warehouse hold no school that was open on {as_at}",)
    after = vocabulary.reorganisations().filter(pl.col("from_la") == authority.number)
    became = after.filter(pl.col("on") <= as_at)
    if became.height:
        names = " and ".join(f"{code} {name}" for code, name in became.select("to_la", "to_name").iter_rows())
        return (f"Authority {authority} became {names} on {became['on'][0]}, so it had no schools on {as_at}",)
    before = vocabulary.reorganisations().filter((pl.col("to_la") == authority.number) & (pl.col("on") > as_at))
    if before.height:
        names = " and ".join(f"{code} {name}" for code, name in before.select("from_la", "from_name").iter_rows())
        return (f"Authority {authority} began on {before['on'][0]}; on {as_at} its schools were in {names}",)
    return (f"The registers in the warehouse hold no school of authority {authority} open on {as_at}",)
