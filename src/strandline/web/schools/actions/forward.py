"""Figures given ahead of publication: given, revised by a new row, withdrawn; never edited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.people.scope import Actor
from strandline.web.schools.actions.local import NotShared
from strandline.web.schools.measures import MEASURES, year_words
from strandline.web.schools.models import FigureKind, ForwardFigure, School, SharedPart
from strandline.web.schools.sharing import shares
from strandline.web.schools.wording import shown


class AlreadyGiven(UserError):
    """A figure of this kind is there for the measure and the year."""


@transaction.atomic
def give_figure(
    *,
    by: Actor,
    school: School,
    measure: str,
    results_year: int,
    kind: FigureKind,
    value: float,
    source: str,
    given_on: date,
    cohort: int | None = None,
) -> ForwardFigure:
    """Keep a target, prediction or estimate. Raises: NotShared, AlreadyGiven."""
    _refuse_unshared(school)
    row = ForwardFigure(
        school=school,
        measure=measure,
        results_year=results_year,
        kind=kind,
        value=value,
        cohort=cohort,
        source=source,
        given_on=given_on,
        given_by=by.user,
    )
    row.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise AlreadyGiven(
            f"A {FigureKind(kind).label.lower()} of this measure for {year_words(results_year)} is there already",
            what_to_do="Revise that one, so that both stay on record",
        ) from error
    audit.record(by=by, action="schools.figure_given", subject=row, after=_told(row), school_urn=school.urn)
    return row


@transaction.atomic
def revise_figure(
    *,
    by: Actor,
    school: School,
    pk: int,
    version: int,
    value: float,
    source: str,
    given_on: date,
    cohort: int | None = None,
) -> ForwardFigure:
    """Put a new figure in the place of one that was given; the earlier one stays on record. Raises: StaleRecord."""
    _refuse_unshared(school)
    old = opened(ForwardFigure.objects.for_actor(by).filter(school=school), pk=pk, version=version)
    keep(old, ended_at=timezone.now())
    new = ForwardFigure.objects.create(
        school=school,
        measure=old.measure,
        results_year=old.results_year,
        kind=old.kind,
        value=value,
        cohort=cohort,
        source=source,
        given_on=given_on,
        given_by=by.user,
        version=old.version,
    )
    ForwardFigure.objects.for_actor(by).filter(pk=old.pk).update(replaced_by=new)
    audit.record(
        by=by,
        action="schools.figure_revised",
        subject=old,
        before=_told(old),
        after=_told(new),
        school_urn=school.urn,
    )
    return new


@transaction.atomic
def withdraw_figure(*, by: Actor, school: School, pk: int, version: int) -> ForwardFigure:
    """Take a figure out of use; it stays on record. Raises: StaleRecord."""
    row = opened(ForwardFigure.objects.for_actor(by).filter(school=school), pk=pk, version=version)
    keep(row, ended_at=timezone.now())
    audit.record(by=by, action="schools.figure_withdrawn", subject=row, before=_told(row), school_urn=school.urn)
    return row


def _refuse_unshared(school: School) -> None:
    if not shares(school, SharedPart.PREDICTIONS, on=timezone.localdate()):
        raise NotShared(
            f"{school.name} has not agreed to share its {SharedPart.PREDICTIONS.label.lower()}",
            what_to_do="Record the agreement on the school's page first",
        )


def _told(row: ForwardFigure) -> dict[str, Any]:
    return {
        "kind": FigureKind(row.kind).label.lower(),
        "measure": MEASURES[row.measure].meaning,
        "year": year_words(row.results_year),
        "value": shown(row.measure, row.value),
        "cohort": row.cohort,
        "source": row.source,
        "given_on": row.given_on,
    }
