"""The design as a Django app: templates, static files and template tags, no models."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Registers the components under the label `design`."""

    name = "strandline.web.design"
    label = "design"
    verbose_name = "Design"
