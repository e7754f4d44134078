"""What is done in the trigger register, in words."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "triggers.run_registered": (
        "The run {after.run} was read for triggers: {after.opened} opened, {after.reopened} opened again, "
        "{after.ended} no longer met"
    ),
    "triggers.desk_registered": "The desk opened {after.opened} triggers of its own; {after.ended} no longer met",
    "triggers.decided": "{who} proposed for {school}, {after.trigger}: {after.outcome}",
    "triggers.approved": "{who} approved for {school}, {after.trigger}: {after.outcome}",
    "triggers.returned": "{who} returned the decision on {school}, {after.trigger}: {after.reason}",
    "triggers.exported": "{who} exported {after.rows} rows of the trigger register",
}
