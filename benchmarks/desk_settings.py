"""The desk's own settings, with Django's admin beside it as the peer to measure against."""

from __future__ import annotations

from strandline.web.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]  # noqa: F405
ROOT_URLCONF = "desk_peers"
ALLOWED_HOSTS = ["testserver"]
SILENCED_SYSTEM_CHECKS = ["admin.E404", "admin.E408"]
TEMPLATES[0]["OPTIONS"]["context_processors"] += ["django.contrib.auth.context_processors.auth"]  # noqa: F405
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
