"""`python -m django daily`: what the desk does by itself once a day, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from strandline.web.home.daily import daily


class Command(BaseCommand):
    """Flag the overrides that have ended and open them in the register."""

    help = "Flag the overrides that have ended and open them in the register; twice is as good as once."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Do it and say how much there was."""
        found = daily()
        self.stdout.write(
            f"{found['overrides_ended']} overrides had ended; {found['entries_opened']} entries of the register opened"
        )
