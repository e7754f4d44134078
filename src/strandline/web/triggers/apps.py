"""The trigger register as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class TriggersConfig(AppConfig):
    """Every school that meets a trigger, and what was decided about it."""

    name = "strandline.web.triggers"
    label = "triggers"
    verbose_name = "Trigger register"
