"""Predictions, an estimate and a target of the demonstration: rules are tried on them before results are published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from strandline.web.home.demonstration.authorities import Made
from strandline.web.people.scope import Actor
from strandline.web.schools import actions
from strandline.web.schools.models import FigureKind, ForwardFigure, School, Snapshot
from strandline.web.schools.queries.forward import published_years
from strandline.web.schools.queries.moments import moment

MEASURES = (
    (2012, ("ks2_l4_em", "ks2_english_2lp", "ks2_maths_2lp")),
    (2015, ("ks2_l4_rwm", "ks2_reading_2lp", "ks2_writing_2lp", "ks2_maths_2lp")),
    (9999, ("ks2_rwm_expected", "ks2_reading_progress", "ks2_writing_progress", "ks2_maths_progress")),
)
"""Up to a results year: the attainment that a floor asked for, then the progress."""
FORECAST = "The head teacher's forecast from the assessments of autumn"
ESTIMATE = "The officer's estimate from the notes of two visits"
TARGET = "The governing body's target for the summer"


@transaction.atomic
def given(made: Made, *, officer: Actor) -> None:
    """The weakest school of the last results with all that a floor asks for, the next in part; the strongest too."""
    if ForwardFigure.objects.filter(school__la=made.code).exists():
        return
    now = moment(officer)
    year = published_years(now)["ks2"] + 1
    attainment, *progress = next(names for until, names in MEASURES if year <= until)
    rows = Snapshot.objects.filter(
        intake=now.intake, school__la=made.code, school__maintained=True, school__sector="primary"
    ).select_related("school")
    known = sorted((row for row in rows if attainment in row.facts), key=lambda row: (row.facts[attainment], row.pk))
    if len(known) < 3:
        return  # the authority's files hold no results
    weakest, second, strongest = known[0], known[1], known[-1]
    _give(weakest, attainment, year, by=officer, change=-2)
    for measure in progress:
        _give(weakest, measure, year, by=officer, change=-2)
    _give(weakest, attainment, year, by=officer, change=8, kind=FigureKind.TARGET, source=TARGET)
    _give(second, attainment, year, by=officer, change=-1)
    _give(strongest, attainment, year, by=officer, kind=FigureKind.ESTIMATE, source=ESTIMATE)


def _give(row: Snapshot, measure: str, year: int, *, by: Actor, change: float = 0, **how: Any) -> None:
    """A figure that lies so far from the last published one; none where none was published."""
    if measure not in row.facts:
        return
    school: School = row.school
    actions.give_figure(
        by=by,
        school=school,
        measure=measure,
        results_year=year,
        value=round(row.facts[measure] + change, 1),
        cohort=row.facts.get("ks2_cohort"),
        given_on=timezone.localdate() - timedelta(days=10),
        **{"kind": FigureKind.PREDICTION, "source": FORECAST, **how},
    )
