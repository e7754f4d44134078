"""What is done about officers, tasks and visits, in words."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "officers.proposed": "{who} proposed {after.officer} as named officer of {school} from {after.starts_on}",
    "officers.declared": "{who} declared for {school}: {after.declared}",
    "officers.conflict_accepted": "{who} accepted the interest of {after.officer} in {school}, with a safeguard",
    "officers.confirmed": "{after.officer} is the named officer of {school} from {after.starts_on}",
    "officers.ended": "{who} ended {after.officer} as named officer of {school} on {after.ends_on}: {after.reason}",
    "officers.withdrawn": "{who} withdrew the proposal of {after.officer} for {school}: {after.reason}",
    "officers.replied": "{who} replied for {school} about its named officer: {after.view}",
    "officers.reallocated": "{who} re-allocated {after.schools} schools from {after.effective_on}: {after.reason}",
    "officers.inspection_announced": "{who} noted an inspection of {school} on {after.inspected_on}",
    "officers.inspections_noted": "{after.events} inspections were noted from the run {after.run}; {after.tasks} tasks",
    "officers.task_added": "{who} added a task at {school}: {after.title}, due {after.due_on}",
    "officers.task_done": "{who} did at {school}: {after.title}",
    "officers.task_not_needed": "{who} noted at {school} that it is not needed: {after.title}",
    "officers.task_assigned": "{who} gave {after.person} the task at {school}: {after.title}",
    "officers.tagged": "{who} classified at {school}: {after.title}",
    "officers.visit_logged": "{who} logged a visit to {school} on {after.visited_on}: {after.kind}",
}
