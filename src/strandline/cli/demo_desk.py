"""The end of the demonstration: a desk filled with the generated authorities, and a look whether it answers."""

from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from strandline.cli.desk import serving_room
from strandline.cli.output import note, print_table, say
from strandline.kernel.errors import UserError

HOST, PORT, WORKERS = "127.0.0.1", 8000, 2
PATIENCE = 90.0
FOREIGN = ("DATABASE_URL", "STRANDLINE_MODE", "STRANDLINE_HTTPS", "STRANDLINE_HOSTS")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def open_desk(folder: Path, *, seed: int, check: bool) -> None:
    """
    Fill a desk below `folder` and serve it until Ctrl+C; with `check`, see that it answers and lets somebody in.

    A demonstration touches no database of anybody's and is no production. Raises: UserError where it does not answer.
    """
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ["STRANDLINE_HOME"] = str((folder / "home").resolve())
    serving = serving_room()
    serving.migrate()
    filled = import_module("strandline.web.home.demonstration").fill(folder, seed=seed, tell=note)
    print_log_ins(filled)
    place = serving.Place(host=HOST, port=free_port(), workers=WORKERS)
    if check:
        first = filled.log_ins[0]
        with running(place.address, port=place.port):
            sign_in(place.address, email=first.email, password=first.password)
        say(f"The desk answered at {place.address}, and the {first.role.lower()} of {first.authority} signed in.")
        say(f"Open it: {own_name()} desk --home {folder / 'home'}")
        return
    serving.prepare(place)
    say(f"The desk is open at {place.address} (stop it with Ctrl+C).")
    serving.serve(place, with_tasks=True)


def own_name() -> str:
    """The command as it was typed: `.venv/bin/strandline` where its folder is not on the path."""
    return sys.argv[0] if Path(sys.argv[0]).name == "strandline" else "strandline"


def print_log_ins(filled: Any) -> None:
    """One log-in for each role; the passwords are made anew each time."""
    say()
    rows = [(one.role, one.authority, one.reaches, one.email, one.password) for one in filled.log_ins]
    print_table(("Role", "Authority", "Reaches", "E-mail", "Password"), rows, title="Who may sign in")
    say()


def free_port(first: int = PORT) -> int:
    """The usual port, or any other where somebody listens there already."""
    for wanted in (first, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise UserError("No port is free on this machine", what_to_do="Stop a server and try again")


@contextmanager
def running(address: str, *, port: int) -> Iterator[None]:
    """The desk in a process of its own, stopped at the end."""
    starting = [sys.executable, "-c", "from strandline.cli import main; main()", "desk", "--port", str(port)]
    server = subprocess.Popen(  # noqa: S603 - this very interpreter
        [*starting, "--workers", "1", "--no-tasks"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"{address}health", server)
        yield
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()


def sign_in(address: str, *, email: str, password: str) -> None:
    """Sign in as a browser does. Raises: UserError where the front page is not that of somebody who has signed in."""
    browser = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    form = TOKEN.search(browser.open(f"{address}account/login/", timeout=60).read().decode())
    told = {"login": email, "password": password, "csrfmiddlewaretoken": form.group(1) if form else ""}
    sent = urllib.request.Request(  # noqa: S310 - the desk's own address
        f"{address}account/login/", data=urllib.parse.urlencode(told).encode(), headers={"Referer": address}
    )
    page = browser.open(sent, timeout=60).read().decode()
    if "Sign out" not in page:
        raise UserError("Nobody could sign in at the desk", where=address, what_to_do="Run strandline desk and try")


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    plain = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with plain.open(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise UserError("The desk did not answer", where=address, what_to_do="Run strandline desk and read what it says")
