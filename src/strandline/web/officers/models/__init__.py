"""The rows of officers: who works with which school, and the work that follows."""

from strandline.web.officers.models.allocations import (
    Allocation,
    AllocationState,
    Declaration,
    Reallocation,
    SchoolReply,
    SchoolView,
)
from strandline.web.officers.models.tasks import InspectionEvent, PriorityTag, Responsibility, Task, TaskState, Visit

__all__ = [
    "Allocation",
    "AllocationState",
    "Declaration",
    "InspectionEvent",
    "PriorityTag",
    "Reallocation",
    "Responsibility",
    "SchoolReply",
    "SchoolView",
    "Task",
    "TaskState",
    "Visit",
]
