"""The category under which a school is shown."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

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

    Call it inside the action that publishes a decision. What lies ahead and was shown to nobody yet is taken back; what
    was shown before is never changed otherwise.
    """
    spells = CategorySpell.objects.filter(school=school)
    spells.filter(published_on__gt=max(published_on, timezone.localdate())).delete()
    going_on = spells.filter(Q(superseded_on__isnull=True) | Q(superseded_on__gt=published_on))
    before = going_on.select_for_update().first()
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


@transaction.atomic
def show_afterwards(spell: CategorySpell, *, code: str, title: str, words: str, step: int | None, on: date) -> None:
    """
    Say with a category that ends on a day what the school is shown under from then on: no job has to run that day.

    Call it right after `show_category`, whose audit row stands for both.
    """
    spell.superseded_on = on
    spell.save(update_fields=["superseded_on"])
    CategorySpell.objects.create(
        school_id=spell.school_id,
        scheme=spell.scheme,
        code=code,
        title=title,
        words=words,
        step=step,
        published_on=on,
        decision=spell.decision,
    )
