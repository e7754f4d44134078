"""What is done with local intelligence, in words that tell neither school nor content: the audit reaches further."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "intelligence.recorded": "{who} recorded an item of local intelligence",
    "intelligence.changed": "{who} changed an item of local intelligence",
    "intelligence.kept_in_use": "{who} reviewed an item of local intelligence: in use until {after.review_by}",
    "intelligence.closed": "{who} closed an item of local intelligence",
    "intelligence.exported": "{who} exported {after.rows} items of local intelligence",
}
