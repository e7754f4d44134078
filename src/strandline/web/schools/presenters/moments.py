"""In words: the day that a page speaks of and where it is printed from."""

from __future__ import annotations

from django.utils import timezone

from strandline.web.schools.queries.moments import Moment
from strandline.web.schools.wording import long_day


def as_at_words(moment: Moment) -> str:
    """What stands beside the control: which run, of which day, known when."""
    intake = moment.intake
    if intake is None:
        return f"Nothing is known of {long_day(moment.on)}."
    run = f"{intake.pack_title or intake.pack}, figures as at {long_day(intake.as_at)}"
    if not moment.asked:
        return run
    if moment.on > timezone.localdate():
        return f"{long_day(moment.on)} lies ahead. As it stands today: {run}"
    if moment.is_known_then:
        return f"As it stood on {long_day(moment.on)}: {run}"
    return f"{run}. The desk learned of them on {long_day(intake.known_on)}, after {long_day(moment.on)}"
