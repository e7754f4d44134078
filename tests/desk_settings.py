"""Settings of the desk under test: the real ones, with a quick hasher and tasks done at once."""

from __future__ import annotations

import os
import tempfile

import pytest

with pytest.MonkeyPatch.context() as environment:
    environment.setenv("STRANDLINE_SECRET_KEY", "only-for-tests")
    environment.setenv(
        "STRANDLINE_HOME", os.environ.get("STRANDLINE_TEST_HOME") or tempfile.mkdtemp(prefix="desk-home-")
    )
    from strandline.web.config.settings import *  # noqa: F403

MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405 - the live server has its own
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
