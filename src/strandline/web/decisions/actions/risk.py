"""Assessing a school's risk on the dimensions of the strategy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.runs import scheme as strategy
from strandline.web import audit
from strandline.web.audit.models import AuditRow
from strandline.web.audit.versions import StaleRecord
from strandline.web.decisions import places
from strandline.web.decisions.models import RiskAssessment, Scheme, SchemeState
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School


class RiskIncomplete(UserError):
    """A risk assessment lacks a dimension, or the strategy has none."""


@transaction.atomic
def assess_risk(
    *,
    by: Actor,
    urn: int,
    judged: Mapping[str, str],
    level: str,
    reason: str,
    on: date | None = None,
    seen: int | None = None,
) -> RiskAssessment:
    """
    Keep a school's level of risk, judged on every dimension of the pack (SEF-09).

    `seen` is how many assessments of the school the person saw: who was not the first since then is told.

    Raises: StaleRecord, RiskIncomplete; School.DoesNotExist outside the scope.
    """
    day = on or timezone.localdate()
    school = School.objects.for_actor(by).select_for_update(of=("self",)).get(urn=urn)
    made = list(RiskAssessment.objects.for_actor(by).filter(school=school).order_by("pk"))
    if seen is not None and seen != len(made):
        raise _told(made[seen:] or made[-1:], row=school)
    scheme = Scheme.objects.for_actor(by).filter(state=SchemeState.ADOPTED).first()
    risk = strategy.of_pack(places.home(), which=scheme.pack).risk if scheme else None
    if scheme is None or risk is None:
        raise RiskIncomplete("The strategy in force assesses no risk", what_to_do="Adopt one that does")
    answers = {each.name: dict(each.values).get(judged.get(each.name, "")) for each in risk.dimensions}
    lacking = [each.title for each in risk.dimensions if answers[each.name] is None]
    if lacking or level not in dict(risk.levels) or not reason.strip() or day > timezone.localdate():
        raise RiskIncomplete(
            "Risk is judged on every dimension, with a level, a reason and a day that has come",
            where="; ".join(lacking),
            what_to_do="Fill in what is missing",
        )
    row = RiskAssessment.objects.create(
        school=school,
        scheme=scheme,
        judged={each.name: judged[each.name] for each in risk.dimensions},
        words=[[each.title, answers[each.name]] for each in risk.dimensions],
        level=level,
        level_words=dict(risk.levels)[level],
        reason=reason.strip(),
        assessed_on=day,
        assessed_by=by.user,
        assessed_role=by.role or "",
        made_at=timezone.now(),
    )
    audit.record(
        by=by,
        action="decisions.risk_assessed",
        subject=row,
        after={"level": row.level_words, "judged": row.judged, "on": day},
        school_urn=urn,
    )
    return row


def _told(made: list[RiskAssessment], *, row: School) -> StaleRecord:
    """That somebody assessed the school meanwhile, and what they found."""
    label, numbers = RiskAssessment._meta.label_lower, [str(each.pk) for each in made]
    changes = AuditRow.objects.filter(subject_type=label, subject_id__in=numbers).order_by("-pk")
    return StaleRecord(row=row, changes=tuple(changes))
