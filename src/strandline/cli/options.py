"""The options that several commands share, each worded once; what reads them is imported when it reads."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from strandline.cli import suggestions


def noun_app(summary: str) -> typer.Typer:
    """A noun's own group of commands: plain help, no completion options of its own."""
    return typer.Typer(
        help=summary, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
    )


def read_date(text: str | date) -> date:
    """An ISO date, or the word `today`."""
    if isinstance(text, date):
        return text
    if text.strip().lower() == "today":
        return datetime.now().astimezone().date()
    from strandline.kernel.dates import parse_date
    from strandline.kernel.errors import UserError

    try:
        return parse_date(text)
    except UserError as error:
        raise typer.BadParameter(str(error)) from error


def read_authority(text: str) -> str:
    """A three-digit authority code, or the word `all`."""
    if text.strip().lower() == "all":
        return "all"
    from strandline.kernel.errors import UserError
    from strandline.kernel.identifiers import LaCode

    try:
        return str(LaCode.parse(text))
    except UserError as error:
        raise typer.BadParameter(f"{error} Or write: all") from error


def read_urn(text: str) -> str:
    """A school's unique reference number."""
    from strandline.kernel.errors import UserError
    from strandline.kernel.identifiers import Urn

    try:
        return str(Urn.parse(text))
    except UserError as error:
        raise typer.BadParameter(str(error)) from error


Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help="Folder of the data and the runs. Default: STRANDLINE_HOME, else ~/.local/share/strandline.",
        metavar="FOLDER",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output; errors as JSON on standard error.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Also write the rows to this .csv, .xlsx, .parquet or .json file.", metavar="FILE"),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")]
_PACK = typer.Option(
    "--pack",
    metavar="PACK",
    help="Name of a shipped pack, or path of a pack folder.",
    autocompletion=suggestions.packs,
)
_AS_AT = typer.Option(
    "--as-at",
    parser=read_date,
    metavar="DATE",
    help="The day to stand on, as 2013-04-30, or today. Nothing published later is used.",
)
Pack = Annotated[str, _PACK]
PackIfAny = Annotated[str | None, _PACK]
AsAt = Annotated[date, _AS_AT]
AsAtIfAny = Annotated[date | None, _AS_AT]
Authority = Annotated[
    str,
    typer.Option(
        "--authority",
        parser=read_authority,
        metavar="CODE|all",
        help="Three-digit authority code, or all for England, which is the default.",
    ),
]
Preset = Annotated[
    str | None,
    typer.Option("--preset", metavar="NAME", help="Which preset of the pack to use, where it offers several."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--setting", metavar="NAME=VALUE", help="A choice that the pack leaves open. May be given several times."
    ),
]
Predecessors = Annotated[
    bool | None,
    typer.Option(
        "--with-predecessors/--without-predecessors",
        help="Whether a school carries the inspections of the school it replaced. Default: what the pack says.",
    ),
]
Judgements = Annotated[
    Path | None,
    typer.Option(
        "--judgements",
        metavar="FILE.csv",
        help="What officers judged: columns urn, name, value, reason, by-role, date.",
    ),
]
RunName = Annotated[
    str,
    typer.Argument(
        metavar="RUN",
        help="A run, by its name or the unique start of it; latest for the newest.",
        autocompletion=suggestions.runs,
    ),
]
UrnArgument = Annotated[
    str, typer.Argument(parser=read_urn, metavar="URN", help="The school's unique reference number.")
]


def read_settings(given: list[str] | None) -> dict[str, str]:
    """`NAME=VALUE` texts as a mapping. Raises: typer.BadParameter."""
    pairs = [text.partition("=") for text in given or ()]
    for name, equals, value in pairs:
        if not (name and equals and value):
            raise typer.BadParameter(f'"{name}{equals}{value}" is not NAME=VALUE', param_hint="--setting")
    return {name: value for name, _, value in pairs}
