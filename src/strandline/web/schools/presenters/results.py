"""Results by year: each year under the status of its release, side by side, none replaced by another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from strandline.catalogue import FEATURES, Group
from strandline.catalogue.feature import Feature
from strandline.web.design.figures import Source
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.schools.models import Snapshot
from strandline.web.schools.presenters.figures import source
from strandline.web.schools.wording import shown, why_missing

STAGES: Final = {"ks2": ("Key stage 2", Group.KS2), "ks4": ("Key stage 4", Group.KS4)}
SUFFIXES: Final = ("", "_previous", "_before_previous")
RANK: Final = {"final": 0, "revised": 1, "provisional": 2, "": 3}
UNTOLD: Final = frozenset({"not_collected", "not_applicable", "no_release", "not_published", "no_previous"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One results year as one snapshot tells it."""

    year: int
    status: str
    suffix: str
    snapshot: Snapshot
    release: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageResults:
    """A key stage: its table, or a sentence that says why there is none."""

    key: str
    title: str
    table: Table | None
    why: str
    sources: tuple[Source, ...]


def results(snapshots: Sequence[Snapshot]) -> tuple[StageResults, ...]:
    """
    The key stages from everything that was known on the day, the latest knowledge of each year and status.

    One that the school does not teach, and of which it has no results, is left out.
    """
    told = (_stage(stage, title, group, snapshots) for stage, (title, group) in STAGES.items())
    return tuple(each for each in told if each.table is not None or _teaches(each.key, snapshots))


def _teaches(stage: str, snapshots: Sequence[Snapshot]) -> bool:
    """Whether the school teaches to the end of the stage; where nobody knows, it may."""
    return not snapshots or snapshots[0].facts.get(f"takes_{stage}") is not False


def _stage(stage: str, title: str, group: Group, snapshots: Sequence[Snapshot]) -> StageResults:
    told = _years(stage, snapshots)
    measures = [feature for feature in FEATURES.values() if feature.group is group and _is_measure(feature, stage)]
    years = [year for year in told if any(_says_something(feature, year) for feature in measures)]
    if not told:
        why = snapshots[0].why(f"{stage}_results_year") if snapshots else None
        said = why_missing(why["reason"]) if why else "Nothing was known on that day"
        return StageResults(key=stage, title=title, table=None, why=said, sources=())
    rows = [row for feature in measures if (row := _row(feature, years)) is not None]
    table = Table(
        caption=f"{title} results by year",
        caption_hidden=True,
        columns=(
            Column(heading="Measure", kind="words", header=True),
            *(Column(heading=_year_words(year.year), kind="number", hint=year.status) for year in years),
        ),
        rows=rows,
        key=f"results-{stage}",
        wide=len(years) > 6,
        note=_silent(told, years),
    )
    return StageResults(
        key=stage,
        title=title,
        table=table if rows else None,
        why="" if rows else _silent(told, years),
        sources=tuple({year.release["release_id"]: source(year.release) for year in years if year.release}.values()),
    )


def _years(stage: str, snapshots: Sequence[Snapshot]) -> list[Year]:
    found: dict[tuple[int, str], Year] = {}
    for snapshot in snapshots:
        for suffix in SUFFIXES:
            year = snapshot.facts.get(f"{stage}_results_year{suffix}")
            if year is None:
                continue
            status = snapshot.facts.get(f"{stage}_release_status{suffix}", "")
            release = snapshot.source_of(f"{stage}_results_year{suffix}")
            found.setdefault(
                (year, status), Year(year=year, status=status, suffix=suffix, snapshot=snapshot, release=release)
            )
    return sorted(found.values(), key=lambda one: (-one.year, RANK.get(one.status, 3)))


def _row(feature: Feature, years: Iterable[Year]) -> Row | None:
    """A measure in every year; None where no year says anything of it."""
    if not any(_says_something(feature, year) for year in years):
        return None
    cells = [_cell(feature, year) for year in years]
    name = feature.meaning
    return Row(cells=[name, *(Cell(missing="Not in this year's tables") if cell is None else cell for cell in cells)])


def _cell(feature: Feature, year: Year) -> Cell | None:
    name = f"{feature.name}{year.suffix}"
    value = year.snapshot.facts.get(name)
    if value is not None:
        cohort = year.snapshot.facts.get(FEATURES[name].cohort) if FEATURES[name].cohort else None
        return Cell(text=shown(name, value), sort=float(value), hint=f"of {cohort}" if cohort is not None else "")
    why = year.snapshot.why(name)
    if why is None or (why["reason"] in UNTOLD and not why["token"]):
        return None
    return Cell(missing=why_missing(why["reason"]), mark=why["token"])


def _says_something(feature: Feature, year: Year) -> bool:
    """Whether there is a value, or a reason that is more than an empty cell."""
    name = f"{feature.name}{year.suffix}"
    if name in year.snapshot.facts:
        return True
    why = year.snapshot.why(name)
    return why is not None and (bool(why["token"]) or why["reason"] not in UNTOLD | {"blank", "no_record"})


def _silent(told: Sequence[Year], years: Sequence[Year]) -> str:
    """The years of which the tables say nothing, in a sentence."""
    silent = [_year_words(year.year) for year in told if year not in years]
    return f"The tables give no figure of the school for {', '.join(silent)}." if silent else ""


def _is_measure(feature: Feature, stage: str) -> bool:
    return feature.name not in (f"{stage}_results_year", f"{stage}_release_status")


def _year_words(year: int) -> str:
    return f"{year - 1}/{year % 100:02d}"
