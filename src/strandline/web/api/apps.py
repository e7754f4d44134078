"""The room of the API."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Named by its folder."""

    name = "strandline.web.api"
    label = "api"
