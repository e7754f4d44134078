"""What is done to tokens, in words."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "api.token_made": "{who} made the token {after.name}, as {after.role}, for {after.reach}, until {after.expires_on}",
    "api.token_revoked": "{who} revoked the token {after.name}",
}
