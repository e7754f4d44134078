"""
docs/reference/cli.md, made from the commands themselves: `python -m strandline.cli.reference` writes it.

An architecture test compares the page with the commands and fails on a command or option without a help text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from strandline.cli.app import PROGRAMME, app
from strandline.cli.exits import MEANINGS

PAGE = Path("docs") / "reference" / "cli.md"
INTRODUCTION = """# Commands

Every command takes `--help`. Tables are for people; `--json` is for programmes and is as stable as the exit codes.
Results go to standard output, remarks and errors to standard error. `NO_COLOR` is respected.
"""


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, "## Exit codes\n", _exit_codes()]
    for words, command in commands():
        parts.append(_section(words, command))
    return "\n".join(parts)


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that lead to it, the root first."""
    root = typer.main.get_command(app)
    yield from _below(root, words=(PROGRAMME,))


def parameters(command: Any) -> Iterator[tuple[str, str]]:
    """The arguments and options of one command with their help, `--help` left out."""
    context = typer.Context(command, info_name=command.name)
    for parameter in command.get_params(context):
        if "--help" in parameter.opts:
            continue
        name = parameter.metavar or parameter.name
        if parameter.param_type_name == "option":
            name = ", ".join((*parameter.opts, *parameter.secondary_opts))
            name = name if parameter.is_flag else f"{name} {parameter.metavar or parameter.name.upper()}"
        required = " Required." if parameter.required and parameter.param_type_name == "option" else ""
        yield name, f"{parameter.help or ''}{required}"


def main() -> None:
    """Write the page below the folder named on the command line, or below this one."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
    (root / PAGE).parent.mkdir(parents=True, exist_ok=True)
    (root / PAGE).write_text(page(), encoding="utf-8")


def _below(command: Any, *, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    if hasattr(command, "list_commands"):
        context = typer.Context(command, info_name=words[-1])
        for name in command.list_commands(context):
            yield from _below(command.get_command(context, name), words=(*words, name))


def _exit_codes() -> str:
    rows = [f"| {code.value} | {meaning} |" for code, meaning in MEANINGS.items()]
    return "\n".join(["| code | meaning |", "|---|---|", *rows, ""])


def _section(words: tuple[str, ...], command: Any) -> str:
    lines = [f"{'#' * min(len(words) + 1, 3)} `{' '.join(words)}`", "", (command.help or "").strip(), ""]
    rows = [f"| `{name}` | {_cell(text)} |" for name, text in parameters(command)]
    if rows:
        lines += ["| argument or option | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


if __name__ == "__main__":
    main()
