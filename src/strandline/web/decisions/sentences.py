"""What is done to decisions, in words."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "decisions.run_imported": "{who} took the run {after.run} to the queue: {after.schools} schools",
    "decisions.run_asked": "{who} asked for a run of {after.pack} as at {after.as_at}",
    "decisions.scheme_drafted": "{who} drafted the scheme {after.title} from the pack {after.pack}",
    "decisions.scheme_adopted": "{who} adopted the scheme {after.title} until {after.expires_on}",
    "decisions.scheme_ended": "{who} ended the scheme {before.title}",
    "decisions.scheme_renewed": "{who} renewed the scheme {after.title} until {after.expires_on}",
    "decisions.scheme_changed": "{who} changed how the scheme {after.title} decides",
    "decisions.scheme_cloned": "{who} cloned the scheme {before.title} as {after.title}",
    "decisions.scheme_amended": "{who} changed a value of the draft {after.title}: {after.what}, {after.to}",
    "decisions.tried": "{who} tried the run {after.run} with other values: {after.moves} schools would move",
    "decisions.agreed": "{who} agreed that {school} is in {after.category}",
    "decisions.overridden": "{who} put {school} in {after.category} instead of {before.category}: {after.reason}",
    "decisions.judged": "{who} settled {school} in {after.category} by judgement: {after.reason}",
    "decisions.replaced": "{who} began a new decision on {school}; the earlier one was withdrawn",
    "decisions.approved": "{who} approved category {after.category} for {school}",
    "decisions.returned": "{who} returned the decision on {school}: {after.reason}",
    "decisions.withdrawn": "{who} withdrew the decision on {school}: {after.reason}",
    "decisions.published": "{who} published category {after.category} for {school} on {after.published_on}",
    "decisions.superseded": "Category {before.category} of {school} was superseded by {after.category}",
    "decisions.override_lapsed": "The override of {school} lapsed on {after.lapsed_on}; the rules say {after.category}",
    "decisions.letters_made": "{who} made the category letters of {school} to head teacher and chair of governors",
    "decisions.replied": "{who} replied about the category of {school}: {after.view}",
    "decisions.reply_answered": "{who} answered the reply of {school}",
    "decisions.challenged": "{who} challenged the category of {school}",
    "decisions.challenge_settled": "{who} settled the challenge of {school}: {after.outcome}",
    "decisions.risk_assessed": "{who} assessed the risk of {school} as {after.level}",
}
