"""Starting the desk: its database brought up to date, its workers, its first head of service."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event
from typing import Any

import django
from django.core.management import call_command

from strandline.kernel.errors import UserError

SETTINGS = "strandline.web.config.settings"
THREADS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the desk is served."""

    host: str
    port: int
    workers: int

    @property
    def address(self) -> str:
        """What to open in the browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def set_up() -> None:
    """Load Django with the desk's settings. Raises: DeskRefused, NotForProduction."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def migrate() -> int:
    """Bring the database up to date and give the number of migrations applied."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from strandline.web.people import scope

    settings.DESK_HOME.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    with scope.everywhere("migrations may move rows of every authority"):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    return len(plan)


def nobody_is_here() -> bool:
    """Whether no person has an account yet."""
    from strandline.web.people.models import User

    return not User.objects.exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """The address that makes an account, and how many earlier ones for the same person it replaces."""

    address: str
    replaced: int


def invite_head(*, email: str, name: str, authority: int, council: str, address: str) -> Invited:
    """
    Invite the head of service of an authority. Of several invitations of one person only the last opens anything.

    Raises: UserError where they are its head of service already, or the address is none.
    """
    from django.db import transaction

    from strandline.web.people import actions, scope
    from strandline.web.people.queries import holds, invitations_of
    from strandline.web.people.reach import Wanted
    from strandline.web.people.roles import Role

    wanted = Wanted(role=Role.HEAD_OF_SERVICE)
    with scope.everywhere("the first head of service is invited by whoever runs the desk"), transaction.atomic():
        if holds(email, role=wanted.role, authority=authority):
            raise UserError(
                f"{email} is head of service of authority {authority} already",
                what_to_do="Sign in, or invite somebody else",
            )
        earlier = list(invitations_of(email, role=wanted.role, authority=authority))
        for each in earlier:
            actions.withdraw(by=None, invitation=each)
        organisation = actions.council_of(authority, name=council)
        _, token = actions.invite(
            by=None, email=email, name=name, wanted=wanted, authority=authority, organisation=organisation
        )
    return Invited(address=f"{address.rstrip('/')}/people/invitation/{token}/", replaced=len(earlier))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A run as it stands on the desk for one authority."""

    run_id: str
    authority: int
    schools: int


def run_named(run: str) -> str:
    """The whole name of a run. Raises: RunNotFound, RunAmbiguous."""
    from strandline.runs.record import open_run
    from strandline.web.decisions import places

    return open_run(places.home(), run).run_id


def take_in(run: str, *, explain: bool) -> tuple[TakenIn, ...]:
    """Take a run to the desk for every authority of it. Raises: RunNotFound, RunAmbiguous, RunDamaged."""
    from strandline.web.decisions import actions

    taken = []
    for each in actions.import_run(by=None, run_id=run):
        if explain:
            actions.explain_proposals(by=None, desk_run=each)
        taken.append(TakenIn(run_id=each.run_id, authority=each.authority, schools=each.schools))
    return tuple(taken)


def prepare(place: Place) -> None:
    """
    Check that the desk may be served there, and bring an embedded database up to date.

    Raises: NotForProduction, UserError where the port is taken or a PostgreSQL database waits for its migrations.
    """
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from strandline.web.config.production import require_private

    require_private(settings.ENVIRONMENT, host=place.host)
    require_free(place)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        migrate()
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UserError("The database is older than the desk", what_to_do="Run: strandline desk migrate")


def require_free(place: Place) -> None:
    """Raises: UserError where something else answers there, or the port may not be used."""
    with socket.socket(socket.AF_INET6 if ":" in place.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            raise UserError(
                f"The desk cannot be opened at {place.address}: {(error.strerror or 'it is taken').lower()}",
                where="--port",
                what_to_do="Stop what answers there, or choose another, for instance --port 8001",
            ) from error


def serve(place: Place, *, with_tasks: bool) -> None:
    """Serve the desk until it is stopped, with a process for background work beside it."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    connections.close_all()  # nothing is inherited by the workers

    class Desk(BaseApplication):
        """gunicorn with the desk's settings."""

        def load_config(self) -> None:
            """Set what is not gunicorn's default."""
            for name, value in _gunicorn(place).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            """The application, loaded in each worker."""
            from strandline.web.config.wsgi import application

            return application

    with _task_process(started=with_tasks):
        Desk().run()


def work() -> None:
    """Do background work until stopped, and once a day what the desk does by itself."""
    from strandline.web.home.daily import OnceADay

    _read_packs()
    stop = Event()
    OnceADay().start(stop=stop)
    try:
        call_command("db_worker", verbosity=0)
    finally:
        stop.set()


def _read_packs() -> None:
    """Read every pack now: seconds, for which nobody has to wait on the first page that lists them."""
    from strandline.runs import packs
    from strandline.web.decisions import places

    with suppress(OSError):
        packs.list_packs(places.home())


def do_daily() -> dict[str, int]:
    """Do now what the desk does by itself once a day; how much there was, by name."""
    from strandline.web.home.daily import daily

    return dict(daily())


def _gunicorn(place: Place) -> dict[str, Any]:
    return {
        "bind": f"{place.host}:{place.port}",
        "workers": place.workers,
        "threads": THREADS,
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": 20,
        "keepalive": 5,
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "proc_name": "strandline desk",
        "loglevel": "warning",
    }


@contextmanager
def _task_process(*, started: bool) -> Iterator[None]:
    if not started:
        yield
        return
    worker = subprocess.Popen([sys.executable, "-m", "strandline.web.config.worker"])
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
