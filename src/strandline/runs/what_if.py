"""
What if: the schools of a run decided again with a changed setting or parameter.

It proposes nothing and keeps nothing: it says who would move, and what that costs in officer days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from strandline.catalogue import FEATURES
from strandline.engine.compile import compile_categories
from strandline.engine.resolve import ResolvedPack, resolve
from strandline.kernel.citations import Citation, Source, Verification
from strandline.kernel.errors import UserError
from strandline.runs.evidence import from_text, together
from strandline.runs.packs import read
from strandline.runs.record import Run
from strandline.runs.rules_of import kept_rules
from strandline.runs.support import entitlements, needed
from strandline.sources.store import Store
from strandline.sources.warehouse import Warehouse
from strandline.strategy.model import Pack
from strandline.strategy.model.rules import ParameterVersion

TRIAL = Citation(
    source=Source(key="trial", title="A trial value, in no document"), at="", status=Verification.UNVERIFIED
)


class CannotTry(UserError):
    """What was asked to be changed is no number of the pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One school whose category, state or officer days would differ. Units: officer days a year, least and most."""

    urn: int
    school_name: str
    before: str
    after: str
    before_state: str
    after_state: str
    days_before: tuple[float, float] | None
    days_after: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Who would move, and the sums of officer days over all schools before and after."""

    schools: int
    moves: tuple[Move, ...]
    counts_before: dict[str, int]
    counts_after: dict[str, int]
    days_before: tuple[float, float] | None
    days_after: tuple[float, float] | None


def what_if(
    run: Run,
    *,
    settings: Mapping[str, str] | None = None,
    parameters: Mapping[str, float] | None = None,
    pack: str = "",
) -> Trial:
    """
    Decide the schools of `run` again with other settings and other values of parameters.

    `pack` names another pack to decide by than the run's own: a copy of it that has diverged.

    Raises: UnknownSetting, CannotTry, PackNotFound, PackRefused.
    """
    inputs = run.manifest.inputs
    chosen = {**dict(inputs.settings), **(settings or {})}
    rules = read(run.folder.parents[1], which=pack) if pack else kept_rules(run).pack
    changed = _with_parameters(rules, parameters or {})
    resolved = resolve(changed, as_at=inputs.as_at, clocks=run.manifest.clocks, settings=chosen)
    before = run.decisions.select("urn", "school_name", "category", "state")
    after = before.select("urn", "school_name").join(_decide(run, resolved), on="urn", how="left")
    days = run.table("entitlements").filter(pl.col("kind") == "days")
    tried = _entitled(run, resolved, decisions=after).filter(pl.col("kind") == "days")
    return _trial(before, after, days_before=_days(days), days_after=_days(tried))


def _with_parameters(pack: Pack, wanted: Mapping[str, float]) -> Pack:
    """The pack with other values, each for every year."""
    changed = dict(pack.parameters)
    for name, value in wanted.items():
        if name not in changed:
            raise CannotTry(f"{name} is no parameter of {pack.id}", what_to_do="Choose one from the list")
        version = ParameterVersion(value=value, citations=(TRIAL,))
        changed[name] = replace(changed[name], values=(version,), same_as="", years_before=0)
    return replace(pack, parameters=changed)


def _decide(run: Run, resolved: ResolvedPack) -> pl.DataFrame:
    facts, supplied = run.table("facts"), run.table("judgements")
    for name in supplied["name"].unique().sort():
        rows = supplied.filter(pl.col("name") == name)
        values = [from_text(kind, value) for kind, value in rows.select("kind", "value").iter_rows()]
        facts = facts.join(rows.select("urn", pl.Series(name, values)), on="urn", how="left", maintain_order="left")
    compiled = compile_categories(resolved, table="facts", supplied=sorted(supplied["name"].unique()))
    with Warehouse(Store(run.folder.parents[1])) as warehouse:
        warehouse.register("facts", facts)
        return warehouse.run("categorise", compiled.sql).select("urn", "category", "state")


def _entitled(run: Run, resolved: ResolvedPack, *, decisions: pl.DataFrame) -> pl.DataFrame:
    names = [name for name in needed(resolved) if name in FEATURES]
    missing = run.table("missing").filter(pl.col("feature").is_in(names))
    schools = together(run.table("facts").select("urn", *names), missing=missing, judged=run.table("judgements"))
    return entitlements(resolved, decisions=decisions, schools=schools, preset=run.manifest.inputs.preset)


def _days(rows: pl.DataFrame) -> dict[int, tuple[float, float]]:
    return {
        urn: (least or 0.0, most or 0.0)
        for urn, least, most in rows.select("urn", "amount_least", "amount_most").iter_rows()
    }


def _trial(
    before: pl.DataFrame,
    after: pl.DataFrame,
    *,
    days_before: dict[int, tuple[float, float]],
    days_after: dict[int, tuple[float, float]],
) -> Trial:
    both = before.join(after.drop("school_name"), on="urn", suffix="_after").sort("school_name", "urn")
    moves = tuple(
        Move(
            urn=row["urn"],
            school_name=row["school_name"],
            before=row["category"] or "",
            after=row["category_after"] or "",
            before_state=row["state"],
            after_state=row["state_after"],
            days_before=days_before.get(row["urn"]),
            days_after=days_after.get(row["urn"]),
        )
        for row in both.iter_rows(named=True)
        if (row["category"], row["state"]) != (row["category_after"], row["state_after"])
        or days_before.get(row["urn"]) != days_after.get(row["urn"])
    )
    return Trial(
        schools=both.height,
        moves=moves,
        counts_before=_counts(before),
        counts_after=_counts(after),
        days_before=_sum(days_before),
        days_after=_sum(days_after),
    )


def _counts(decisions: pl.DataFrame) -> dict[str, int]:
    return dict(decisions.drop_nulls("category").group_by("category").len().sort("category").iter_rows())


def _sum(days: Mapping[int, tuple[float, float]]) -> tuple[float, float] | None:
    if not days:
        return None
    return sum(least for least, _ in days.values()), sum(most for _, most in days.values())
