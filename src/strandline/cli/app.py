"""The frame: a group that imports a noun only when it is asked for, and the one place that catches every error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from strandline._version import __version__
from strandline.cli.exits import ExitCode
from strandline.cli.nouns import NOUNS
from strandline.cli.options import Home
from strandline.cli.places import name_home

PROGRAMME = "strandline"
COMPLETION_VARIABLE = "_STRANDLINE_COMPLETE"
EPILOG = (
    "Try `strandline run --help`. Exit codes: 0 done, 1 cannot be done as asked, 2 usage, 3 data refused, 70 our fault."
)


class LazyGroup(TyperGroup):
    """The root: its help page comes from the table of nouns, a noun's module is imported when it is named."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is typer's
        """The nouns, in the order of the table."""
        return [noun.name for noun in NOUNS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the signature is typer's
        """The command behind a noun, imported now; None when there is no such noun."""
        for noun in NOUNS:
            if noun.name == cmd_name:
                command = typer.main.get_command(import_module(noun.module).app)
                command.name = noun.name
                command.short_help = noun.summary
                return command
        return None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the signature is typer's
        """Write the list of nouns without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(noun.name, noun.summary) for noun in NOUNS])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the noun; an unknown one is answered with the nearest known names."""
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            near = get_close_matches(args[0], names)
            hint = f" Did you mean {' or '.join(near)}?" if near else f" There are: {', '.join(names)}."
            ctx.fail(f"No such command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=LazyGroup,
    name=PROGRAMME,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
    epilog=EPILOG,
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"strandline {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
    home: Home = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks. May stand anywhere on the line.")] = False,
) -> None:
    """Strandline: know every school, put each in a category by your own published strategy, and explain why."""
    del version, debug  # both were answered before: --version by its callback, --debug by `invoke`
    name_home(home)


def invoke(arguments: Sequence[str]) -> int:
    """
    Run one command line and return its exit code: nothing that goes wrong escapes as a traceback.

    `--debug` may stand anywhere before `--`; it is moved to the front, where the root command declares it.
    """
    given, literal = _split_at_dashes(list(arguments))
    debug = "--debug" in given
    ordered = (["--debug"] if debug else []) + [word for word in given if word != "--debug"] + literal
    try:
        if COMPLETION_VARIABLE in os.environ:
            from typer.completion import completion_init  # type: ignore[attr-defined] # no public home of it

            completion_init()
        command = typer.main.get_command(app)
        outcome = command.main(args=ordered, prog_name=PROGRAMME, standalone_mode=False)
    except TyperException as error:
        error.show() if hasattr(error, "show") else typer.echo(f"Error: {error.format_message()}", err=True)
        return int(error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("Stopped.", err=True)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        sys.stdout = None  # whoever read us has left: do not flush into nothing
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the outermost edge: everything else becomes a sentence and a code
        from strandline.cli.failures import show

        return show(error, arguments=ordered, as_json="--json" in given, debug=debug)
    return outcome if isinstance(outcome, int) else ExitCode.OK


def _split_at_dashes(arguments: list[str]) -> tuple[list[str], list[str]]:
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:at], arguments[at:]
