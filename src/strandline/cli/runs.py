"""`strandline runs …`: the runs made so far."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from strandline.cli.options import Home, Json, Out, RunName, noun_app, read_urn
from strandline.cli.output import plain, print_facts, print_json, print_table, say, write_out
from strandline.cli.places import home_folder
from strandline.cli.summaries import print_entitlements, print_missing, print_summary, print_totals

if TYPE_CHECKING:
    from strandline.runs.record import Run


class State(StrEnum):
    """What became of a school in a run."""

    DECIDED = "decided"
    UNDECIDED = "undecided"
    NEEDS_JUDGEMENT = "needs_judgement"
    OUT_OF_SCOPE = "out_of_scope"


app = noun_app("List, show and export the runs made so far.")


@app.command("list")
def list_(*, home: Home = None, out: Out = None, json: Json = False) -> None:
    """List the runs, the newest first."""
    from strandline.runs import record

    found = [_summary(run) for run in record.list_runs(home_folder(home))]
    write_out(found, out)
    if json:
        print_json(plain(found))
    elif not found:
        say("There is no run yet. Make one with: strandline run --pack PACK --as-at DATE")
    else:
        print_table(
            ("run", "pack", "authority", "as at", "schools", "decided"),
            [tuple(row.values()) for row in found],
            right=("schools", "decided"),
        )


@app.command()
def show(name: RunName, *, home: Home = None, json: Json = False) -> None:
    """Show a run: its inputs, its category table, everything that is missing."""
    from strandline import runs

    run = runs.open_run(home_folder(home), name)
    if json:
        print_json({**run.manifest.as_json(), "summary": plain(runs.summarise(run))})
        return
    summary = runs.summarise(run)
    print_summary(summary)
    print_missing(summary, limit=None)
    inputs = run.manifest.inputs
    print_facts({"folder": str(run.folder), "version": inputs.version, "pack hash": inputs.pack.sha256})
    print_table(
        ("release", "published", "status"),
        [(release.release_id, release.published_on, release.status) for release in inputs.releases],
        title="Official files used",
    )


@app.command()
def schools(
    name: RunName,
    *,
    category: Annotated[
        list[str] | None,
        typer.Option("--category", metavar="CODE", help="Only this category. May be given several times."),
    ] = None,
    state: Annotated[State | None, typer.Option("--state", help="Only schools in this state.")] = None,
    home: Home = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """List the schools of a run with category, state and reason."""
    from strandline import runs

    found = runs.school_rows(runs.open_run(home_folder(home), name), categories=category, state=state)
    write_out(found, out)
    rows = list(found.iter_rows(named=True))
    if json:
        print_json(plain(rows))
        return
    print_table(
        ("urn", "school", "category", "why"),
        [
            (str(row["urn"]), row["school_name"], row["category"] or row["state"].replace("_", " "), row["reason"])
            for row in rows
        ],
        caption=f"{len(rows):,} schools",
    )


@app.command()
def entitlements(
    name: RunName,
    *,
    urn: Annotated[
        str | None, typer.Option("--urn", parser=read_urn, metavar="URN", help="Only this school, in full.")
    ] = None,
    home: Home = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Say what the schools of a run are entitled to: the totals, or one school's rows. --out writes every row."""
    from strandline import runs

    run = runs.open_run(home_folder(home), name)
    rows = runs.entitlements_of(run, urn=int(urn)) if urn else run.table("entitlements")
    write_out(rows, out)
    if urn:
        found = list(rows.iter_rows(named=True))
        print_json(plain(found)) if json else print_entitlements(found)
        return
    totals = runs.entitlement_totals(run)
    print_json(plain(totals)) if json else print_totals(totals)


@app.command()
def check(name: RunName, *, home: Home = None, json: Json = False) -> None:
    """Compare every file of a run with its manifest, byte by byte."""
    from strandline.runs import record

    run = record.open_run(home_folder(home), name)
    record.verify(run)
    print_json({"run_id": run.run_id, "unchanged": True}) if json else say(f"{run.run_id} is as it was written.")


@app.command()
def remove(name: RunName, *, home: Home = None, json: Json = False) -> None:
    """Remove a run from the disk. The same inputs make it again."""
    from strandline.runs import record

    run = record.open_run(home_folder(home), name)
    record.remove(run)
    print_json({"removed": run.run_id}) if json else say(f"Removed {run.run_id}.")


def _standing(row: dict[str, Any]) -> str:
    return str(row["category"] or row["state"].replace("_", " "))


def _summary(run: Run) -> dict[str, Any]:
    inputs = run.manifest.inputs
    return {
        "run_id": run.run_id,
        "pack": inputs.pack.id,
        "authority": inputs.authority,
        "as_at": inputs.as_at,
        "schools": sum(run.manifest.counts.values()),
        "decided": run.manifest.counts["decided"],
    }
