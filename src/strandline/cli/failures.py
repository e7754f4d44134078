"""How an error reaches the person at the screen: a sentence for theirs, an apology and a log for ours."""

from __future__ import annotations

import json
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from strandline._version import __version__
from strandline.cli.exits import ExitCode
from strandline.kernel.errors import BugError, DataError, Problem, StrandlineError, UserError

PROBLEMS_SHOWN = 50
LOG_NAME = "strandline.log"


def show(error: Exception, *, arguments: Sequence[str], as_json: bool, debug: bool) -> int:
    """Print `error` on stderr as befits its kind and return the exit code it stands for."""
    if debug:
        traceback.print_exception(error)
    if isinstance(error, OSError) and error.filename is not None:
        error = _as_user_error(error)
    if isinstance(error, DataError):
        return _print(_data_refused(error), text=_data_text(error), code=ExitCode.DATA_REFUSED, as_json=as_json)
    if isinstance(error, StrandlineError) and not isinstance(error, BugError):
        return _print(_user_refused(error), text=str(error), code=ExitCode.USER_ERROR, as_json=as_json)
    log = _write_log(error, arguments=arguments)
    text = _apology(error, log=log, debug=debug)
    described = {"kind": type(error).__name__, "what": str(error), "log": str(log) if log else None}
    return _print(described, text=text, code=ExitCode.BUG, as_json=as_json)


def _print(described: dict[str, Any], *, text: str, code: ExitCode, as_json: bool) -> int:
    if as_json:
        typer.echo(json.dumps({"error": {**described, "exit_code": int(code)}}, ensure_ascii=False, indent=2), err=True)
    else:
        typer.echo(_capital(text), err=True)
    return code


def _capital(text: str) -> str:
    """A sentence begins with a capital letter, unless with the name of a file or a rule."""
    first = text.split(maxsplit=1)[0] if text else ""
    return text[:1].upper() + text[1:] if first.isalpha() else text


def _user_refused(error: StrandlineError) -> dict[str, Any]:
    described: dict[str, Any] = {"kind": type(error).__name__, "what": str(error)}
    if isinstance(error, UserError):
        described |= {"what": error.what, "where": error.where, "what_to_do": error.what_to_do}
    return described


def _data_refused(error: DataError) -> dict[str, Any]:
    return {
        "kind": type(error).__name__,
        "what": error.what,
        "what_to_do": error.what_to_do,
        "problems": [_problem(problem) for problem in error.problems],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    names = ("what", "file", "row", "column", "value", "what_to_do")
    return {name: getattr(problem, name) for name in names}


def _data_text(error: DataError) -> str:
    lines = [f"{error.what.rstrip('.')}."]
    lines += [f"  - {problem}" for problem in error.problems[:PROBLEMS_SHOWN]]
    if len(error.problems) > PROBLEMS_SHOWN:
        lines.append(f"  - and {len(error.problems) - PROBLEMS_SHOWN} more; --json lists them all")
    if error.what_to_do:
        lines.append(f"{error.what_to_do.rstrip('.')}.")
    return "\n".join(lines)


def _as_user_error(error: OSError) -> UserError:
    """A disk that is full or a folder that may not be written is no fault of the programme."""
    advice = {
        "FileNotFoundError": "Check the path",
        "PermissionError": "Ask for the right to use it, or name another place",
        "IsADirectoryError": "Name a file, not a folder",
    }
    return UserError(
        (error.strerror or str(error)).capitalize(),
        where=str(error.filename),
        what_to_do=advice.get(type(error).__name__, ""),
    )


def _apology(error: Exception, *, log: Path | None, debug: bool) -> str:
    lines = [
        "Sorry: something went wrong inside Strandline. You did nothing wrong, and nothing half-done was kept.",
        f"  {type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no message'}",
    ]
    if log:
        lines.append(f"The details are in {log}; please attach it when you report this.")
    if not debug:
        lines.append("Run the same command with --debug to see them here.")
    return "\n".join(lines)


def _write_log(error: Exception, *, arguments: Sequence[str]) -> Path | None:
    """Append the traceback to the log in the home folder; None when even that cannot be written."""
    from strandline.cli.places import log_folder

    try:
        folder = log_folder(arguments)
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / LOG_NAME
        with log.open("a", encoding="utf-8") as lines:
            lines.write(
                f"{datetime.now(UTC).isoformat(timespec='seconds')} strandline {__version__} {list(arguments)}\n"
            )
            lines.writelines(traceback.format_exception(error))
            lines.write("\n")
    except OSError:
        return None
    return log
