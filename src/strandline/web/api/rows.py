"""Rows of the desk as the API tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from strandline.catalogue import FEATURES
from strandline.web.decisions.models import Decision, DeskRun, RunCategory
from strandline.web.decisions.presenters.account import Explained, decided_by, departure
from strandline.web.decisions.queries.standing import Standing
from strandline.web.people.roles import Module
from strandline.web.people.scope import Actor
from strandline.web.schools.columns import COLUMNS
from strandline.web.schools.queries.listing import Schools, spells_of
from strandline.web.schools.queries.record import Record

PLAIN = (
    "urn laestab name la phase sector legal_form establishment_type maintained status opened_on trust_uid trust_name "
    "federation_name diocese consortium ward district postcode longitude latitude inspected_on inspection_words"
).split()
FIGURES = tuple(name for name, column in COLUMNS.items() if column.module is Module.RESULTS)
PROPOSED = ("proposed_category", "proposed_state", "proposed_reason")
SCHOOL = "urn name la phase sector legal_form maintained trust_uid trust_name diocese consortium".split()
OF_RELEASE = ("release_id", "title", "publisher", "period", "status", "licence", "sha256")


def school_rows(actor: Actor, schools: Schools, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines of the list with their published categories, in one further query."""
    spells = spells_of(schools, [row["urn"] for row in rows])
    return [_school_row(actor, schools, row, spells.get(row["urn"])) for row in rows]


def _school_row(
    actor: Actor, schools: Schools, row: Mapping[str, Any], spell: Mapping[str, Any] | None
) -> dict[str, Any]:
    told: dict[str, Any] = {name: row[name] for name in PLAIN}
    told["category"] = dict(spell) if spell else None
    told["figures"] = {name: row[name] for name in FIGURES} if actor.can(Module.RESULTS) else None
    if schools.sees_proposals:
        state, category, reason = row["proposed_state"], row["proposed_category"], row["proposed_reason"]
        told["proposal"] = {"state": state, "category": category, "reason": reason}
    return told


def school_whole(seen: Record, *, spell: Any) -> dict[str, Any]:
    """A school with what was known of it on the day."""
    told = {name: getattr(seen.school, name) for name in SCHOOL}
    told |= {"as_at": seen.on, "on_register": seen.is_on_register, "category": spell}
    told["inspections"] = list(seen.history.get("inspections", ()))
    told["predecessors"] = list(seen.history.get("predecessors", ()))
    if seen.snapshot is None or not seen.actor.can(Module.RESULTS):
        return told
    told["figures"] = {
        name: {
            "value": value,
            "unit": str(FEATURES[name].unit or ""),
            "meaning": FEATURES[name].meaning,
            "release_id": (seen.snapshot.source_of(name) or {}).get("release_id"),
        }
        for name, value in sorted(seen.snapshot.facts.items())
        if name in FEATURES
    }
    told["missing"] = dict(sorted(seen.snapshot.missing.items()))
    told["releases"] = release_rows(seen.snapshot.intake.releases)
    return told


def release_rows(releases: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The official files behind figures."""
    return [
        {name: str(each.get(name) or "") for name in OF_RELEASE}
        | {"published_on": str(each["published_on"]) if each.get("published_on") else None}
        for each in releases
    ]


def category_row(standing: Standing) -> dict[str, Any]:
    """A category in force."""
    decision = standing.decision
    return {
        "urn": decision.school_id,
        "name": decision.proposal.school_name,
        "category": standing.code,
        "label": standing.label,
        "step": standing.step,
        "kind": decision.kind,
        "lapsed": standing.lapsed,
        "published_on": decision.published_on,
        "expires_on": decision.expires_on,
        "scheme": decision.scheme.title,
        "run_id": decision.proposal.run.run_id,
    }


def category_whole(standing: Standing, why: Explained, *, on: date) -> dict[str, Any]:
    """A category with its explanation."""
    decision = standing.decision
    return category_row(standing) | {
        "as_at": on,
        "decided_by": decided_by(decision),
        "departure": departure(decision, word=decision.proposal.run.category_word),
        "sentences": why.sentences,
        "warnings": why.warnings,
        "criteria": [
            {
                name: getattr(each, name)
                for name in ("category", "what", "value", "threshold", "met", "source", "paragraph", "why_not_known")
            }
            for each in why.criteria
        ],
        "would_improve": why.better,
        "would_change": why.other,
        "not_known": why.not_known,
    }


def decision_row(decision: Decision, *, on: date) -> dict[str, Any]:
    """A published decision as it stood on a day: what superseded it later was not known then."""
    later = decision.superseded_on is not None and decision.superseded_on > on
    return {
        "id": decision.pk,
        "urn": decision.school_id,
        "name": decision.proposal.school_name,
        "kind": decision.kind,
        "category": decision.category,
        "label": decision.label,
        "reason": decision.reason,
        "proposed_by_rules": decision.proposal.category,
        "decided_by": decided_by(decision),
        "published_on": decision.published_on,
        "reply_by": decision.reply_by,
        "expires_on": decision.expires_on,
        "superseded_on": None if later else decision.superseded_on,
        "scheme": decision.scheme.title,
        "run_id": decision.proposal.run.run_id,
    }


def run_row(run: DeskRun) -> dict[str, Any]:
    """A run."""
    names = ("run_id", "pack", "title", "as_at", "schools", "made_at")
    return {"id": run.pk} | {name: getattr(run, name) for name in names}


def run_whole(run: DeskRun, categories: Sequence[RunCategory]) -> dict[str, Any]:
    """A run with its categories and the files behind it."""
    return run_row(run) | {
        "pack_sha256": run.pack_sha256,
        "categories": [
            {name: getattr(each, name) for name in ("code", "label", "step", "rule", "cited")} for each in categories
        ],
        "releases": release_rows(run.intake.releases),
    }
