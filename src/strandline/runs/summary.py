"""A run in brief: how many schools stand where, of how many, and what is missing for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from strandline.kernel.rounding import percentage
from strandline.runs.record import Run

STATES = ("decided", "undecided", "needs_judgement", "out_of_scope")
STATE_WORDS = {
    "decided": "decided",
    "undecided": "undecided, because a figure is missing",
    "needs_judgement": "waiting for an officer's judgement",
    "out_of_scope": "outside the strategy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLine:
    """One category: how many schools, and what share of those decided (rounded half up; None when none is)."""

    code: str
    title: str
    words: str
    schools: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLine:
    """A figure that kept schools from being decided, why it is missing, and how many schools lack it."""

    feature: str
    meaning: str
    reason: str
    schools: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A run in brief. The four states add up to `schools`; the categories add up to `decided`."""

    run_id: str
    pack: str
    title: str
    authority: str
    area: str
    as_at: date
    schools: int
    states: dict[str, int]
    categories: tuple[CategoryLine, ...]
    missing: tuple[MissingLine, ...]
    warnings: tuple[str, ...]

    @property
    def decided(self) -> int:
        """How many schools have a category."""
        return self.states["decided"]

    @property
    def others(self) -> tuple[tuple[int, str], ...]:
        """How many schools have no category, and what became of them; states without a school left out."""
        return tuple((self.states[state], STATE_WORDS[state]) for state in STATES[1:] if self.states[state])


def summarise(run: Run) -> Summary:
    """Count the decisions of a run."""
    decisions = run.decisions
    states = dict(decisions.group_by("state").len().iter_rows())
    inputs = run.manifest.inputs
    return Summary(
        run_id=run.run_id,
        pack=inputs.pack.id,
        title=inputs.pack.title,
        authority=inputs.authority,
        area=area_of(run),
        as_at=inputs.as_at,
        schools=decisions.height,
        states={state: states.get(state, 0) for state in STATES},
        categories=_categories(run, decided=states.get("decided", 0)),
        missing=_missing(run),
        warnings=run.manifest.warnings,
    )


def _categories(run: Run, *, decided: int) -> tuple[CategoryLine, ...]:
    """Every category of the pack in its order of display, also those where no school stands."""
    counts = dict(run.decisions.drop_nulls("category").group_by("category").len().iter_rows())
    return tuple(
        CategoryLine(
            code=code,
            title=title,
            words=words,
            schools=counts.get(code, 0),
            percent=percentage(counts.get(code, 0), decided) if decided else None,
        )
        for code, title, words in run.table("categories").select("code", "title", "words").iter_rows()
    )


def _missing(run: Run) -> tuple[MissingLine, ...]:
    counted = (
        run.table("blocking")
        .group_by("feature", "meaning", "reason")
        .agg(pl.col("urn").n_unique().alias("schools"))
        .sort(["schools", "feature", "reason"], descending=[True, False, False])
    )
    return tuple(
        MissingLine(feature=feature, meaning=meaning, reason=reason, schools=schools)
        for feature, meaning, reason, schools in counted.iter_rows()
    )


def area_of(run: Run) -> str:
    """England, or the name of the authority as its schools carry it."""
    if run.manifest.inputs.authority == "all":
        return "England"
    names = run.decisions["la_name"].drop_nulls().unique().sort().to_list()
    return " and ".join(names) or f"Authority {run.manifest.inputs.authority}"
