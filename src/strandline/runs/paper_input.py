"""What a paper may say about a run: every number asked of the run's tables, every value of the pack cited."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from strandline.engine.resolve import Constant, ResolvedPack
from strandline.kernel.dates import long_date
from strandline.kernel.units import Unit
from strandline.reports.input import (
    CategoryCount,
    DecisionsSummary,
    EntitlementTotal,
    Meeting,
    MissingCount,
    NamedSchool,
    PackView,
    ParameterUsed,
    ReleaseView,
    ReportInput,
)
from strandline.runs.causes import behind_categories, plain
from strandline.runs.manifest import ReleaseUsed
from strandline.runs.measuring import Measuring
from strandline.runs.profiles import authority_map, profiles
from strandline.runs.record import Run
from strandline.runs.rules_of import rules_of
from strandline.runs.summary import area_of
from strandline.strategy.model import Pack

ALL = "all"
IN_SUM = ("support", "days")
HAVE = "claim IN ('entitled', 'if_needed', 'planned')"


def paper_input(measuring: Measuring, *, meeting: Meeting | None = None) -> ReportInput:
    """Everything that a paper may say about the run, each number with its question."""
    run, rules = measuring.run, rules_of(measuring.run)
    inputs = run.manifest.inputs
    here = "" if inputs.authority == ALL else inputs.authority
    source = _inspection_source(run)
    return ReportInput(
        area=area_of(run),
        area_code=here,
        as_at=inputs.as_at,
        run_id=run.run_id,
        version=inputs.version,
        pack=_pack(run, rules.pack),
        decisions=_decisions(measuring),
        categories=tuple(_categories(measuring)),
        releases=(*(_release(each) for each in inputs.releases), _itself(run)),
        undecided=tuple(_undecided(measuring)),
        inspections=profiles(measuring, local=bool(here), source=source),
        entitlements=tuple(_entitlements(measuring, rules.pack)),
        authorities=authority_map(measuring, here=here, source=source),
        parameters=tuple(_parameters(rules)),
        named_schools=tuple(_named(run)),
        meeting=meeting or Meeting(),
    )


def _pack(run: Run, pack: Pack) -> PackView:
    force = pack.in_force
    since = f"from {long_date(force.since)}" if force.since else ""
    until = f"to {long_date(force.until)}" if force.until else ""
    dated = ((each, long_date(each.published_on) if each.published_on else "") for each in pack.sources.values())
    sources = (", ".join(part for part in (each.title, each.publisher, day) if part) for each, day in dated)
    return PackView(
        id=pack.id,
        title=pack.title,
        publisher=pack.publisher,
        in_force=" ".join(part for part in (since, until) if part) or "not dated",
        citations=tuple(sources),
        warnings=run.manifest.warnings,
    )


def _decisions(measuring: Measuring) -> DecisionsSummary:
    def in_state(state: str) -> str:
        return f"SELECT count(*) FROM decisions WHERE state = '{state}'"

    return DecisionsSummary(
        schools=measuring.number("SELECT count(*) FROM decisions"),
        decided=measuring.number(in_state("decided")),
        undecided=measuring.number(in_state("undecided")),
        needs_judgement=measuring.number(in_state("needs_judgement")),
        out_of_scope=measuring.number(in_state("out_of_scope")),
    )


def _categories(measuring: Measuring) -> Iterator[CategoryCount]:
    rows = measuring.run.table("categories")
    for code, title, words, step in rows.select("code", "title", "words", "colour_step").iter_rows():
        yield CategoryCount(
            code=code,
            title=title,
            words=words,
            count=measuring.number("SELECT count(*) FROM decisions WHERE category = ?", code),
            step=step,
        )


def _undecided(measuring: Measuring) -> Iterator[MissingCount]:
    """What is missing for undecided schools; the commonest first."""
    of_undecided = "blocking JOIN decisions USING (urn) WHERE state = 'undecided'"
    kinds = measuring.rows(
        f"SELECT feature, meaning, blocking.reason, count(DISTINCT urn) AS schools FROM {of_undecided} "
        "GROUP BY ALL ORDER BY schools DESC, feature, blocking.reason"
    )
    for feature, meaning, reason, _ in kinds.iter_rows():
        counted = f"SELECT count(DISTINCT urn) FROM {of_undecided} AND feature = ? AND blocking.reason = ?"
        yield MissingCount(feature=meaning, reason=reason, schools=measuring.number(counted, feature, reason))


def _entitlements(measuring: Measuring, pack: Pack) -> Iterator[EntitlementTotal]:
    payers = {name: payer.title for name, payer in pack.payers.items()}
    kinds = measuring.rows(
        "SELECT kind, key, title, claim, any_value(payers) AS payers, any_value(citation) AS citation, "
        "max(amount_most) IS NOT NULL AS measured FROM entitlements "
        f"WHERE kind IN ('support', 'days') AND {HAVE} GROUP BY ALL ORDER BY kind DESC, title, claim"
    )
    qualified = {"if_needed": " (where needed)", "planned": " (planned)"}
    for kind, key, title, claim, paid_by, citation, measured in kinds.iter_rows():
        of_it = "FROM entitlements WHERE kind = ? AND key = ? AND claim = ?"
        amount = f"SELECT sum(amount_least) {of_it}"
        most = measuring.rows(f"SELECT sum(amount_most) {of_it}", kind, key, claim).item() if measured else None
        least = measuring.number(amount, kind, key, claim, unit=Unit.DAYS) if measured else None
        yield EntitlementTotal(
            support=f"{title}{qualified.get(claim, '')}",
            schools=measuring.number(f"SELECT count(DISTINCT urn) {of_it}", kind, key, claim),
            amount=least,
            amount_words="days a year" if least and least.value == most else f"to {plain(most)} days a year",
            payer=", ".join(payers.get(name, name) for name in paid_by.split(", ") if name),
            citation=citation,
        )


def _parameters(rules: ResolvedPack) -> Iterator[ParameterUsed]:
    """The dated values behind the categories, each with its citation."""
    for name in sorted(behind_categories(rules)):
        constant = rules.constants[name]
        cited = constant.citation
        if constant.parameter is None or cited is None:
            continue
        yield ParameterUsed(
            meaning=constant.parameter.meaning or constant.title,
            value=_value(constant),
            applies=constant.period or "always",
            citation=str(cited),
            status=cited.status,
        )


def _value(constant: Constant) -> str:
    if constant.value is None:
        return constant.why_none
    unit = constant.known.unit
    words = "" if unit is Unit.NONE else unit.suffix or f" {unit.value.replace('_', ' ')}"
    return f"{plain(constant.value)}{words}"


def _named(run: Run) -> Iterator[NamedSchool]:
    rows = run.decisions.filter(pl.col("category").is_not_null()).sort("category", "school_name", "urn")
    for urn, name, category, reason in rows.select("urn", "school_name", "category", "reason").iter_rows():
        yield NamedSchool(urn=str(urn), name=name or "", category=category, reason=reason or "")


def _release(release: ReleaseUsed) -> ReleaseView:
    names = ("release_id", "title", "publisher", "licence", "period", "as_at", "published_on", "status", "sha256")
    return ReleaseView(**{name: getattr(release, name) for name in names})


def _itself(run: Run) -> ReleaseView:
    """The run as the source of what it decided."""
    inputs = run.manifest.inputs
    return ReleaseView(
        release_id=run.run_id, title=f"Decisions of the run {run.run_id}", publisher="Strandline", as_at=inputs.as_at
    )


def _inspection_source(run: Run) -> str:
    """The release that most schools' inspections come from; the run itself where none does."""
    rows = run.table("provenance").filter(pl.col("group") == "inspection")
    counted = rows.group_by("release_id").len().sort(["len", "release_id"], descending=[True, False])
    return str(counted["release_id"][0]) if counted.height else run.run_id
