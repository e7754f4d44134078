"""How the desk sends mail: by STRANDLINE_MAIL, else into a folder at home where it can be read."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from strandline.web.config.environment import DeskRefused, Environment


def mail_settings(environment: Environment) -> dict[str, Any]:
    """Everything that Django's mail reads. Raises: DeskRefused."""
    sender = {"DEFAULT_FROM_EMAIL": os.environ.get("STRANDLINE_MAIL_FROM", "desk@localhost")}
    url = os.environ.get("STRANDLINE_MAIL", "")
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(environment.home / "mail"), **sender}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise DeskRefused(
            f'"{parts.scheme}" is not a way of sending mail that the desk knows',
            where="STRANDLINE_MAIL",
            what_to_do="Write smtp://user:password@host:587?starttls=1, or smtps://…",
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parse_qs(parts.query).get("starttls", ["1"]) == ["1"],
        "EMAIL_TIMEOUT": 10,
        **sender,
    }
