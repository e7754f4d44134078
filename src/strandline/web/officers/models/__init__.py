"""The rows of officers: who works with which school, and the work that follows."""

from strandline.web.officers.models.allocations import (
    Allocation,
    AllocationState,
    Declaration,
    Reallocation,
    SchoolReply,
    SchoolView,
)
from strandline.web.officers.models.tasks import InspectionEvent, Task, TaskState, Visit

__all__ = [
    "Allocation",
    "AllocationState",
    "Declaration",
    "InspectionEvent",
    "Reallocation",
    "SchoolReply",
    "SchoolView",
    "Task",
    "TaskState",
    "Visit",
]
