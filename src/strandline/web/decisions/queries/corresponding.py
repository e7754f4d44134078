"""What was written about a category, on both sides."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from strandline.web.decisions.models import Challenge, Decision, Letter, LetterFile, Reply
from strandline.web.people.scope import Actor


def replies_of(actor: Actor, decision: Decision, *, on: date) -> tuple[Reply, ...]:
    """The replies written by the end of a day."""
    rows = Reply.objects.for_actor(actor).filter(decision=decision)
    return tuple(each for each in rows if timezone.localdate(each.at) <= on)


def challenges_of(actor: Actor, decision: Decision, *, on: date) -> tuple[Challenge, ...]:
    """The challenges raised by the end of a day."""
    rows = Challenge.objects.for_actor(actor).filter(decision=decision)
    return tuple(each for each in rows if timezone.localdate(each.raised_at) <= on)


def letters_of(actor: Actor, decision: Decision, *, on: date) -> tuple[Letter, ...]:
    """The letters dated by the end of a day."""
    return tuple(Letter.objects.for_actor(actor).filter(decision=decision, dated__lte=on))


def letter_file(actor: Actor, *, letter: int, format_: str) -> LetterFile | None:
    """One letter in one format, within reach."""
    rows = LetterFile.objects.for_actor(actor).filter(letter_id=letter, format=format_)
    return rows.select_related("letter__decision__proposal").first()
