"""Local intelligence as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    """What the service hears of a school, and who may know it."""

    name = "strandline.web.intelligence"
    label = "intelligence"
    verbose_name = "Local intelligence"
