"""Which schools meet which triggers in a run: read from the run, nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from strandline.runs.record import Run
from strandline.runs.rule_truths import figures_of, rule_truths
from strandline.web.triggers.definitions import Definition, definitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One trigger in one run: who met it on which evidence, who did not, of whom it cannot be said."""

    definition: Definition
    met: Mapping[int, Mapping[str, Any]]
    not_met: frozenset[int]
    unknown: frozenset[int]


def triggers_in(run: Run) -> tuple[Found, ...]:
    """
    Every trigger that a run of this pack can meet.

    Missing: a school whose rule is unknown is neither met nor not met; it is listed as unknown.
    """
    counting = [
        each for each in definitions().values() if not each.desk and each.counts_in(run.manifest.inputs.pack.id)
    ]
    truths = rule_truths(run, rules=sorted({rule for each in counting for rule in each.rules}))
    asked = {name for each in counting for name in (*each.evidence, *each.facts)}
    figures = figures_of(run, features=sorted(asked))
    placed = dict(run.decisions.select("urn", "category").iter_rows())
    state: dict[str, dict[int, bool | None]] = {}
    for each in counting:
        rules = [rule for rule in each.rules if any(rule in known for known in truths.values())]
        if not rules and not each.facts and not each.categories:
            continue
        state[each.key] = {
            urn: _truth(each, truths=[truths[urn].get(rule) for rule in rules], facts=figures[urn], placed=placed[urn])
            for urn in truths
        }
    return tuple(_found(each, state=state, figures=figures) for each in counting if each.key in state)


def _truth(
    definition: Definition, *, truths: list[bool | None], facts: Mapping[str, Any], placed: str | None
) -> bool | None:
    by_facts = any(facts.get(name) in values for name, values in definition.facts.items())
    if by_facts or True in truths or (definition.categories and placed in definition.categories):
        return True
    # A fact of its own, or a category, settles the matter; rules alone can leave it open.
    settled = bool(definition.facts) or (bool(definition.categories) and placed is not None)
    return False if settled or None not in truths else None


def _found(
    definition: Definition, *, state: Mapping[str, Mapping[int, bool | None]], figures: Mapping[int, Mapping[str, Any]]
) -> Found:
    own = state[definition.key]
    elsewhere = {urn for key in definition.unless for urn, truth in state.get(key, {}).items() if truth}
    met = {
        urn: dict(_evidence(definition, figures[urn])) for urn, truth in own.items() if truth and urn not in elsewhere
    }
    return Found(
        definition=definition,
        met=met,
        not_met=frozenset(urn for urn, truth in own.items() if truth is False or urn in elsewhere),
        unknown=frozenset(urn for urn, truth in own.items() if truth is None and urn not in elsewhere),
    )


def _evidence(definition: Definition, facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in definition.evidence:
        if facts.get(name) is not None:
            yield name, facts[name]
