"""What is done in casework: each step whole, with its audit row, or refused with a sentence."""

from strandline.web.concerns.actions.cases import (
    Narrated,
    NotPossible,
    close,
    delete,
    narrate,
    note_step,
    open_case,
    reassign,
    turn_into_concern,
)
from strandline.web.concerns.actions.decisions import Decided, answer, decide, take_back
from strandline.web.concerns.actions.notices import (
    MOVES,
    Drafted,
    add_condition,
    draft,
    escalate,
    move,
    settle_condition,
)

__all__ = [
    "MOVES",
    "Decided",
    "Drafted",
    "Narrated",
    "NotPossible",
    "add_condition",
    "answer",
    "close",
    "decide",
    "delete",
    "draft",
    "escalate",
    "move",
    "narrate",
    "note_step",
    "open_case",
    "reassign",
    "settle_condition",
    "take_back",
    "turn_into_concern",
]
