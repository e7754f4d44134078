"""
What the desk does by itself once a day: flag the overrides that have ended, and open them in the trigger register.

The process for background work does it as soon as it starts and after each midnight; `strandline desk daily` does it at
once. Twice is as good as once. What a page shows depends on dates, never on this having been done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date
from threading import Event, Thread

from django.db import close_old_connections
from django.utils import timezone

from strandline.web.decisions.actions import lapse_overrides
from strandline.web.people import scope
from strandline.web.triggers.actions import register_desk

LOOKS_EVERY = 600.0
"""Seconds between two looks at the date."""
log = logging.getLogger("strandline.daily")


def daily() -> Mapping[str, int]:
    """Do all of it now; how much there was, by name."""
    with scope.everywhere("the desk looks at every override each day"):
        lapsed = lapse_overrides()
    return {"overrides_ended": len(lapsed), "entries_opened": register_desk()}


class OnceADay:
    """Does something on the first look of each day; what failed is tried again at the next look."""

    def __init__(self, do: Callable[[], Mapping[str, int]] = daily) -> None:
        self._do = do
        self._done: date | None = None

    def look(self) -> bool:
        """Do it if it has not been done today; True where it was done now."""
        today = timezone.localdate()
        if self._done == today:
            return False
        close_old_connections()
        try:
            found = self._do()
        except Exception:
            log.exception("not_done")
            return False
        finally:
            close_old_connections()
        self._done = today
        log.info("done", extra={"found": dict(found)})
        return True

    def start(self, *, stop: Event) -> Thread:
        """Look again and again beside the other work, until `stop` is set."""
        thread = Thread(target=self._go_on, args=(stop,), name="daily", daemon=True)
        thread.start()
        return thread

    def _go_on(self, stop: Event) -> None:
        self.look()
        while not stop.wait(LOOKS_EVERY):
            self.look()
