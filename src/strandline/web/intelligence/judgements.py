"""The judgements of the strategy in force on which an item may bear: only those with a fixed set of answers."""

from __future__ import annotations

from strandline.kernel.errors import StrandlineError
from strandline.runs.scheme import of_pack
from strandline.web.decisions import places
from strandline.web.schools.models import Intake


def declared_for(authority: int) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Name, meaning and answers of each judgement that the authority's latest strategy declares; none without a run."""
    latest = Intake.objects.filter(authority=authority).order_by("-as_at", "-pk").values_list("pack", flat=True).first()
    if not latest:
        return ()
    try:
        told = of_pack(places.home(), which=latest)
    except StrandlineError:
        return ()  # the pack is no longer there: items can still be recorded, they feed nothing
    return tuple((each.name, each.title, each.values) for each in told.judgements)


def choices_for(authority: int) -> tuple[tuple[str, str], ...]:
    """Each judgement with each of its answers, for a form: `capacity_to_improve=low`."""
    return tuple(
        (f"{name}={value}", f"{title}: {words}")
        for name, title, values in declared_for(authority)
        for value, words in values
    )
