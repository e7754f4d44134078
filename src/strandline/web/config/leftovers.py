"""
What was sent and nobody read, as when it is refused for its size: thrown away before the answer goes out.

An answer that is sent while the browser still sends cannot be read there: the connection is cut under it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 10.0
AT_ONCE = 64 * 1024


class HearsOut:
    """A WSGI application that hears the sender out before it answers, so that the answer arrives."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer, when all that was sent is read or thrown away."""
        sent = _Counted(environ["wsgi.input"], length=_length(environ))
        environ["wsgi.input"] = sent
        answer = self.application(environ, start_response)
        if 0 < sent.left <= MOST_BYTES:
            _throw_away(sent)
        return answer


class _Counted:
    """What is being sent, and how much of it is still to come."""

    def __init__(self, stream: Any, *, length: int) -> None:
        self._stream = stream
        self.left = length

    def read(self, size: int = -1, /) -> bytes:
        """Read so much."""
        return self._noted(self._stream.read(size))

    def readline(self, size: int = -1, /) -> bytes:
        """Read to the end of a line."""
        return self._noted(self._stream.readline(size))

    def _noted(self, read: bytes) -> bytes:
        self.left -= len(read)
        return read


def _length(environ: dict[str, Any]) -> int:
    said = environ.get("CONTENT_LENGTH") or ""
    return int(said) if said.isdecimal() else 0


def _throw_away(sent: _Counted) -> None:
    until = time.monotonic() + MOST_SECONDS
    try:
        while sent.left > 0 and time.monotonic() < until:
            if not sent.read(min(AT_ONCE, sent.left)):
                return
    except OSError:  # the sender is gone
        return
