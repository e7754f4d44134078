"""What nobody read of a request is read to its end and thrown away, within limits, before the answer goes out."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pytest

from strandline.web.config import leftovers
from strandline.web.config.leftovers import AT_ONCE, MOST_BYTES, HearsOut


class Sender(io.BytesIO):
    """What is sent, and how often it was asked for."""

    asked = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, and note it."""
        self.asked += 1
        return super().read(size)


def answered(sent: io.BytesIO, *, said: str, reads: int = 0) -> list[bytes]:
    """The answer of an application that reads so many bytes of what is sent."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        del start_response
        return [environ["wsgi.input"].read(reads) if reads else b"refused"]

    return list(HearsOut(application)({"wsgi.input": sent, "CONTENT_LENGTH": said}, lambda *_: None))


def test_what_was_not_read_is_thrown_away_before_the_answer() -> None:
    sent = Sender(b"x" * (3 * AT_ONCE + 1))
    assert answered(sent, said=str(3 * AT_ONCE + 1)) == [b"refused"]
    assert (sent.tell(), sent.asked) == (3 * AT_ONCE + 1, 4)
    half = Sender(b"abcdef")
    assert answered(half, said="6", reads=4) == [b"abcd"]
    assert half.tell() == 6


def test_nothing_is_read_beyond_what_was_announced() -> None:
    sent = Sender(b"first request|the next on the same connection")
    answered(sent, said="13")
    assert sent.tell() == 13
    for said in ("", "-1", "many", "0"):
        unknown = Sender(b"xxx")
        answered(unknown, said=said)
        assert unknown.asked == 0, said


def test_what_is_larger_than_the_limit_or_takes_too_long_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Sender(b"x")
    answered(endless, said=str(MOST_BYTES + 1))
    assert endless.asked == 0
    clock = iter(range(0, 1_000, 6))
    monkeypatch.setattr(leftovers.time, "monotonic", lambda: next(clock))
    slow = Sender(b"x" * 5 * AT_ONCE)
    answered(slow, said=str(5 * AT_ONCE))
    assert slow.tell() == AT_ONCE, "ten seconds are over after the second look at the clock"


def test_a_sender_who_is_gone_harms_nobody() -> None:
    class Gone(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    assert answered(Gone(), said="10") == [b"refused"]
    short = Sender(b"abc")
    assert answered(short, said="10") == [b"refused"]
    assert short.asked == 2
