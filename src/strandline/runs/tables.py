"""The tables of a run, from its facts and what the compiled rules said of each school."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from strandline.catalogue import FEATURES
from strandline.engine.compile import CompiledSql
from strandline.engine.figures import measure
from strandline.engine.resolve import ResolvedPack
from strandline.kernel.dates import long_date
from strandline.kernel.missing import WORDS, MissingReason
from strandline.runs.evidence import as_text
from strandline.runs.judgements import Judgements
from strandline.runs.summary import STATES
from strandline.sources.facts import Facts
from strandline.strategy.model import Pack
from strandline.strategy.names import Known, Role

IDENTITY = ("urn", "laestab", "school_name", "la", "la_name", "phase", "sector", "legal_form")
JUDGEMENT = {
    "urn": pl.Int64,
    "name": pl.String,
    "kind": pl.String,
    "value": pl.String,
    "reason": pl.String,
    "by_role": pl.String,
    "date": pl.Date,
}
BLOCKING = {"urn": pl.Int64, "feature": pl.String, "meaning": pl.String, "reason": pl.String, "token": pl.String}
GENERATED = "99"  # the codes of generated authorities begin so, and no real one does
DAYS_UNTIL_OLD = 2 * 365
NO_SUCH_VALUE = "the pack states nothing for the moment"


def make(
    facts: Facts, *, decided: pl.DataFrame, resolved: ResolvedPack, compiled: CompiledSql, judged: Judgements
) -> dict[str, pl.DataFrame]:
    """
    Every table but the entitlements.

    Shape: `decisions` one row per school; `leaves` the truth of every comparison, rule and category; `criteria` what
           each column of `leaves` says; `blocking` one row per school and thing that its decision is for want of.
    """
    blocking = _blocking(decided, missing=facts.missing, resolved=resolved)
    truths = [name for name in decided.columns if name not in ("category", "state", "missing")]
    return {
        "decisions": _decisions(facts.values, decided=decided, blocking=blocking, resolved=resolved),
        "leaves": decided.select(truths).sort("urn"),
        "criteria": _criteria(compiled),
        "categories": _categories(resolved),
        "blocking": blocking,
        "judgements": judgement_rows(judged, resolved=resolved),
        "facts": facts.values,
        "missing": facts.missing.with_columns(pl.col("token", "release_id").cast(pl.String)),
        "provenance": facts.provenance.sort("urn", "group"),
        "filled": facts.filled.sort("urn", "feature"),
    }


def with_judgements(values: pl.DataFrame, judged: Judgements) -> pl.DataFrame:
    """The facts with a column for each judgement that any officer supplied; null where none did for the school."""
    for name in sorted({judgement.name for judgement in judged.used}):
        rows = [(judgement.urn, judgement.value) for judgement in judged.used if judgement.name == name]
        column = pl.DataFrame(rows, schema=["urn", name], orient="row").cast({"urn": pl.Int64})
        values = values.join(column, on="urn", how="left", maintain_order="left")
    return values


def judgement_rows(judged: Judgements, *, resolved: ResolvedPack) -> pl.DataFrame:
    """The judgements that counted, as text with their kind."""
    rows = [
        {**asdict(each), "kind": resolved.known[each.name].kind.value, "value": as_text(each.value)}
        for each in judged.used
    ]
    return pl.DataFrame(rows, schema=JUDGEMENT)


def counts(decisions: pl.DataFrame) -> dict[str, int]:
    """How many schools came out in each state."""
    found = dict(decisions.group_by("state").len().iter_rows())
    return {state: found.get(state, 0) for state in STATES}


def warnings(facts: Facts, *, judged: Judgements, pack: Pack, authority: str) -> tuple[str, ...]:
    """What a reader of the run has to know beside the categories."""
    found = []
    if pack.authority not in ("national", authority) and not authority.startswith(GENERATED):
        found.append(
            f"{pack.title} is the strategy of authority {pack.authority}, {pack.publisher}; it was applied to others."
        )
    newest = max((day for day in facts.releases["published_on"] if day is not None), default=facts.as_at)
    if (facts.as_at - newest).days > DAYS_UNTIL_OLD:
        found.append(f"The newest file that was used is of {long_date(newest)}; what came after it is not known.")
    if facts.values["register_reconstructed"].any():
        found.append(
            f"No register as old as {long_date(facts.as_at)} has been added. A later one was worked back by opening "
            "and closing dates: schools that closed before it are not seen, and names and phases are the later ones."
        )
    known = set(facts.values["urn"].to_list())
    strangers = sorted({judgement.urn for judgement in judged.used} - known)
    if strangers:
        found.append(f"{len(strangers)} judged schools are not in the run: {', '.join(map(str, strangers[:10]))}")
    if judged.given > len(judged.used):
        found.append(
            f"{judged.given - len(judged.used)} judgements were later than the day, or replaced by newer ones."
        )
    return tuple(found)


def _decisions(
    values: pl.DataFrame, *, decided: pl.DataFrame, blocking: pl.DataFrame, resolved: ResolvedPack
) -> pl.DataFrame:
    titles = {each.category.code: each.category.label for each in resolved.categories}
    lacking = blocking.group_by("urn", maintain_order=True).agg(
        pl.col("feature").alias("missing"),
        pl.format("{}: {}", pl.col("feature").replace_strict(_called(resolved), default=pl.col("feature")), "reason")
        .str.join("; ")
        .alias("lacks"),
    )
    outside = resolved.pack.scope.outside
    words = {"out_of_scope": outside.words if outside and outside.words else "outside the strategy"}
    table = (
        values.select(IDENTITY)
        .join(decided.select("urn", "category", "state"), on="urn", how="left", validate="1:1", maintain_order="left")
        .join(lacking, on="urn", how="left", maintain_order="left")
    )
    reason = (
        pl.when(pl.col("category").is_not_null())
        .then(pl.col("category").replace_strict(titles, default=None, return_dtype=pl.String))
        .when(pl.col("lacks").is_not_null())
        .then(pl.lit("for want of ") + pl.col("lacks"))
        .otherwise(pl.col("state").replace_strict(words, default="no rule of the pack is true", return_dtype=pl.String))
    )
    return table.with_columns(reason.alias("reason"), pl.col("missing").fill_null(pl.lit([], pl.List(pl.String)))).drop(
        "lacks"
    )


def _called(resolved: ResolvedPack) -> dict[str, str]:
    """Every name that a decision may be for want of, as people say it."""
    return {name: _words(known, resolved) for name, known in resolved.known.items()}


def _words(known: Known, resolved: ResolvedPack) -> str:
    if known.role is Role.FEATURE:
        return measure(known.name)
    if known.role is Role.JUDGEMENT:
        meaning = resolved.pack.judgements[known.name].meaning
        return f"“{meaning}”" if meaning else known.name.replace("_", " ")
    rule = resolved.rules.get(known.name)
    constant = resolved.constants.get(known.name)
    said = rule.title if rule else constant.title if constant else ""
    return f"“{said}”" if said else known.name.replace("_", " ")


def _blocking(decided: pl.DataFrame, *, missing: pl.DataFrame, resolved: ResolvedPack) -> pl.DataFrame:
    """What each school without a category is for want of, with the reason of each."""
    wanted = (
        decided.filter(pl.col("missing").is_not_null() & (pl.col("missing") != ""))
        .select("urn", pl.col("missing").str.split(",").alias("feature"))
        .explode("feature")
        .with_columns(pl.col("feature").str.strip_chars())
    )
    asked = pl.col("urn").is_in(wanted["urn"].unique().implode())
    known = missing.filter(asked).with_columns(pl.col("feature", "token").cast(pl.String)).drop("release_id")
    figures = wanted.join(known, on=["urn", "feature"], how="left")
    words = {str(reason): text for reason, text in WORDS.items()}
    others = {name: _why(resolved, name) for name in figures.filter(pl.col("reason").is_null())["feature"].unique()}
    reason = pl.coalesce(
        pl.col("reason").cast(pl.String).replace_strict(words, default=None, return_dtype=pl.String),
        pl.col("feature").replace_strict(others, default=None, return_dtype=pl.String),
    )
    meanings = {name: _meaning(resolved, name) for name in figures["feature"].unique()}
    meaning = pl.col("feature").replace_strict(meanings, default=None, return_dtype=pl.String)
    return (
        figures.with_columns(reason.alias("reason"), meaning.alias("meaning")).select(*BLOCKING).sort("urn", "feature")
    )


def _meaning(resolved: ResolvedPack, name: str) -> str:
    """What a name stands for: the catalogue's meaning, or the pack's own words for its judgement, rule or value."""
    if name in FEATURES:
        return FEATURES[name].meaning
    if name in resolved.pack.judgements:
        return resolved.pack.judgements[name].meaning
    named = resolved.rules.get(name) or resolved.constants.get(name)
    return named.title if named is not None and named.title else name.replace("_", " ")


def _why(resolved: ResolvedPack, name: str) -> str:
    """Why something that is no figure of the facts is not there."""
    known = resolved.known.get(name)
    if known is not None and known.role is Role.JUDGEMENT:
        return MissingReason.NOT_SUPPLIED.words
    if name in resolved.constants:
        return resolved.constants[name].why_none or NO_SUCH_VALUE
    if name in resolved.rules:
        return resolved.rules[name].unstated or NO_SUCH_VALUE
    return "the comparison divides by zero"


def _criteria(compiled: CompiledSql) -> pl.DataFrame:
    rows = [
        *((leaf.column, "comparison", leaf.text) for leaf in compiled.leaves),
        *((f"rule__{name}", "rule", name) for name in compiled.rules),
        *((column, "category", code) for column, code in compiled.categories),
    ]
    return pl.DataFrame(rows, schema=["column", "kind", "text"], orient="row")


def _categories(resolved: ResolvedPack) -> pl.DataFrame:
    """The categories in the order in which a paper shows them."""
    each = sorted((resolved_one.category for resolved_one in resolved.categories), key=lambda category: category.order)
    names = ("code", "title", "words", "order", "colour_step")
    return pl.DataFrame([{name: getattr(category, name) for name in names} for category in each])
