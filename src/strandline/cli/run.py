"""`strandline run`: every school in its category."""

from __future__ import annotations

from typing import Annotated

import typer

from strandline.cli.exits import ExitCode
from strandline.cli.options import (
    AsAt,
    Authority,
    Home,
    Json,
    Judgements,
    Out,
    Pack,
    Predecessors,
    Preset,
    Quiet,
    Settings,
    noun_app,
    read_settings,
)
from strandline.cli.output import Stopwatch, note, plain, print_json, say, stages, write_out
from strandline.cli.places import home_folder

app = noun_app("Put every school in its category under a pack, as at a date.")


@app.command()
def run(
    *,
    pack: Pack,
    as_at: AsAt,
    authority: Authority = "all",
    judgements: Judgements = None,
    preset: Preset = None,
    setting: Settings = None,
    predecessors: Predecessors = None,
    home: Home = None,
    out: Out = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Leave with exit code 4 when some schools are undecided.")
    ] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Also say how many seconds each stage took.")] = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Put every school in its category under a pack, as at a date, or say what is missing. Keeps the run."""
    from strandline import runs
    from strandline.cli.summaries import print_missing, print_summary

    with stages(quiet=quiet or json) as stage:
        clock = Stopwatch(stage)
        made = runs.run(
            home_folder(home),
            pack=pack,
            as_at=as_at,
            authority=authority,
            judgements=judgements,
            preset=preset,
            settings=read_settings(setting),
            predecessors=predecessors,
            progress=clock,
        )
        clock.stop()
        summary = runs.summarise(made)
    write_out(runs.school_rows(made), out)
    if json:
        print_json(plain(summary) | ({"timings": clock.seconds} if timings else {}))
    else:
        print_summary(summary)
        print_missing(summary)
        say(f"Run {summary.run_id}")
        for name, seconds in clock.seconds.items() if timings else ():
            note(f"{name}: {seconds:.1f} s")
    if strict and summary.states["undecided"]:
        raise typer.Exit(ExitCode.NOT_ALL_ASSESSED)
