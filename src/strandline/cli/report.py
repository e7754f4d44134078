"""`strandline report`: the paper of a run."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from strandline.cli.options import Home, Json, Quiet, RunName, noun_app, read_date
from strandline.cli.output import print_json, say, stages
from strandline.cli.places import home_folder

app = noun_app("Write the paper of a run as Word, PDF and HTML.")


class Format(StrEnum):
    """In what form the paper is written."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    ALL = "all"


@app.command()
def report(
    run: RunName,
    *,
    formats: Annotated[
        list[Format] | None,
        typer.Option("--format", help="Which form to write. May be given several times. Default: all."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where to put the files.")] = Path(),
    template: Annotated[
        str,
        typer.Option("--template", metavar="NAME", help="The council's form, by name or path."),
    ] = "house-scrutiny",
    letterhead: Annotated[
        Path | None,
        typer.Option("--letterhead", metavar="FILE.docx", help="The council's own Word file."),
    ] = None,
    committee: Annotated[str, typer.Option("--committee", metavar="NAME", help="To whom the paper goes.")] = "",
    held_on: Annotated[
        date | None, typer.Option("--held-on", parser=read_date, metavar="DATE", help="The day of the meeting.")
    ] = None,
    report_of: Annotated[str, typer.Option("--report-of", metavar="ROLE", help="Whose report it is.")] = "",
    contact: Annotated[str, typer.Option("--contact", metavar="TEXT", help="Whom readers may ask.")] = "",
    home: Home = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write the paper of a run: numbered paragraphs, tables, a chart, a map, the sources and what is not known."""
    from strandline import runs
    from strandline.runs.paper import Meeting

    every = not formats or Format.ALL in formats
    chosen = [one.value for one in Format if one is not Format.ALL and (every or one in (formats or ()))]
    with stages(quiet=quiet or json) as stage:
        files = runs.report(
            home_folder(home),
            run=run,
            out=out,
            formats=chosen,
            template=template,
            letterhead=letterhead,
            meeting=Meeting(committee=committee, held_on=held_on, report_of=report_of, contact=contact),
            progress=stage,
        )
    if json:
        print_json({"files": [str(file) for file in files]})
        return
    for file in files:
        say(str(file))
