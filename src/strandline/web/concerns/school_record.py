"""
What casework adds to a school's timeline: the service reads of cases and notices, the school of what it was issued.

An event says what was true on its own day: it reads the same whatever became of the case since.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format

from strandline.web.concerns.casework import notice_title
from strandline.web.concerns.models import Case, ConditionState, Kind, Notice
from strandline.web.design.parts import Event, Tag
from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.schools.models import School

BY = "local authority"
MOST_LETTERS = 300


def events(actor: Actor, school: School, *, on: date) -> Iterator[Event]:
    """Cases opened, turned, closed; notices issued, answered, found, ended: the latest first. Two queries."""
    if actor.can(Module.CONCERNS):
        yield from reversed(list(_in_order(actor, school, on=on)))


def _in_order(actor: Actor, school: School, *, on: date) -> Iterator[Event]:
    """The same, on one day what came first coming first."""
    cases = list(Case.objects.for_actor(actor).filter(school=school, opened_on__lte=on).order_by("opened_on", "pk"))
    for case in cases:
        yield from _begun(case)
    not_met = Count("conditions", filter=Q(conditions__state=ConditionState.NOT_MET))
    notices = Notice.objects.for_actor(actor).filter(issued_on__lte=on, case__school=school).annotate(not_met=not_met)
    for notice in notices.order_by("issued_on", "pk"):
        yield from _of_notice(notice)
    for case in cases:
        if case.closed_on:
            title, href = f"Case closed: {case.title}", reverse("concerns:case", args=[case.pk])
            yield _event(case.closed_on, title, text=case.closed_reason, href=href, tag="Case")


def _begun(case: Case) -> Iterator[Event]:
    href = reverse("concerns:case", args=[case.pk])
    at_once = case.concern_since == case.opened_on
    kind = Kind.CONCERN.label if at_once else Kind.NO_CONCERN.label
    text = case.concern_reason if at_once else ""
    yield _event(case.opened_on, f"Case opened: {case.title}", text=text, href=href, tag=kind)
    if case.concern_since and not at_once:
        title = f"Became a concern: {case.title}"
        yield _event(case.concern_since, title, text=case.concern_reason, href=href, tag=Kind.CONCERN.label)


def _of_notice(notice: Notice) -> Iterator[Event]:
    href, title = reverse("concerns:notice", args=[notice.pk]), notice_title(notice.power)
    if notice.issued_on:
        text = f"Comply by {date_format(notice.comply_by, 'j F Y')}. {notice.action_required}"
        yield _event(notice.issued_on, f"Issued: {title}", text=text, href=href, tag="Notice")
    if notice.representations_on:
        text = notice.representations
        yield _event(notice.representations_on, f"Representations made: {title}", text=text, href=href, tag="Notice")
    if notice.found_on:
        met = not getattr(notice, "not_met", 0)
        said = "Complied with" if met else "Not complied with"
        yield _event(notice.found_on, f"{said}: {title}", href=href, tag="Notice")
    if notice.ended_on:
        ended = f"{notice.get_state_display()}: {title}"
        yield _event(notice.ended_on, ended, text=notice.ended_reason, href=href, tag="Notice")


def _event(on: date, title: str, *, tag: str, text: str = "", href: str = "") -> Event:
    said = date_format(on, "j F Y")
    short = text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rsplit(' ', 1)[0]} …"
    return Event(on=said, iso=on.isoformat(), title=title, by=BY, text=short, href=href, tag=Tag(text=tag))
