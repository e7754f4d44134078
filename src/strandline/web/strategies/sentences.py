"""What is done to strategies, in words."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "strategies.drafted": "{who} drafted {after.title} from the pack {after.pack}",
    "strategies.changed": "{who} changed the draft of {after.title}",
    "strategies.pack_taken_again": "{who} took the pack of {after.title} again as it stands now",
    "strategies.plan_linked": "{who} linked {after.strategy} to {after.title}",
    "strategies.plan_taken_off": "{who} took the link to {before.title} off {before.strategy}",
    "strategies.approved": "{who} recorded that {after.title} was approved on {after.approved_on} ({after.where})",
    "strategies.sent_back": "{who} sent {after.title} back to be a draft: {after.reason}",
    "strategies.published": "{who} published {after.title} to {after.schools} schools on {after.published_on}",
    "strategies.superseded": "{before.title} was superseded by {after.title}",
    "strategies.comment_logged": "{who} logged what {after.group} said: {after.said}",
    "strategies.comment_answered": "{who} answered {after.group}: {after.did}",
    "strategies.opened": "{who} opened the strategy for {school}",
    "strategies.acknowledged": "{who} acknowledged the strategy for {school}",
}
