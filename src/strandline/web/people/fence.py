"""The fence in the database: which authority's rows PostgreSQL gives this connection. SQLite has none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

SETTING = "app.authority"
ALL = "all"
NOBODY = ""
_open: ContextVar[str] = ContextVar("fence", default=NOBODY)


@contextmanager
def opened(authority: str) -> Iterator[None]:
    """Let this connection read and write one authority's rows (or `ALL`), then what it could before."""
    before = _open.get()
    token = _open.set(authority)
    _tell(authority)
    try:
        yield
    finally:
        _open.reset(token)
        _tell(before)


def _tell(authority: str) -> None:
    if connection.vendor != "postgresql":
        return
    connection.ensure_connection()
    if connection.needs_rollback or connection.connection.closed:
        return  # the transaction is lost, and the setting with it: closed, not open
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", (SETTING, authority))
