"""The nouns of the command line, as a table: the help page is built from it without importing one of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Noun:
    """One word after `strandline`, the module that answers it, and its line on the help page."""

    name: str
    summary: str

    @property
    def module(self) -> str:
        """The module whose `app` holds the commands of this noun."""
        return f"strandline.cli.{self.name}"


NOUNS = (
    Noun("data", "Add, list, show, check, remove and fetch official files."),
    Noun("packs", "List, show, check, compare and begin strategies (packs)."),
    Noun("run", "Put every school in its category under a pack, as at a date."),
    Noun("explain", "Say why a school is in its category, and what would change it."),
    Noun("diff", "Compare two runs: who moved, and why."),
    Noun("report", "Write the paper of a run as Word, PDF and HTML."),
    Noun("runs", "List, show and export the runs made so far."),
    Noun("demo", "Generate three authorities, run three strategies, write the papers; open the desk on them."),
    Noun("desk", "Open the desk in the browser, and look after it."),
    Noun("completion", "Show or install completion for your shell."),
)
