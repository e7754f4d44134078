"""The rows of decisions."""

from strandline.web.decisions.models.correspondence import Challenge, Letter, LetterFile, Reply
from strandline.web.decisions.models.deciding import Decision, Evidence, EvidenceSource, Kind, State
from strandline.web.decisions.models.orders import OrderState, RunOrder
from strandline.web.decisions.models.proposing import Criterion, DeskRun, Proposal, RunCategory, Suggestion
from strandline.web.decisions.models.risk import RiskAssessment
from strandline.web.decisions.models.schemes import (
    AmendmentKind,
    Scheme,
    SchemeAmendment,
    SchemeRenewal,
    SchemeState,
    SecondPerson,
)
from strandline.web.decisions.models.trials import WhatIf

__all__ = [
    "AmendmentKind",
    "Challenge",
    "Criterion",
    "Decision",
    "DeskRun",
    "Evidence",
    "EvidenceSource",
    "Kind",
    "Letter",
    "LetterFile",
    "OrderState",
    "Proposal",
    "Reply",
    "RiskAssessment",
    "RunCategory",
    "RunOrder",
    "Scheme",
    "SchemeAmendment",
    "SchemeRenewal",
    "SchemeState",
    "SecondPerson",
    "State",
    "Suggestion",
    "WhatIf",
]
