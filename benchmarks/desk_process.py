"""A desk of its own, filled with Sandmouth and served as in production: for measurements and for attacks."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "tests/functional/desk/seed.py"
STARTING = [sys.executable, "-c", "from strandline.cli import main; main()", "desk"]
FORGERY = "f" * 32  # any token does, so long as cookie and form agree


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A desk that is filled: its environment and one signed-in person per role."""

    environment: Mapping[str, str]
    people: Mapping[str, Mapping[str, str]]


def fill(home: Path) -> Filled:
    """Fill a desk at `home`, or in the database that DATABASE_URL names."""
    environment = {
        **os.environ,
        "STRANDLINE_HOME": str(home),
        "STRANDLINE_SECRET_KEY": "only-for-this-measurement",
        "DJANGO_SETTINGS_MODULE": "strandline.web.config.settings",
    }
    done = subprocess.run([sys.executable, str(SEED)], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"The desk could not be filled:\n{done.stderr[-3000:]}")
    return Filled(environment=environment, people=json.loads(done.stdout.splitlines()[-1]))


@dataclass(slots=True)
class Served:
    """A desk that runs in a process group of its own."""

    process: subprocess.Popen[bytes]
    port: int

    def kill(self) -> None:
        """End every process of the group at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)


@contextmanager
def served(filled: Filled, *, log: Path, workers: int = 1) -> Iterator[Served]:
    """Serve a filled desk until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    arguments = [*STARTING, "--port", str(port), "--workers", str(workers), "--no-tasks"]
    with log.open("ab") as words:
        process = subprocess.Popen(
            arguments, env=dict(filled.environment), stdout=words, stderr=words, start_new_session=True
        )
    desk = Served(process=process, port=port)
    try:
        _wait(desk, log)
        yield desk
    finally:
        desk.kill()


def _wait(desk: Served, log: Path) -> None:
    for _ in range(300):
        with suppress(OSError):
            if ask(desk.port, "/health")[0] == 200:
                return
        if desk.process.poll() is not None:
            break
        time.sleep(0.2)
    sys.exit(f"The desk did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


def ask(
    port: int, path: str, *, session: str = "", form: Mapping[str, object] | None = None, seconds: float = 60
) -> tuple[int, bytes, Mapping[str, str]]:
    """Ask the desk once, as somebody; a form is sent with a key of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    headers = {"Cookie": f"sessionid={session}; csrftoken={FORGERY}"} if session else {}
    try:
        if form is None:
            connection.request("GET", path, headers=headers)
        else:
            sent = {"csrfmiddlewaretoken": FORGERY, "form_key": str(uuid.uuid4()), **form}
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
            connection.request("POST", path, urlencode(sent, doseq=True), headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())
    finally:
        connection.close()
