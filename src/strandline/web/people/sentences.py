"""What is done to people and assignments, in words."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "people.signed_in": "{who} signed in",
    "people.sign_in_failed": "A sign-in as {who} failed",
    "people.invited": "{who} invited {after.name} as {after.role}, for {after.reach}",
    "people.invitation_withdrawn": "{who} withdrew the invitation of {before.name}",
    "people.invitation_accepted": "{who} accepted an invitation as {after.role}, for {after.reach}",
    "people.assigned": "{who} gave {after.name} the role {after.role}, for {after.reach}, from {after.starts_on}",
    "people.assignment_ended": "{who} ended the role {after.role} of {after.name} on {after.ends_on}: {after.reason}",
    "people.sign_in_stopped": "{who} stopped the sign-in of {after.name}: {after.reason}",
    "people.sign_in_allowed": "{who} let {after.name} sign in again",
    "people.sharing_recorded": "{who} recorded for {school}: {after.state}",
}
