"""The demonstration's calendar: what its people did some days ago is kept under the day on which they did it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, tzinfo
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def days_ago(days: int, *, not_before: date | None = None) -> Iterator[None]:
    """
    Let Django's clock stand some days back while the demonstration is filled; never before `not_before`.

    Only for filling: the process that serves the desk never comes here.
    """
    today = timezone.localdate()
    if not_before is not None and not_before <= today:
        days = min(days, (today - not_before).days)
    back = timedelta(days=days)

    class Then(datetime):
        """The time, so many days ago."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            """The moment it is, so many days ago."""
            return datetime.now(tz) - back

    with patch.object(timezone, "datetime", Then):
        yield
