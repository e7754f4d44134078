"""Taking a run to the desk: its schools, its proposals, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from strandline.runs import scheme as strategy
from strandline.runs.explanations import explanations
from strandline.runs.record import Run, open_run
from strandline.runs.scheme import CategoryFacts, SchemeFacts
from strandline.runs.school_records import SchoolRecord, authorities_of
from strandline.web import audit
from strandline.web.decisions import places
from strandline.web.decisions.criteria import criteria_of, suggestions_of
from strandline.web.decisions.models import Criterion, DeskRun, Proposal, RunCategory, Scheme, SchemeState, Suggestion
from strandline.web.officers.actions import note_inspections
from strandline.web.people import scope
from strandline.web.people.scope import Actor
from strandline.web.schools.actions import intake as schools
from strandline.web.schools.models import Intake
from strandline.web.triggers.met import triggers_in
from strandline.web.triggers.registering import register_run

AT_ONCE = 500
EXPLAINED_AT_ONCE = 400
"""A run of more schools is explained school by school, when somebody asks or decides."""


def import_run(*, by: Actor | None, run_id: str) -> tuple[DeskRun, ...]:
    """
    Take a run to the desk: one for each authority whose schools it holds; a person takes their own authority's alone.

    Each authority is taken in whole or not at all, with its proposals, trigger register and tasks. What is there
    already stays as it is: a run over England that was cut short goes on with the authorities that wait.

    Raises: RunNotFound, RunAmbiguous, RunDamaged.
    """
    run = open_run(places.home(), run_id)
    mine = {by.authority} if by else set(authorities_of(run))
    with scope.everywhere("a run may hold schools of every authority"):
        there = {each.authority: each for each in DeskRun.objects.filter(run_id=run.run_id, authority__in=mine)}
        waiting = [each for each in authorities_of(run) if each in mine and each not in there]
        if waiting:
            taking = _Taking(by=by, run=run, authorities=waiting)
            for authority, records in schools.by_authority(run, waiting):
                there[authority] = taking.take(authority, records)
            schools.measure()
        return tuple(there[authority] for authority in sorted(there))


class _Taking:
    """A run on its way to the desk: what holds for all of its authorities, read once."""

    def __init__(self, *, by: Actor | None, run: Run, authorities: Collection[int]) -> None:
        self.by = by
        self.run = run
        self.facts = strategy.of_run(run)
        self.rows = _rows_by_authority(run)
        self.judged = _judged(run, self.facts)
        self.found = triggers_in(run)
        self.explains = sum(len(self.rows[each]) for each in authorities) <= EXPLAINED_AT_ONCE

    @transaction.atomic
    def take(self, authority: int, records: Iterable[SchoolRecord]) -> DeskRun:
        """Take in one authority."""
        intake = schools.take_in(by=self.by, run=self.run, authority=authority, records=records)
        desk_run = self._keep(intake)
        register_run(by=self.by, run=self.run, found=self.found)
        note_inspections(by=self.by, run_id=self.run.run_id, authority=authority)
        return desk_run

    def _keep(self, intake: Intake) -> DeskRun:
        rows = self.rows[intake.authority]
        desk_run = _desk_run(self.by, run=self.run, intake=intake, facts=self.facts, count=len(rows))
        RunCategory.objects.bulk_create(_category(desk_run, each) for each in self.facts.categories)
        labels = {each.code: each for each in self.facts.categories}
        proposals = (_proposal(desk_run, row, labels, judged=self.judged.get(row["urn"], [])) for row in rows)
        Proposal.objects.bulk_create(proposals, batch_size=AT_ONCE)
        if self.explains:
            _explain(desk_run, self.run, list(Proposal.objects.filter(run=desk_run)))
        audit.record(
            by=self.by,
            action="decisions.run_imported",
            subject=desk_run,
            after={"run": self.run.run_id, "pack": self.facts.pack, "as_at": intake.as_at, "schools": len(rows)},
            authority=intake.authority,
        )
        return desk_run


def _desk_run(by: Actor | None, *, run: Run, intake: Intake, facts: SchemeFacts, count: int) -> DeskRun:
    return DeskRun.objects.create(
        authority=intake.authority,
        run_id=run.run_id,
        intake=intake,
        pack=facts.pack,
        title=facts.title,
        pack_sha256=facts.sha256,
        category_word=facts.category_word,
        scheme=Scheme.objects.filter(authority=intake.authority, pack=facts.pack, state=SchemeState.ADOPTED).first(),
        as_at=intake.as_at,
        manifest=run.manifest.as_json(),
        schools=count,
        made_at=timezone.now(),
        made_by=by.user if by else None,
    )


def _rows_by_authority(run: Run) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in run.decisions.iter_rows(named=True):
        found.setdefault(int(row["la"] or 0), []).append(row)
    return found


def _category(desk_run: DeskRun, each: CategoryFacts) -> RunCategory:
    return RunCategory(
        run=desk_run,
        code=each.code,
        title=each.title,
        words=each.words,
        label=each.label,
        place=each.place,
        step=each.step or None,
        rule=each.rule,
        rule_lines=[list(line) for line in each.rule_lines],
        cited=each.cited,
        flagged=each.flagged,
        tags=list(each.tags),
    )


def _judged(run: Run, facts: SchemeFacts) -> dict[int, list[dict[str, str]]]:
    """What officers judged of each school, as it counted in the run."""
    known = {each.name: each for each in facts.judgements}
    found: dict[int, list[dict[str, str]]] = {}
    for row in run.table("judgements").sort("urn", "name").iter_rows(named=True):
        judgement = known.get(row["name"])
        found.setdefault(int(row["urn"]), []).append(
            {
                "name": row["name"],
                "title": judgement.title if judgement else row["name"],
                "value": row["value"],
                "words": dict(judgement.values).get(row["value"], row["value"]) if judgement else row["value"],
                "reason": row["reason"],
                "by_role": row["by_role"],
                "date": row["date"].isoformat(),
            }
        )
    return found


def _proposal(
    desk_run: DeskRun, row: Mapping[str, Any], labels: Mapping[str, CategoryFacts], *, judged: list[dict[str, str]]
) -> Proposal:
    category = labels.get(row["category"] or "")
    return Proposal(
        run=desk_run,
        school_id=row["urn"],
        urn=row["urn"],
        school_name=row["school_name"] or f"URN {row['urn']}",
        phase=row["phase"] or "",
        sector=row["sector"] or "",
        legal_form=row["legal_form"] or "",
        state=row["state"],
        category=row["category"] or "",
        label=category.label if category else "",
        place=category.place if category else None,
        step=(category.step or None) if category else None,
        reason=row["reason"] or "",
        missing=list(row["missing"] or []),
        judged=judged,
    )


def explain_proposals(*, by: Actor | None, desk_run: DeskRun, urns: Collection[int] | None = None) -> int:
    """Keep the explanations of a run's proposals that have none yet; `urns` narrows. Gives how many."""
    del by  # the rules and the figures speak; nobody decides anything here
    waiting = Proposal.objects.filter(run=desk_run, explained_at__isnull=True)
    if urns is not None:
        waiting = waiting.filter(urn__in=list(urns))
    done = 0
    run = None
    for several in _chunks(waiting.order_by("urn"), AT_ONCE):
        run = run or places.run_of(desk_run)
        with transaction.atomic():
            done += _explain(desk_run, run, several)
    return done


def _explain(desk_run: DeskRun, run: Run, proposals: list[Proposal]) -> int:
    by_urn = {proposal.urn: proposal for proposal in proposals}
    steps = {each.code: each.step for each in RunCategory.objects.filter(run=desk_run)}
    now = timezone.now()
    criteria: list[Criterion] = []
    suggestions: list[Suggestion] = []
    for explained in explanations(run, urns=by_urn):
        proposal = by_urn[explained.urn]
        proposal.sentences = list(explained.explanation.sentences)
        proposal.warnings = list(explained.explanation.warnings)
        proposal.explained_at = now
        criteria += criteria_of(proposal, explained)
        suggestions += suggestions_of(proposal, explained, steps=steps)
    Proposal.objects.bulk_update(proposals, ["sentences", "warnings", "explained_at"], batch_size=200)
    Criterion.objects.bulk_create(criteria, batch_size=AT_ONCE)
    Suggestion.objects.bulk_create(suggestions, batch_size=AT_ONCE)
    return len(proposals)


def _chunks(rows: Iterable[Proposal], size: int) -> Iterator[list[Proposal]]:
    waiting = iter(rows)
    while several := list(islice(waiting, size)):
        yield several
