"""What is done in casework, in words."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "concerns.opened": "{who} opened a case at {school}: {after.kind}",
    "concerns.turned": "{who} turned the work at {school} into a concern since {after.since}",
    "concerns.narrated": "{who} wrote the narrative of a concern at {school}, version {after.number}",
    "concerns.step_done": "{who} noted at {school} as done on {after.on}: {after.step}",
    "concerns.step_undone": "{who} noted at {school} as not done: {after.step}",
    "concerns.reassigned": "{who} named {after.officer} for a case at {school}: {after.reason}",
    "concerns.closed": "{who} closed a case at {school}: {after.reason}",
    "concerns.deleted": "{who} deleted an empty case at {school}: {after.reason}",
    "concerns.decided": "{who} recorded a decision at {school}, for {after.authoriser} to authorise: {after.outcome}",
    "concerns.authorised": "{who} authorised a decision at {school}: {after.outcome}",
    "concerns.refused": "{who} refused a decision at {school}: {after.outcome}",
    "concerns.taken_back": "{who} took back a decision at {school}: {after.outcome}",
    "concerns.drafted": "{who} drafted for {school}: {after.notice}",
    "concerns.condition_added": "{who} added a condition to a notice for {school}: {after.text}",
    "concerns.condition_met": "{who} found a condition at {school} met on {after.on}: {after.text}",
    "concerns.condition_not_met": "{who} found a condition at {school} not met on {after.on}: {after.text}",
    "concerns.issued": "{who} issued to {school} on {after.on}: {after.notice}",
    "concerns.representations": "{who} noted representations of {school} on {after.on}: {after.notice}",
    "concerns.running": "{who} let the compliance period of {school} run from {after.on}: {after.notice}",
    "concerns.met": "{who} found that {school} complied, on {after.on}: {after.notice}",
    "concerns.not_met": "{who} found that {school} did not comply, on {after.on}: {after.notice}",
    "concerns.lifted": "{who} lifted for {school} on {after.on}: {after.notice}",
    "concerns.escalated": "{who} escalated at {school} {after.notice} to {after.next}",
    "concerns.withdrawn": "{who} withdrew for {school} on {after.on}: {after.notice}",
}
