"""Every change to decisions: keyword-only, atomic, with its audit row inside."""

from strandline.web.decisions.actions.answering import answer, challenge, reply, settle
from strandline.web.decisions.actions.copies import amend, clone
from strandline.web.decisions.actions.deciding import agree_all, approve, decide, return_to_proposer, withdraw
from strandline.web.decisions.actions.importing import explain_proposals, import_run
from strandline.web.decisions.actions.letters import make_letters
from strandline.web.decisions.actions.publishing import lapse_overrides, publish
from strandline.web.decisions.actions.risk import assess_risk
from strandline.web.decisions.actions.running import ask_for_run, make_ordered_run
from strandline.web.decisions.actions.schemes import adopt, change, draft, renew, try_what_if

__all__ = [
    "adopt",
    "agree_all",
    "amend",
    "answer",
    "approve",
    "ask_for_run",
    "assess_risk",
    "challenge",
    "change",
    "clone",
    "decide",
    "draft",
    "explain_proposals",
    "import_run",
    "lapse_overrides",
    "make_letters",
    "make_ordered_run",
    "publish",
    "renew",
    "reply",
    "return_to_proposer",
    "settle",
    "try_what_if",
    "withdraw",
]
