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
    "triggers.referral_written": "{who} wrote to {after.addressee} about a concern at {school}",
    "triggers.referral_sent": "{who} sent the letter about {school} to {after.addressee} on {after.sent_on}",
    "triggers.referral_answered": "{after.addressee} answered about {school} on {after.answered_on}; kept by {who}",
    "triggers.exported": "{who} exported {after.rows} rows of the trigger register",
}
