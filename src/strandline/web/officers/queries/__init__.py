"""Reading who works with which school, and what is to be done there."""

from strandline.web.officers.queries.activity import (
    Activity,
    Time,
    activity_by_priority,
    priorities_for,
    time_by_responsibility,
    years_of_work,
)
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
    "Activity",
    "AskedOfficers",
    "TaskTotals",
    "Time",
    "VisitStanding",
    "VisitState",
    "activity_by_priority",
    "allocatable",
    "caseload_urns",
    "caseloads",
    "history_of",
    "inspections_of",
    "offered_to",
    "officer_of",
    "priorities_for",
    "schools_to_visit",
    "schools_with_officers",
    "special_without_visit",
    "task_totals",
    "tasks",
    "time_by_responsibility",
    "uncovered",
    "visit_standings",
    "visits_of",
    "without_officer",
    "years_of_work",
]
