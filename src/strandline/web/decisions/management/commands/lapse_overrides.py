"""`python -m django lapse_overrides`: flag the overrides that have expired; run it every day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from strandline.web.decisions import actions
from strandline.web.people import scope


class Command(BaseCommand):
    """Flag the overrides that have expired."""

    help = "Flag the overrides that have expired; run it every day."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Do it and say how many."""
        with scope.everywhere("the desk looks at every override each day"):
            done = actions.lapse_overrides()
        self.stdout.write(f"{len(done)} overrides had expired")
