"""Strategies as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    """What the authority publishes to its schools, and what they say to it."""

    name = "strandline.web.strategies"
    label = "strategies"
    verbose_name = "Strategies"
