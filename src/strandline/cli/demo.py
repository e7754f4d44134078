"""`strandline demo`: three generated authorities, from files to papers, and to a desk that people can sign in to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from strandline.cli.options import Quiet, noun_app
from strandline.cli.output import say, stages

if TYPE_CHECKING:
    from strandline.runs.demonstration import Shown

TOTALS_SHOWN = 15

WithDesk = Annotated[
    bool, typer.Option("--desk/--no-desk", help="Whether the desk is filled with them and opened in the end.")
]
Check = Annotated[
    bool, typer.Option("--check", help="See that the desk answers, and stop: so it is where nobody watches.")
]

app = noun_app("Generate three authorities, run three strategies, write the papers; open the desk on them.")


@app.command()
def demo(
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where everything is put.")] = Path("demo"),
    seed: Annotated[int, typer.Option("--seed", help="Another number gives other schools.")] = 1,
    desk: WithDesk = False,
    check: Check = False,
    quiet: Quiet = False,
) -> None:
    """
    Generate three authorities in the official layouts, add them, run three strategies and write the papers.

    With --desk it ends with the desk running on them, one log-in for each role printed.
    """
    from strandline.runs import demonstration

    with stages(quiet=quiet) as stage:
        shown = demonstration.demonstrate(out, seed=seed, progress=stage)
    for one in shown:
        print_one(one, home=out / "home")
    say("Everything lies here:")
    say(f"  {out / 'files'}  the generated files, in the publishers' layouts")
    say(f"  {out / 'home'}  the store and the runs (strandline runs list --home {out / 'home'})")
    for one in shown:
        for path in one.papers:
            say(f"  {path}")
    if desk:
        from strandline.cli.demo_desk import open_desk

        watched = sys.stdin.isatty() and sys.stdout.isatty()
        open_desk(out, seed=seed, check=check or not watched)


def print_one(one: Shown, *, home: Path) -> None:
    """Print the category table, one school explained and the entitlement totals of an authority."""
    from strandline import runs
    from strandline.cli.explain import print_explanation
    from strandline.cli.summaries import print_missing, print_summary, print_totals

    summary = runs.summarise(one.run)
    say(f"━━ {one.name}: {len(one.files)} official files, {summary.schools} schools ━━")
    say()
    print_summary(summary)
    print_missing(summary)
    say()
    print_explanation(runs.explain(home, urn=one.explained_urn, run=one.run.run_id))
    say()
    say("What schools are entitled to")
    print_totals(one.totals, limit=TOTALS_SHOWN)
    say()
