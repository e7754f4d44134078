"""Figures given ahead: of one school, and of all in reach for one results year."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404

from strandline.kernel.dates import AcademicYear
from strandline.kernel.errors import StrandlineError
from strandline.runs.early_warning import Warned, early_warning, results_years
from strandline.runs.record import Run, open_run
from strandline.web.people.scope import Actor
from strandline.web.schools.measures import MEASURES, STAGES, stage_of
from strandline.web.schools.models import DataSharing, FigureKind, ForwardFigure, Line, SharedPart, Snapshot
from strandline.web.schools.queries.moments import Moment, moment
from strandline.web.schools.queries.record import Record, agreements
from strandline.web.schools.queries.within import unscoped

TRIED = (FigureKind.PREDICTION, FigureKind.ESTIMATE)
"""The kinds that a rule is tried on, the first that is there; a target says what is hoped for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """
    One results year on the figures given ahead.

    `published` gives the latest published results year of each key stage. `warned` is None where the run itself could
    not be read, and `why_not` then says why. `silent` counts the schools in reach without a figure for the year,
    `withheld` those whose figures are not shown because they no longer share them.
    """

    moment: Moment
    year: int
    years: Sequence[int]
    published: Mapping[str, int]
    figures: Sequence[ForwardFigure]
    snapshots: Mapping[int, Snapshot]
    warned: Sequence[Warned] | None
    why_not: str
    schools: int
    silent: int
    withheld: int

    def is_published(self, measure: str) -> bool:
        """Whether the actual figures of the year have come for the key stage of a measure."""
        return self.published[stage_of(measure)] >= self.year


def figures(seen: Record) -> list[ForwardFigure] | None:
    """The figures of a school in use on the day; None where it does not share them. Only for the service."""
    if not seen.actor.is_of_the_service or not agreements(seen)[SharedPart.PREDICTIONS].agreed:
        return None
    rows = in_use(ForwardFigure.objects.for_actor(seen.actor), on=seen.on).filter(school=seen.school)
    return list(rows.filter(measure__in=MEASURES).select_related("given_by"))


def figure(seen: Record, pk: int) -> ForwardFigure:
    """One figure of a school that shares them, also one that was revised meanwhile. Raises: Http404."""
    if not agreements(seen)[SharedPart.PREDICTIONS].agreed:
        raise Http404
    rows = ForwardFigure.objects.for_actor(seen.actor).filter(school=seen.school, measure__in=MEASURES)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def last_given(seen: Record) -> ForwardFigure | None:
    """What the actor gave last for the school: the next figure mostly has the same year, kind and source."""
    rows = ForwardFigure.objects.for_actor(seen.actor).filter(school=seen.school, given_by=seen.actor.user)
    return rows.order_by("-recorded_at", "-pk").first()


def in_use(rows: QuerySet[ForwardFigure], *, on: date) -> QuerySet[ForwardFigure]:
    """Those that were given by a day and neither revised nor withdrawn on it."""
    return rows.filter(Q(ended_at__isnull=True) | Q(ended_at__date__gt=on), given_on__lte=on)


def published_years(now: Moment) -> Mapping[str, int]:
    """
    The latest published results year of each key stage, as the desk's latest run knows it.

    Where the run knows of none, the school year before the one of the run's day: its results are the latest there are.
    """
    on = now.intake.as_at if now.intake else now.on
    last = AcademicYear.containing(on).ends_in - 1
    try:
        run = _run(now)
    except StrandlineError:
        run = None
    known = results_years(run) if run is not None else _years_taken_in(now)
    return {stage: known.get(stage) or last for stage in STAGES}


def _years_taken_in(now: Moment) -> Mapping[str, int | None]:
    """The same from what the desk itself keeps of the run, where the run is no longer on disk."""
    rows = unscoped(Snapshot).filter(intake=now.intake)
    named = {stage: f"facts__{stage}_results_year" for stage in STAGES}
    return {
        stage: rows.filter(**{f"{name}__isnull": False}).values_list(name, flat=True).first()
        for stage, name in named.items()
    }


def outlook(actor: Actor, *, year: int | None = None) -> Outlook:
    """The schools in reach on the figures given ahead for a results year; without one, for the latest there is."""
    now = moment(actor, with_releases=True)
    published = published_years(now)
    rows = in_use(ForwardFigure.objects.for_actor(actor), on=now.on).filter(measure__in=MEASURES)
    years = sorted(set(rows.order_by().values_list("results_year", flat=True)), reverse=True)
    chosen = year or (years[0] if years else max(published.values()) + 1)
    every = list(rows.filter(results_year=chosen).select_related("school", "given_by"))
    shared = _sharing({row.school_id: row.school.maintained for row in every}, on=now.on)
    told = [row for row in every if row.school_id in shared]
    urns = {row.school_id for row in told}
    warned, why_not = _warned(now, published, chosen, told)
    in_reach = Line.objects.for_actor(actor).filter(intake=now.intake).count() if now.intake else 0
    return Outlook(
        moment=now,
        year=chosen,
        years=years,
        published=published,
        figures=sorted(told, key=lambda row: (row.school.name, row.school_id, row.measure, row.kind)),
        snapshots=_snapshots(now, urns),
        warned=warned,
        why_not=why_not,
        schools=in_reach,
        silent=max(in_reach - len({row.school_id for row in every}), 0),
        withheld=len({row.school_id for row in every} - urns),
    )


def tried(rows: Sequence[ForwardFigure]) -> Mapping[tuple[int, str], ForwardFigure]:
    """By school and measure the figure that rules are tried on: a prediction, else an estimate."""
    found: dict[tuple[int, str], ForwardFigure] = {}
    for kind in TRIED:
        for row in rows:
            if row.kind == kind:
                found.setdefault((row.school_id, row.measure), row)
    return found


def _warned(
    now: Moment, published: Mapping[str, int], year: int, rows: Sequence[ForwardFigure]
) -> tuple[Sequence[Warned] | None, str]:
    figures: dict[int, dict[str, float]] = {}
    for (urn, measure), row in tried(rows).items():
        if published[stage_of(measure)] >= year:
            continue
        own = figures.setdefault(urn, {})
        own[measure] = row.value
        cohort = MEASURES[measure].cohort or f"{stage_of(measure)}_cohort"
        if row.cohort is not None:
            own.setdefault(cohort, float(row.cohort))
    if not figures:
        return (), ""
    try:
        run = _run(now)
        return (early_warning(run, year=year, figures=figures) if run is not None else ()), ""
    except StrandlineError as error:
        return None, str(error)


def _run(now: Moment) -> Run | None:
    return open_run(Path(settings.RUNS_HOME), now.intake.run_id) if now.intake else None


def _sharing(maintained: Mapping[int, bool], *, on: date) -> Collection[int]:
    """Those of some schools that share their predictions on a day: by law, or by their latest word."""
    asked = [urn for urn, by_law in maintained.items() if not by_law]
    rows = unscoped(DataSharing).filter(school__in=asked, part=SharedPart.PREDICTIONS, from_on__lte=on)
    latest = {row.school_id: row.agreed for row in rows.order_by("from_on", "pk")}
    return {urn for urn, by_law in maintained.items() if by_law or latest.get(urn, False)}


def _snapshots(now: Moment, urns: Collection[int]) -> Mapping[int, Snapshot]:
    if now.intake is None or not urns:
        return {}
    found = {row.school_id: row for row in unscoped(Snapshot).filter(intake=now.intake, school__in=urns)}
    for row in found.values():
        row.intake = now.intake
    return found
