"""Reading who works with which school, and what is to be done there."""

from strandline.web.officers.queries.allocations import (
    AskedOfficers,
    allocatable,
    caseload_urns,
    caseloads,
    history_of,
    offered_to,
    officer_of,
    schools_with_officers,
    uncovered,
    without_officer,
)
from strandline.web.officers.queries.visiting import VisitStanding, VisitState, schools_to_visit, visit_standings
from strandline.web.officers.queries.work import (
    TaskTotals,
    inspections_of,
    special_without_visit,
    task_totals,
    tasks,
    visits_of,
)

__all__ = [
    "AskedOfficers",
    "TaskTotals",
    "VisitStanding",
    "VisitState",
    "allocatable",
    "caseload_urns",
    "caseloads",
    "history_of",
    "inspections_of",
    "offered_to",
    "officer_of",
    "schools_to_visit",
    "schools_with_officers",
    "special_without_visit",
    "task_totals",
    "tasks",
    "uncovered",
    "visit_standings",
    "visits_of",
    "without_officer",
]
