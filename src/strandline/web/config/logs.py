"""
Logs as JSON, one line for each event: what, where in the code, for which request. No names, no addresses, no secrets.

A request is logged by the pattern of its address, never by the address itself (which may hold the secret of an
invitation); a person by number; an error by its kind and the lines it passed, without its message.
"""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase

OWN = "strandline"
KEPT = ("request_id", "route", "method", "status", "milliseconds", "person", "task", "address")
access = logging.getLogger(f"{OWN}.access")


FILLED_IN = re.compile(r"[:='\"“‘].*", re.DOTALL)
"""Where a sentence that was composed before it was logged begins to quote whoever sent the request."""


class JsonFormatter(logging.Formatter):
    """One line of JSON. The words of other libraries are kept as their pattern, without what they filled in."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        line |= {name: getattr(record, name) for name in KEPT if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["passed"] = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """What is said: one's own words whole; others' as a pattern, or up to what they quote where they have none."""
    if record.name.startswith(OWN):
        return record.getMessage()
    return str(record.msg) if record.args else FILLED_IN.sub("", str(record.msg)).rstrip()


class AccessMiddleware:
    """Logs each request: pattern, method, status, time, and the person's number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and log the answer."""
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        actor = getattr(request, "actor", None)
        access.info(
            "answered",
            extra={
                "request_id": getattr(request, "id", ""),
                "route": match.route if match else "none",
                "method": request.method,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                "person": actor.user.pk if actor else None,
            },
        )
        return response


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "strandline.web.config.logs.JsonFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        OWN: {"handlers": ["out"], "level": "INFO", "propagate": False},
        "django": {"handlers": ["out"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["out"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["out"], "level": "ERROR", "propagate": False},
        "gunicorn.error": {"handlers": ["out"], "level": "INFO", "propagate": False},
    },
}
