"""What a command prints: JSON for programmes, tables for people. rich is imported only when a table is drawn."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any

import typer

from strandline.kernel.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.console import Console
    from rich.progress import TaskID

PIPE_WIDTH = 160


def print_json(value: Any) -> None:
    """Print plain values as JSON: sorted by nothing, as the command ordered them, British text as it is."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def say(line: str = "") -> None:
    """Print one line of plain text as it is: no markup, no wrapping."""
    typer.echo(line)


def note(line: str) -> None:
    """Print one line beside the result (on standard error), so that a pipe receives only the result."""
    typer.echo(line, err=True)


def console(*, stderr: bool = False) -> Console:
    """A rich console that does not reshape what it is given; wide when nobody looks, so that a pipe gets whole rows."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, markup=False, width=None if stream.isatty() else PIPE_WIDTH)


def print_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    title: str = "",
    right: Sequence[str] = (),
    caption: str = "",
) -> None:
    """Draw a table: figures in the columns named by `right` stand right-aligned."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(title) if title else None,
        caption=Text(caption) if caption else None,
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
    )
    for name in columns:
        table.add_column(Text(name), justify="right" if name in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    screen = console()
    with screen.capture() as drawn:
        screen.print(table)
    for line in drawn.get().rstrip().splitlines():
        say(line.rstrip())


def shown(cell: object) -> str:
    """One cell for people: nothing for a missing value, dates in words, whole numbers with commas."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.1f}"
    return long_date(cell) if isinstance(cell, date) else str(cell)


def plain(value: Any) -> Any:
    """A result as the types that JSON knows."""
    from strandline.runs.manifest import plain as as_plain

    return as_plain(value)


def write_out(rows: Any, path: Path | None) -> None:
    """Write the rows to the file that `--out` names, where it names one, and say so."""
    if path is None:
        return
    from strandline.runs import export

    note(f"Written to {export.write(rows, path)}.")


def print_facts(pairs: Mapping[str, object]) -> None:
    """Print name and value, one pair a line, the values aligned."""
    width = max((len(name) for name in pairs), default=0)
    for name, value in pairs.items():
        say(f"{name + ':':<{width + 1}} {shown(value)}".rstrip())


def shown_date(day: date | None) -> str:
    """`30 April 2013`, or a dash."""
    return long_date(day) if day else "–"


@contextmanager
def stages(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show the stage that is being worked on, on standard error and only to a person who watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage: None
        return
    with console(stderr=True).status("Starting …") as status:
        yield lambda stage: status.update(f"{stage} …")


@contextmanager
def transfers(*, quiet: bool) -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar for each file that is being brought, on standard error: call it with (key, bytes so far, bytes in all)."""
    if quiet or not sys.stderr.isatty():
        yield lambda _key, _have, _total: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(key: str, have: int, total: int | None) -> None:
            if key not in tasks:
                tasks[key] = bars.add_task(key, total=total)
            bars.update(tasks[key], completed=have, total=total)

        yield tell


class Stopwatch:
    """Passes stages on and remembers how long each took."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._stage = ""
        self._since = 0.0
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str) -> None:
        """The stage before is over, this one begins."""
        self.stop()
        self._stage, self._since = stage, perf_counter()
        self._tell(stage)

    def stop(self) -> None:
        """The last stage is over."""
        if self._stage:
            self.seconds[self._stage] = round(perf_counter() - self._since, 3)
            self._stage = ""
