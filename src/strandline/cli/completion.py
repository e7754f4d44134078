"""`strandline completion …`: completion for the shell."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from strandline.cli.app import COMPLETION_VARIABLE, PROGRAMME
from strandline.cli.options import noun_app
from strandline.cli.output import say

app = noun_app("Show or install completion for your shell.")


class Shell(StrEnum):
    """The shells that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


ShellName = Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")]


@app.command()
def show(shell: ShellName) -> None:
    """Print the completion script, to read it or to put it where you like."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined] # no public home of it

    say(get_completion_script(prog_name=PROGRAMME, complete_var=COMPLETION_VARIABLE, shell=shell))


@app.command()
def install(shell: ShellName) -> None:
    """Install the completion script for your user and say where it lies."""
    from typer.completion import install as install_script  # type: ignore[attr-defined] # no public home of it

    installed, path = install_script(shell=shell, prog_name=PROGRAMME, complete_var=COMPLETION_VARIABLE)
    say(f"Completion for {installed} is installed in {path}. It works in the next shell you open.")
