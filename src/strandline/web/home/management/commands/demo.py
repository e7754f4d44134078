"""Fill the desk with three authorities that never were, and print one log-in for each role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from strandline.web.home.demonstration import fill


class Command(BaseCommand):
    """`demo FOLDER`: what is there already stays; passwords are made anew each time."""

    help = "Fill the desk with three authorities that never were, and print one log-in for each role."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder of the generated files."""
        parser.add_argument("folder", type=Path, help="Where the generated files are written.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Fill it."""
        filled = fill(folder, tell=self.stderr.write)
        for one in filled.log_ins:
            self.stdout.write(f"{one.role}, {one.authority} ({one.reaches}): {one.email}  {one.password}")
