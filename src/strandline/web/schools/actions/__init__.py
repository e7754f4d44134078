"""Every change to what the desk knows of schools."""

from strandline.web.schools.actions.categories import show_afterwards, show_category
from strandline.web.schools.actions.documents import AlreadyKept, add_document, withdraw_document
from strandline.web.schools.actions.forward import AlreadyGiven, give_figure, revise_figure, withdraw_figure
from strandline.web.schools.actions.intake import import_snapshot
from strandline.web.schools.actions.local import (
    NoSuchBody,
    NotShared,
    add_contact,
    change_contact,
    end_contact,
    place_in_consortium,
    record_sharing,
)
from strandline.web.schools.actions.personal import forget_list, save_list, unwatch, watch

__all__ = [
    "AlreadyGiven",
    "AlreadyKept",
    "NoSuchBody",
    "NotShared",
    "add_contact",
    "add_document",
    "change_contact",
    "end_contact",
    "forget_list",
    "give_figure",
    "import_snapshot",
    "place_in_consortium",
    "record_sharing",
    "revise_figure",
    "save_list",
    "show_afterwards",
    "show_category",
    "unwatch",
    "watch",
    "withdraw_document",
    "withdraw_figure",
]
