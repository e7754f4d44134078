"""Every change to who works with a school, and to the work there."""

from strandline.web.officers.actions.allocating import (
    NotAllocatable,
    accept_conflict,
    confirm_ready,
    declare,
    declare_none,
    end,
    propose,
    reallocate,
    reply,
    withdraw,
)
from strandline.web.officers.actions.tagging import NotTaggable, Tags, tag
from strandline.web.officers.actions.tasks import (
    NotATask,
    add_task,
    announce,
    assign_task,
    log_visit,
    note_inspections,
    settle_task,
)

__all__ = [
    "NotATask",
    "NotAllocatable",
    "NotTaggable",
    "Tags",
    "accept_conflict",
    "add_task",
    "announce",
    "assign_task",
    "confirm_ready",
    "declare",
    "declare_none",
    "end",
    "log_visit",
    "note_inspections",
    "propose",
    "reallocate",
    "reply",
    "settle_task",
    "tag",
    "withdraw",
]
