"""
A PostgreSQL of one's own for as long as a command runs: made, started, handed over as DATABASE_URL, thrown away.

    python scripts/pg.py -- .venv/bin/python -m pytest tests/web

It uses Debian's packages (installed when missing), also as root, for whom the server runs as the user `postgres`. Two
roles exist: `strandline` owns what migrations make and may create databases, `desk_reader` owns nothing. Neither is a
superuser, so that row-level security holds for both. Durability is switched off: nothing here outlives the command.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PACKAGE = "postgresql"
BINARIES = ("/usr/lib/postgresql/15/bin", *(f"/usr/lib/postgresql/{version}/bin" for version in (17, 16, 14)))
OWNER = "strandline"
READER = "desk_reader"
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "log_min_messages=warning",
)


@contextmanager
def postgres() -> Iterator[str]:
    """Run a throwaway server and give its DATABASE_URL."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="strandline-pg-"))
    password, port = secrets.token_urlsafe(16), _free_port()
    try:
        secret = folder / "password"
        secret.write_text(password, encoding="ascii")
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            shutil.chown(secret, "postgres")
        data = folder / "data"
        _run(
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "scram-sha-256",
            "--pwfile",
            secret,
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 " + " ".join(f"-c {each}" for each in SETTINGS)
        _run(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            _make_roles(binaries, port=port, password=password)
            yield f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/strandline"
        finally:
            _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_roles(binaries: Path, *, port: int, password: str) -> None:
    statements = (
        f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{password}'",
        f"CREATE ROLE {READER} LOGIN PASSWORD '{password}'",
        f"GRANT {READER} TO {OWNER}",  # so that a test may take on its role
        f"CREATE DATABASE strandline OWNER {OWNER}",
    )
    for statement in statements:
        command = [str(binaries / "psql"), "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-d", "postgres"]
        subprocess.run([*command, "-c", statement], check=True, env={**os.environ, "PGPASSWORD": password})


def _run(program: Path, *arguments: object) -> None:
    """Run one of PostgreSQL's programs, as `postgres` where we are root; show its words only when it fails."""
    command = [str(program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = (
        subprocess.run(
            command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=tempfile.gettempdir()
        )
        if program.name != "pg_ctl"
        else _run_detached(command)
    )
    if done.returncode:
        raise SystemExit(f"{program.name} failed:\n{done.stdout or ''}")


def _run_detached(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """`pg_ctl start` leaves a server behind that would hold a pipe open: give it a file instead."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as words:
        done = subprocess.run(command, check=False, stdout=words, stderr=words, cwd=tempfile.gettempdir())
        words.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, stdout=words.read())


def _binaries() -> Path:
    found = _found()
    if found is None:
        _install()
        found = _found()
    if found is None:
        raise SystemExit(f"PostgreSQL was not found. Install {PACKAGE}, then try again")
    return found


def _found() -> Path | None:
    named = [Path(folder) for folder in BINARIES]
    on_path = shutil.which("initdb")
    candidates = [*named, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def _install() -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SystemExit(f"PostgreSQL was not found. Install {PACKAGE}, then try again")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE]
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(arguments: Sequence[str]) -> int:
    """Run a command with DATABASE_URL set, and give its exit code."""
    command = [word for word in arguments if word != "--"] if arguments[:1] == ["--"] else list(arguments)
    if not command:
        sys.stderr.write("Name a command to run: python scripts/pg.py -- COMMAND …\n")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server is stopped then too
    with postgres() as url:
        return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
