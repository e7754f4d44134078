"""Taking in a run: its schools, their lines and snapshots, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from strandline.runs.record import Run
from strandline.runs.school_records import SchoolRecord, categories_of, releases_of, school_records
from strandline.web import audit
from strandline.web.people import scope
from strandline.web.people.scope import Actor
from strandline.web.schools import bulk
from strandline.web.schools.lines import line_of, school_of
from strandline.web.schools.models import Intake, Line, School, SchoolTerm, Snapshot, Word, WordGram
from strandline.web.schools.words import grams_of, is_guessable, terms_of

AT_ONCE = 1_000
LINE_FIELDS = tuple(field.name for field in Line._meta.concrete_fields if field.name not in ("id", "intake"))
SCHOOL_FIELDS = (
    "laestab name la la_name phase sector legal_form maintained status trust_uid trust_name diocese postcode"
).split()
Progress = Callable[[int], None]


@transaction.atomic
def import_snapshot(
    *, by: Actor | None, run: Run, known_on: date | None = None, progress: Progress | None = None
) -> tuple[Intake, ...]:
    """
    Take in a run: one intake for each authority that it holds schools of; one that is there already stays as it is.

    The schools themselves are brought up to date unless a run of a later day was taken in before. `known_on` is the day
    the desk learned of it, today unless said. `by` None is the desk's own work.
    """
    with scope.everywhere("a run may hold schools of every authority"):
        there = tuple(Intake.objects.filter(run_id=run.run_id).order_by("authority"))
        if there:
            return there
        taking = _Taking(run=run, known_on=known_on or timezone.localdate())
        records = school_records(run)
        while several := tuple(islice(records, AT_ONCE)):
            taking.take(several)
            if progress:
                progress(len(several))
        taking.finish(by=by)
        transaction.on_commit(bulk.measure)
        return tuple(taking.intakes.values())


class _Taking:
    """One run on its way in."""

    def __init__(self, *, run: Run, known_on: date) -> None:
        self.run = run
        self.known_on = known_on
        self.intakes: dict[int, Intake] = {}
        self.counts: dict[int, int] = {}
        self._newest: set[int] = set()
        self._shared = {"releases": releases_of(run), "categories": categories_of(run)}

    def take(self, records: Sequence[SchoolRecord]) -> None:
        """Write a thousand schools or so."""
        schools = [school_of(record) for record in records]
        self._open({school["la"] for school in schools})
        before = self._before(school["urn"] for school in schools)
        self._write_schools(schools, before=before)
        self._index(schools, before=before)
        lines, snapshots = [], []
        for record, school in zip(records, schools, strict=True):
            known = before.get(record.urn)
            line = line_of(record, school=school, consortium=known.consortium if known else "")
            intake = self.intakes[school["la"]].pk
            lines.append((intake, *(line[name] for name in LINE_FIELDS)))
            snapshots.append((intake, record.urn, *map(bulk.as_json, _kept(record))))
            self.counts[school["la"]] = self.counts.get(school["la"], 0) + 1
        bulk.insert(Line, ("intake", *LINE_FIELDS), lines)
        bulk.insert(Snapshot, ("intake", "school", "facts", "gaps", "sources", "history"), snapshots)

    def finish(self, *, by: Actor | None) -> None:
        """Write the counts and the audit."""
        for authority, intake in self.intakes.items():
            intake.schools = self.counts[authority]
            intake.save(update_fields=["schools"])
            audit.record(
                by=by,
                action="schools.run_taken_in",
                subject=intake,
                after={"run": intake.run_id, "as_at": intake.as_at, "schools": intake.schools},
                authority=authority,
            )

    def _open(self, authorities: set[int]) -> None:
        inputs = self.run.manifest.inputs
        for authority in sorted(authorities - self.intakes.keys()):
            later = Intake.objects.filter(authority=authority, as_at__gt=inputs.as_at).exists()
            if not later:
                self._newest.add(authority)
            self.intakes[authority] = Intake.objects.create(
                run_id=self.run.run_id,
                authority=authority,
                as_at=inputs.as_at,
                known_on=self.known_on,
                pack=inputs.pack.id,
                pack_title=inputs.pack.title,
                warnings=list(self.run.manifest.warnings),
                **self._shared,
            )

    def _before(self, urns: Iterable[int]) -> dict[int, School]:
        return {school.urn: school for school in School.objects.filter(urn__in=list(urns))}

    def _write_schools(self, schools: Sequence[dict[str, Any]], *, before: dict[int, School]) -> None:
        newest = [school for school in schools if school["la"] in self._newest]
        new = [school for school in schools if school["urn"] not in before]
        fields = ("urn", *SCHOOL_FIELDS)
        fresh = [(*(school[name] for name in fields), "", self.intakes[school["la"]].pk, 1) for school in new]
        bulk.insert(School, (*fields, "consortium", "latest", "version"), fresh)
        known = []
        for values in newest:
            school = before.get(values["urn"])
            if school is not None:
                for name in SCHOOL_FIELDS:
                    setattr(school, name, values[name])
                school.latest = self.intakes[values["la"]]
                known.append(school)
        School.objects.bulk_update(known, [*SCHOOL_FIELDS, "latest"], batch_size=200)

    def _index(self, schools: Sequence[dict[str, Any]], *, before: dict[int, School]) -> None:
        """Add the words of new schools, and of those whose names or numbers are new; former names go on leading."""
        asked = [school["urn"] for school in schools]
        there = set(SchoolTerm.objects.filter(school__in=asked).values_list("word", "school_id")) if before else set()
        wanted = {
            (word, school["urn"])
            for school in schools
            for word in terms_of(
                names=(school["name"],), urn=school["urn"], laestab=school["laestab"], postcode=school["postcode"]
            )
        }
        fresh = sorted(wanted - there)
        bulk.insert(SchoolTerm, ("word", "school"), fresh)
        words = {word for word, _ in fresh if is_guessable(word)}
        known = set(Word.objects.filter(text__in=words).values_list("text", flat=True))
        unknown = sorted(words - known)
        bulk.insert(Word, ("text",), [(word,) for word in unknown])
        bulk.insert(WordGram, ("gram", "word"), list(_grams(unknown)))


def _grams(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        yield from ((gram, word) for gram in sorted(grams_of(word)))


def _kept(record: SchoolRecord) -> tuple[Any, ...]:
    return record.facts, record.gaps, record.sources, record.history
