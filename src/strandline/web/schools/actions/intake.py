"""Taking in a run: its schools, their lines and snapshots, one authority after another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from strandline.runs.record import Run
from strandline.runs.school_records import SchoolRecord, authorities_of, categories_of, releases_of, school_records
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


def import_snapshot(*, by: Actor | None, run: Run, known_on: date | None = None) -> tuple[Intake, ...]:
    """
    Take in a run: one intake for each authority that it holds schools of, each in a transaction of its own.

    What is there already stays as it is, so that a run that was cut short is taken up where it stopped. `known_on` is
    the day the desk learned of it, today unless said. `by` None is the desk's own work.
    """
    with scope.everywhere("a run may hold schools of every authority"):
        there = {each.authority: each for each in Intake.objects.filter(run_id=run.run_id)}
        fresh = tuple(authority for authority in authorities_of(run) if authority not in there)
        for authority, records in by_authority(run, fresh):
            there[authority] = take_in(by=by, run=run, authority=authority, records=records, known_on=known_on)
        measure()
        return tuple(there[authority] for authority in sorted(there))


def by_authority(run: Run, authorities: Collection[int]) -> Iterator[tuple[int, Iterator[SchoolRecord]]]:
    """The records of some authorities' schools, one authority at a time."""
    records = school_records(run, authorities=authorities) if authorities else ()
    yield from groupby(records, key=lambda record: int(record.facts.get("la") or 0))


def measure() -> None:
    """Let the database note how its tables have grown."""
    transaction.on_commit(bulk.measure)


@transaction.atomic
def take_in(
    *, by: Actor | None, run: Run, authority: int, records: Iterable[SchoolRecord], known_on: date | None = None
) -> Intake:
    """
    Take in the schools of one authority; an intake that is there already stays as it is.

    The schools themselves are brought up to date unless a run of a later day was taken in before.
    """
    there = Intake.objects.filter(run_id=run.run_id, authority=authority).first()
    if there is not None:
        return there
    taking = _Taking(run=run, authority=authority, known_on=known_on or timezone.localdate())
    waiting = iter(records)
    while several := tuple(islice(waiting, AT_ONCE)):
        taking.take(several)
    return taking.finish(by=by)


class _Taking:
    """One authority of a run on its way in."""

    def __init__(self, *, run: Run, authority: int, known_on: date) -> None:
        inputs = run.manifest.inputs
        self.count = 0
        self.is_newest = not Intake.objects.filter(authority=authority, as_at__gt=inputs.as_at).exists()
        self.intake = Intake.objects.create(
            run_id=run.run_id,
            authority=authority,
            as_at=inputs.as_at,
            known_on=known_on,
            pack=inputs.pack.id,
            pack_title=inputs.pack.title,
            warnings=list(run.manifest.warnings),
            releases=releases_of(run),
            categories=categories_of(run),
        )

    def take(self, records: Sequence[SchoolRecord]) -> None:
        """Write a thousand schools or so."""
        schools = [school_of(record) for record in records]
        before = self._before(school["urn"] for school in schools)
        self._write_schools(schools, before=before)
        self._index(schools, before=before)
        lines, snapshots = [], []
        for record, school in zip(records, schools, strict=True):
            known = before.get(record.urn)
            line = line_of(record, school=school, consortium=known.consortium if known else "")
            lines.append((self.intake.pk, *(line[name] for name in LINE_FIELDS)))
            snapshots.append((self.intake.pk, record.urn, *map(bulk.as_json, _kept(record))))
        self.count += len(records)
        bulk.insert(Line, ("intake", *LINE_FIELDS), lines)
        bulk.insert(Snapshot, ("intake", "school", "facts", "gaps", "sources", "history"), snapshots)

    def finish(self, *, by: Actor | None) -> Intake:
        """Write the count and the audit."""
        intake = self.intake
        intake.schools = self.count
        intake.save(update_fields=["schools"])
        audit.record(
            by=by,
            action="schools.run_taken_in",
            subject=intake,
            after={"run": intake.run_id, "as_at": intake.as_at, "schools": intake.schools},
            authority=intake.authority,
        )
        return intake

    def _before(self, urns: Iterable[int]) -> dict[int, School]:
        return {school.urn: school for school in School.objects.filter(urn__in=list(urns))}

    def _write_schools(self, schools: Sequence[dict[str, Any]], *, before: dict[int, School]) -> None:
        new = [school for school in schools if school["urn"] not in before]
        fields = ("urn", *SCHOOL_FIELDS)
        fresh = [(*(school[name] for name in fields), "", self.intake.pk, 1) for school in new]
        bulk.insert(School, (*fields, "consortium", "latest", "version"), fresh)
        known = []
        for values in schools if self.is_newest else ():
            school = before.get(values["urn"])
            if school is not None:
                for name in SCHOOL_FIELDS:
                    setattr(school, name, values[name])
                school.latest = self.intake
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
