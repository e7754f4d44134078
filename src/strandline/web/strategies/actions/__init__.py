"""Every change to strategies: keyword-only, atomic, with its audit row inside."""

from strandline.web.strategies.actions.consulting import answer, log_comment
from strandline.web.strategies.actions.drafting import NotADraft, Outline, change, draft, link, take_again, unlink
from strandline.web.strategies.actions.publishing import NotPublishable, approve, publish, send_back
from strandline.web.strategies.actions.receiving import NotReceived, acknowledge, note_opened

__all__ = [
    "NotADraft",
    "NotPublishable",
    "NotReceived",
    "Outline",
    "acknowledge",
    "answer",
    "approve",
    "change",
    "draft",
    "link",
    "log_comment",
    "note_opened",
    "publish",
    "send_back",
    "take_again",
    "unlink",
]
