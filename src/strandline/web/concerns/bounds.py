"""Between which days casework lies: nothing before 2000, and no more than two years to comply."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

FIRST_DAY = date(2000, 1, 1)
LONGEST = timedelta(days=731)


def latest_to_comply() -> date:
    """The last day that a notice may give to comply by: two years from today."""
    return timezone.localdate() + LONGEST
