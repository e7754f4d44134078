"""Why the rules propose what they propose: as it was kept, or made from the run's own files for this page."""

from __future__ import annotations

from strandline.runs.explanations import explanations
from strandline.web.decisions import places
from strandline.web.decisions.criteria import criteria_of, suggestions_of
from strandline.web.decisions.models import DeskRun, Proposal, RunCategory
from strandline.web.decisions.presenters.account import Explained


def explained(proposal: Proposal) -> Explained:
    """
    The explanation of a proposal.

    Raises: RunNotFound, RunDamaged where it was not kept and the run is not on disk.
    """
    if proposal.explained_at is not None:
        return Explained(
            sentences=tuple(proposal.sentences),
            warnings=tuple(proposal.warnings),
            criteria=tuple(proposal.criteria.all()),
            suggestions=tuple(proposal.suggestions.all()),
        )
    steps = {each.code: each.step for each in RunCategory.objects.filter(run_id=proposal.run_id)}
    found = next(iter(explanations(places.run_of(proposal.run), urns=[proposal.urn])))
    return Explained(
        sentences=found.explanation.sentences,
        warnings=found.explanation.warnings,
        criteria=tuple(criteria_of(proposal, found)),
        suggestions=tuple(suggestions_of(proposal, found, steps=steps)),
    )


def is_highest(run: DeskRun, step: int | None) -> bool:
    """Whether no category of the run's strategy stands for less concern than this step."""
    return step is not None and not RunCategory.objects.filter(run=run, step__lt=step).exists()
