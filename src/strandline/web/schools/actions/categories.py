"""The category under which a school is shown."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from strandline.web import audit
from strandline.web.people.scope import Actor
from strandline.web.schools.models import CategorySpell, School


@transaction.atomic
def show_category(
    *,
    by: Actor | None,
    school: School,
    scheme: str,
    code: str,
    published_on: date,
    title: str = "",
    words: str = "",
    step: int | None = None,
    decision: str = "",
) -> CategorySpell:
    """
    Show a school under a category from the day of its publication; the one shown until then ends that day.

    Call it inside the action that publishes a decision. What was shown before is never changed otherwise.
    """
    before = CategorySpell.objects.select_for_update().filter(school=school, superseded_on__isnull=True).first()
    if before is not None:
        before.superseded_on = max(published_on, before.published_on)
        before.save(update_fields=["superseded_on"])
    spell = CategorySpell.objects.create(
        school=school,
        scheme=scheme,
        code=code,
        title=title,
        words=words,
        step=step,
        published_on=published_on,
        decision=decision,
    )
    audit.record(
        by=by,
        action="schools.category_shown",
        subject=spell,
        before={"category": before.code} if before else None,
        after={"category": code, "scheme": scheme, "published_on": published_on},
        school_urn=school.urn,
        authority=school.la,
    )
    return spell
