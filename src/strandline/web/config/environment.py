"""What the environment says about this installation, read once and checked."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from strandline.kernel.errors import UserError

PRODUCTION = "production"
LOCAL = "local"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class DeskRefused(UserError):
    """The desk does not start as it is set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The settings of one installation that come from outside the code."""

    mode: str
    home: Path
    secret_key: str
    secret_is_own: bool
    debug: bool
    https: bool
    hosts: tuple[str, ...]
    database: dict[str, Any]
    second_factor_required: bool


def read_environment() -> Environment:
    """Read the environment of this process. Raises: DeskRefused."""
    mode = os.environ.get("STRANDLINE_MODE", LOCAL)
    if mode not in (LOCAL, PRODUCTION):
        raise DeskRefused(
            f'"{mode}" is not a mode', where="STRANDLINE_MODE", what_to_do=f"Write {LOCAL} or {PRODUCTION}"
        )
    home = desk_home()
    given = os.environ.get("STRANDLINE_SECRET_KEY", "")
    hosts = tuple(host.strip() for host in os.environ.get("STRANDLINE_HOSTS", "").split(",") if host.strip())
    return Environment(
        mode=mode,
        home=home,
        secret_key=given or _kept_secret(home),
        secret_is_own=bool(given),
        debug=_flag("STRANDLINE_DEBUG", default=False),
        https=_flag("STRANDLINE_HTTPS", default=mode == PRODUCTION),
        hosts=hosts or (() if mode == PRODUCTION else LOOPBACK),
        database=read_database(os.environ.get("DATABASE_URL", ""), home=home),
        second_factor_required=_second_factor(mode),
    )


def desk_home() -> Path:
    """The folder of the desk's own files: STRANDLINE_HOME, else the user's data folder, then `desk`."""
    named = os.environ.get("STRANDLINE_HOME")
    if named:
        return Path(named).expanduser() / "desk"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "strandline" / "desk"


def read_database(url: str, *, home: Path) -> dict[str, Any]:
    """Django's description of the database: PostgreSQL where an address is given, else a file of SQLite at home."""
    if not url:
        return _sqlite(str(home / "desk.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path))
    if parts.scheme not in ("postgres", "postgresql"):
        raise DeskRefused(
            f'"{parts.scheme}" is not a database that the desk knows',
            where="DATABASE_URL",
            what_to_do="Write postgresql://user:password@host:port/name, or leave it out for SQLite",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _second_factor(mode: str) -> bool:
    """Whether people of the service need a second factor: in production they do, unless it is said otherwise."""
    text = os.environ.get("STRANDLINE_SECOND_FACTOR", "required" if mode == PRODUCTION else "optional")
    if text not in ("required", "optional"):
        raise DeskRefused(
            f'"{text}" is neither required nor optional',
            where="STRANDLINE_SECOND_FACTOR",
            what_to_do="Write one of them",
        )
    return text == "required"


def _flag(name: str, *, default: bool) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text in ("", "1", "0", "true", "false", "yes", "no", "on", "off"):
        return text in ("1", "true", "yes", "on") if text else default
    raise DeskRefused(f'"{text}" is neither yes nor no', where=name, what_to_do="Write 1 or 0")


def _kept_secret(home: Path) -> str:
    """The secret of a desk on one's own machine: made once, readable by its owner only."""
    path = home / "secret"
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    home.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
