"""Decisions as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """What the rules propose and what people decide."""

    name = "strandline.web.decisions"
    label = "decisions"
    verbose_name = "Decisions"
