"""`strandline data …`: the official files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from strandline.cli import suggestions
from strandline.cli.exits import ExitCode
from strandline.cli.options import Home, Json, Out, Quiet, noun_app, read_date
from strandline.cli.output import note, plain, print_facts, print_json, print_table, say, stages, transfers, write_out
from strandline.cli.places import home_folder

if TYPE_CHECKING:
    from strandline.runs.data import AddedFile, Address, Release

app = noun_app("Add, list, show, check, remove and fetch official files.")

Paths = Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, or folders of files.")]
ReleaseName = Annotated[
    str,
    typer.Argument(
        metavar="RELEASE",
        help="A release, by its name or the unique start of it.",
        autocompletion=suggestions.releases,
    ),
]


@app.command()
def add(
    paths: Paths,
    *,
    home: Home = None,
    published: Annotated[
        date | None,
        typer.Option(
            "--published", parser=read_date, metavar="DATE", help="When the file was published, if it does not say."
        ),
    ] = None,
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help="Its year, as 2016-2017, where two years look alike.")
    ] = "",
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Its kind, where two kinds look alike.")
    ] = None,
    status: Annotated[
        str, typer.Option("--status", metavar="STATUS", help="provisional, revised or final, where it does not say.")
    ] = "",
    part: Annotated[bool, typer.Option("--part", help="It is meant to hold some authorities only.")] = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Recognise, check and store official files: all of them, or none with every reason."""
    from strandline.runs import data

    with stages(quiet=quiet or json) as stage:
        added = data.add(
            home_folder(home),
            paths=paths,
            published=published,
            period=period,
            kind=kind,
            status=status,
            part=part,
            progress=stage,
        )
    if json:
        rows = [{**plain(each.release), "already_there": each.already_there} for each in added.files]
        print_json({"files": rows, "passed_over": added.passed_over})
        return
    print_table(("release", "file", "rows", ""), [_cells(each) for each in added.files], right=("rows",))
    new = sum(not each.already_there for each in added.files)
    say(f"{new} added, {len(added.files) - new} there already.")
    if added.passed_over:
        say(f"Passed over, being no publications: {', '.join(added.passed_over)}.")


def _cells(each: AddedFile) -> tuple[object, ...]:
    release = each.release
    return (release.release_id, release.file_name, release.rows, "there already" if each.already_there else "added")


@app.command("list")
def list_(
    *,
    home: Home = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only releases of this kind.")] = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """List the releases that the store holds."""
    from strandline.runs import data

    found = data.releases(home_folder(home), kind=kind)
    write_out([_summary(release) for release in found], out)
    if json:
        print_json([plain(release) for release in found])
        return
    if not found:
        say("There is no release yet. Add official files with: strandline data add PATH")
        return
    rows = [
        (
            release.release_id,
            release.title,
            release.period,
            release.published_on,
            release.status,
            release.coverage,
            release.rows,
        )
        for release in found
    ]
    print_table(("release", "title", "period", "published", "status", "coverage", "rows"), rows, right=("rows",))


@app.command()
def show(name: ReleaseName, *, home: Home = None, json: Json = False) -> None:
    """Show one release: publisher, licence, dates, tables and columns."""
    from strandline.runs import data

    release, tables = data.show(home_folder(home), release_id=name)
    if json:
        print_json({**plain(release), "shapes": [plain(table) for table in tables]})
        return
    print_facts(_summary(release))
    for remark in release.notes:
        say(f"  note: {remark}")
    for table in tables:
        print_table(("column", "type"), table.columns, title=f"{table.name}: {table.rows:,} rows")


@app.command()
def check(*, home: Home = None, quiet: Quiet = False, json: Json = False) -> None:
    """Hash every stored file again and name those that are not as they were stored."""
    from strandline.runs import data

    with stages(quiet=quiet or json) as stage:
        problems = data.check(home_folder(home), progress=stage)
    if json:
        print_json({"problems": [plain(problem) for problem in problems]})
    for problem in () if json else problems:
        say(str(problem))
    if problems:
        raise typer.Exit(ExitCode.DATA_REFUSED)
    note("Every stored file is as it was stored.")


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="RELEASE", help="Releases to take out.")],
    *,
    home: Home = None,
    json: Json = False,
) -> None:
    """Take releases out of the store. Runs already made keep their results."""
    from strandline.runs import data

    removed = [data.remove(home_folder(home), release_id=name) for name in names]
    if json:
        print_json({"removed": removed})
        return
    for name in removed:
        say(f"Removed {name}.")


@app.command()
def fetch(
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="KEY", help="Which files. Default: all that have an address.")
    ] = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help="Only list the files and their keys.")] = False,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FOLDER", help="Where to put them. Default: downloads in the home.")
    ] = None,
    store: Annotated[bool, typer.Option("--add/--no-add", help="Whether to add what was fetched.")] = True,
    home: Home = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Download current official files from their publishers, politely and resumably, and add them."""
    from strandline.runs import data

    if listed:
        _list_addresses(data.known_addresses(), json=json)
        return
    with transfers(quiet=quiet or json) as tell:
        brought = data.fetch(
            home_folder(home), keys=keys or (), into=into, store=store, today=read_date("today"), progress=tell
        )
    if json:
        print_json(plain(brought))
    else:
        for one in brought:
            say(f"{one.key}: {one.failure or ', '.join(one.releases) or one.path}")
    if any(one.refused for one in brought):
        raise typer.Exit(ExitCode.DATA_REFUSED)
    if any(one.failure for one in brought):
        raise typer.Exit(ExitCode.USER_ERROR)


def _list_addresses(found: tuple[Address, ...], *, json: bool) -> None:
    if json:
        print_json(plain(found))
        return
    rows = [(one.key, one.title, one.publisher, "by hand, from " + one.page if one.by_hand else "") for one in found]
    print_table(("key", "title", "publisher", ""), rows)


def _summary(release: Release) -> dict[str, Any]:
    return {
        "release": release.release_id,
        "title": release.title,
        "kind": release.kind,
        "publisher": release.publisher,
        "licence": release.licence,
        "period": release.period,
        "as_at": release.as_at,
        "published_on": release.published_on,
        "status": release.status,
        "coverage": release.coverage,
        "rows": release.rows,
        "file": release.file_name,
        "sha256": release.sha256,
    }
