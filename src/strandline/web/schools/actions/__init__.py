"""Every change to what the desk knows of schools."""

from strandline.web.schools.actions.categories import show_category
from strandline.web.schools.actions.intake import import_snapshot

__all__ = ["import_snapshot", "show_category"]
