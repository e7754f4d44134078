"""
`strandline desk`: the web application on one's own machine, and the few commands that its keeper needs.

The command line and the web do not import each other: the desk is an optional extra, found by name when asked for.
"""

from __future__ import annotations

import os
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from strandline.cli.options import Home, Json, read_authority
from strandline.cli.output import print_json, say
from strandline.cli.places import home_folder
from strandline.kernel.errors import UserError

app = typer.Typer(
    help="Start the desk in the browser; look after its database and its first account.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Host = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to serve on; others only in production.")]
Port = Annotated[int, typer.Option("--port", metavar="NUMBER", min=1, max=65_535, help="Port to serve on.")]
Workers = Annotated[int, typer.Option("--workers", metavar="NUMBER", min=1, max=64, help="Number of processes.")]
WithTasks = Annotated[bool, typer.Option("--tasks/--no-tasks", help="Whether background work is done beside it.")]
Address = Annotated[
    str, typer.Option("--address", metavar="URL", help="Where people open the desk, for the invitation's address.")
]


@app.callback()
def serve(
    context: typer.Context,
    *,
    home: Home = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 2,
    tasks: WithTasks = True,
) -> None:
    """Start the desk on an embedded database, or on PostgreSQL where DATABASE_URL names one."""
    _name_home(home)
    if context.invoked_subcommand:
        return
    serving = serving_room()
    place = serving.Place(host=host, port=port, workers=workers)
    serving.prepare(place)
    say(f"The desk is open at {place.address} (stop it with Ctrl+C).")
    if serving.nobody_is_here():
        say(
            "Nobody has an account yet. Invite the head of service: strandline desk create-head "
            "--email NAME@COUNCIL.GOV.UK --name NAME --authority CODE"
        )
    serving.serve(place, with_tasks=tasks)


@app.command()
def migrate(*, home: Home = None, json: Json = False) -> None:
    """Bring the desk's database up to date."""
    _name_home(home)
    applied = serving_room().migrate()
    if json:
        print_json({"applied": applied})
    else:
        say(f"{applied} migrations applied." if applied else "The database is up to date.")


@app.command()
def worker(*, home: Home = None, json: Json = False) -> None:
    """Do background work until stopped: one such process beside the desk in production."""
    _name_home(home)
    del json  # its log is JSON always
    serving_room().work()


@app.command()
def daily(*, home: Home = None, json: Json = False) -> None:
    """Flag overrides that have ended, now; the process for background work does it every day."""
    _name_home(home)
    found = serving_room().do_daily()
    if json:
        print_json(found)
    else:
        say(
            f"{found['overrides_ended']} overrides had ended; {found['entries_opened']} entries opened in the register."
        )


@app.command("import-run")
def import_run(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Name of the run, its beginning, or latest.")],
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Keep every school's explanation now.")] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Take a run to the desk, for every authority whose schools it holds."""
    _name_home(home)
    serving = serving_room()
    name = serving.run_named(run)
    serving.migrate()
    taken = serving.take_in(name, explain=explain)
    if json:
        print_json({"authorities": [asdict(one) for one in taken]})
        return
    for one in taken:
        say(f"{one.run_id}: {one.schools:,} schools of authority {one.authority}.")
    if len(taken) > 1:
        say(f"{sum(one.schools for one in taken):,} schools of {len(taken)} authorities are on the desk.")


@app.command("create-head")
def create_head(
    *,
    email: Annotated[str, typer.Option("--email", metavar="ADDRESS", help="Their work e-mail address.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Their full name.")],
    authority: Annotated[
        str, typer.Option("--authority", parser=read_authority, metavar="CODE", help="Three-digit authority code.")
    ],
    council: Annotated[str, typer.Option("--council", metavar="NAME", help="Name of the council.")] = "",
    address: Address = "http://127.0.0.1:8000/",
    home: Home = None,
    json: Json = False,
) -> None:
    """Invite the head of service of an authority, and print the address that makes their account."""
    if authority == "all":
        raise UserError("A head of service serves one authority", where="--authority", what_to_do="Write its code")
    _name_home(home)
    serving = serving_room()
    serving.migrate()
    made = serving.invite_head(email=email, name=name, authority=int(authority), council=council, address=address)
    if json:
        print_json({"address": made.address, "replaced": made.replaced})
        return
    if made.replaced:
        say("An earlier invitation of this person was open: its address opens nothing any more.")
    say(f"Open this address within 14 days to make the account:\n{made.address}")


def _name_home(home: Path | None) -> None:
    """Hand the home to the desk, which reads its settings from the environment."""
    if "STRANDLINE_HOME" not in os.environ or home is not None:
        os.environ["STRANDLINE_HOME"] = str(home_folder(home))


def serving_room() -> Any:
    """The room that serves the desk, with Django loaded. Raises: UserError where the extra is not installed."""
    if find_spec("django") is None:
        raise UserError("The desk is not installed here", what_to_do="Install it: pip install 'strandline[web]'")
    serving = import_module("strandline.web.config.serving")
    serving.set_up()
    return serving
