"""`strandline packs …`: strategies as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from strandline.cli import suggestions
from strandline.cli.exits import ExitCode
from strandline.cli.options import Home, Json, Out, noun_app
from strandline.cli.output import note, plain, print_facts, print_json, print_table, say, write_out
from strandline.cli.places import home_folder

if TYPE_CHECKING:
    from strandline.runs.packs import Finding, PackView

app = noun_app("List, show, check, compare and begin strategies (packs).")

PackName = Annotated[
    str,
    typer.Argument(metavar="PACK", help="A pack, by its name or its folder.", autocompletion=suggestions.packs),
]


@app.command("list")
def list_(*, home: Home = None, out: Out = None, json: Json = False) -> None:
    """List the packs that can be used by name."""
    from strandline.runs import packs

    found = packs.list_packs(home_folder(home))
    write_out([plain(line) for line in found], out)
    if json:
        print_json(plain(found))
        return
    rows = [
        (line.id, line.title, line.publisher, line.since, "library" if line.library else line.categories, line.flagged)
        for line in found
    ]
    print_table(
        ("pack", "title", "publisher", "in force from", "categories", "flagged"),
        rows,
        right=("categories", "flagged"),
        caption="flagged: values read in a secondary source, or not verified; strandline packs show PACK lists them",
    )


@app.command()
def show(
    name: PackName,
    *,
    imported: Annotated[
        bool, typer.Option("--imported", help="Also show the rules and values that the pack imports.")
    ] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show a pack in words: categories, rules, dated parameters, what officers judge, what is not verified."""
    from strandline.runs import packs

    pack = packs.read(home_folder(home), which=name)
    view = packs.view(pack, imported=imported)
    flagged = [each for each in packs.flagged(pack) if imported or packs.is_own(pack, each.place)]
    if json:
        print_json(plain(view) | {"flagged": plain(flagged)})
        return
    _print_pack(view)
    if flagged:
        rows = [(each.what, each.place, each.citation) for each in flagged]
        print_table(("value", "where", "source"), rows, title="Not read in the source itself")


@app.command()
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="PACK", help="Packs to check. Default: all.", autocompletion=suggestions.packs),
    ] = None,
    *,
    home: Home = None,
    json: Json = False,
) -> None:
    """Check packs: cited, dated, no gap or overlap, every name known, every category reachable; with file and line."""
    from strandline.runs import packs

    found = {name: packs.check(home_folder(home), which=name) for name in names or packs.ids(home_folder(home))}
    if json:
        print_json(plain(found))
    else:
        for name, findings in found.items():
            say(f"{name}: {_counted(findings)}")
            for finding in findings:
                say(f"  {finding}")
    if any(packs.has_errors(findings) for findings in found.values()):
        raise typer.Exit(ExitCode.DATA_REFUSED)


@app.command()
def compare(one: PackName, other: PackName, *, home: Home = None, out: Out = None, json: Json = False) -> None:
    """Say what differs between two packs: categories, rules, parameters, entitlements and the rest."""
    from strandline.runs import packs

    rows = packs.compare(home_folder(home), one=one, other=other)
    write_out([plain(row) for row in rows], out)
    if json:
        print_json(plain(rows))
        return
    print_table(
        ("what", one, other),
        [(row.where, row.before or "–", row.after or "–") for row in rows],
        caption=f"{len(rows):,} differences",
    )


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new pack's name, such as ourshire-2026.")],
    *,
    like: Annotated[
        str, typer.Option("--from", metavar="PACK", help="The pack to begin from.", autocompletion=suggestions.packs)
    ],
    into: Annotated[
        Path, typer.Option("--in", metavar="FOLDER", help="Where to put its folder. Default: here.")
    ] = Path(),
    home: Home = None,
    json: Json = False,
) -> None:
    """Begin a pack as a copy of another, ready to edit."""
    from strandline.runs import packs

    folder = packs.new(home_folder(home), name=name, like=like, into=into)
    if json:
        print_json({"folder": str(folder)})
        return
    say(f"{folder} is a copy of {like}. Edit title, sources and rules, then: strandline packs check {folder}")
    note(f"Packs in {home_folder(home) / 'packs'} can be used by name; any other by the path of the folder.")


@app.command()
def schema(
    *,
    included: Annotated[
        bool, typer.Option("--included", help="Of a file that a pack includes, where no section is required.")
    ] = False,
    json: Json = True,
) -> None:
    """Print the JSON Schema of a pack, by which an editor checks and completes while you write."""
    from strandline.runs import packs

    del json  # there is no other form of it
    print_json(packs.schema(included=included))


def _print_pack(view: PackView) -> None:
    print_facts(view.header)
    say()
    for section in view.sections:
        print_table(section.columns, section.rows, title=section.title)


def _counted(findings: tuple[Finding, ...]) -> str:
    errors = sum(finding.level == "error" for finding in findings)
    return f"{errors} errors, {len(findings) - errors} warnings" if findings else "nothing to say against it"
