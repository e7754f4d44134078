"""The front page as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """What each role sees first."""

    name = "strandline.web.home"
    label = "home"
    verbose_name = "Front page"
