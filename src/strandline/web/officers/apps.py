"""Officers as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class OfficersConfig(AppConfig):
    """Who works with which school, and what they have to do there."""

    name = "strandline.web.officers"
    label = "officers"
    verbose_name = "Officers"
