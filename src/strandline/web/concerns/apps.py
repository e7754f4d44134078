"""Casework as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Work with a school, from no concern to a notice that is lifted."""

    name = "strandline.web.concerns"
    label = "concerns"
    verbose_name = "Concerns"
