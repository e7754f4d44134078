"""`python -m django import_run RUN`: take a run to the desk."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from strandline.web.decisions import actions


class Command(BaseCommand):
    """Take a run to the desk, for every authority whose schools it holds."""

    help = "Take a run to the desk, for every authority whose schools it holds."

    def add_arguments(self, parser: CommandParser) -> None:
        """The run, and whether to keep every explanation at once."""
        parser.add_argument("run", help="the run's name, its beginning, or latest")
        parser.add_argument("--explain", action="store_true", help="keep every explanation now")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Do it and say what was done."""
        for desk_run in actions.import_run(by=None, run_id=options["run"]):
            if options["explain"]:
                actions.explain_proposals(by=None, desk_run=desk_run)
            self.stdout.write(f"{desk_run.run_id}: {desk_run.schools} schools of authority {desk_run.authority}")
