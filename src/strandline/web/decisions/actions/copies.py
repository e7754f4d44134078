"""Cloning a scheme and letting the copy diverge, value by value, with a reason for each (WAR-61)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from strandline.kernel.errors import UserError
from strandline.runs import packs
from strandline.runs.scheme import Choice, ParameterFacts
from strandline.web import audit
from strandline.web.audit.versions import keep, opened
from strandline.web.decisions import places
from strandline.web.decisions.actions.schemes import NotADraft, plain
from strandline.web.decisions.models import AmendmentKind, DeskRun, Scheme, SchemeAmendment, SchemeState
from strandline.web.people.scope import Actor

LONGEST_NAME = 40


class NothingChanged(UserError):
    """The value is the one that the draft has already, or nobody said why it should be another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value of a draft: what it is about, the new value, and why."""

    about: Choice | ParameterFacts
    value: str | float
    reason: str

    @property
    def kind(self) -> AmendmentKind:
        """Whether it is a number or a choice."""
        return AmendmentKind.NUMBER if isinstance(self.about, ParameterFacts) else AmendmentKind.CHOICE

    @property
    def before(self) -> str:
        """What the draft says now, in words."""
        if isinstance(self.about, ParameterFacts):
            return self.about.shown
        return dict(self.about.values).get(self.about.default, self.about.default)

    @property
    def after(self) -> str:
        """What it would say, in words."""
        if isinstance(self.about, Choice):
            return dict(self.about.values).get(str(self.value), str(self.value))
        return f"{self.value:,.10g} {self.about.unit.replace('_', ' ')}".removesuffix(" none")

    @property
    def changes_nothing(self) -> bool:
        """Whether the draft says so already."""
        return self.value == (self.about.value if isinstance(self.about, ParameterFacts) else self.about.default)


@transaction.atomic
def clone(*, by: Actor, scheme_pk: int, title: str) -> Scheme:
    """Copy a scheme into a draft that may diverge; until then both decide by the same pack."""
    origin = Scheme.objects.for_actor(by).get(pk=scheme_pk)
    row = Scheme.objects.create(
        authority=by.authority,
        title=title.strip(),
        pack=origin.pack,
        preset=origin.preset,
        second_person=origin.second_person,
        reply_days=origin.reply_days,
        override_months=origin.override_months,
        cloned_from=origin,
        made_by=by.user,
        made_at=timezone.now(),
    )
    audit.record(by=by, action="decisions.scheme_cloned", subject=row, before={"title": origin.title}, after=plain(row))
    return row


@transaction.atomic
def amend(*, by: Actor, scheme_pk: int, version: int, change: Change) -> SchemeAmendment:
    """
    Change one value of a draft. It decides by a pack of its own from then on; the pack it came from stays as it is.

    Raises: StaleRecord, NotADraft, NothingChanged; NotInThePack and CopyRefused where the check of packs refuses it.
    """
    row = opened(Scheme.objects.for_actor(by), pk=scheme_pk, version=version)
    if row.state != SchemeState.DRAFT:
        raise NotADraft(
            f"{row.title} has been adopted: its values stay as they are", what_to_do="Clone it, change that"
        )
    if not change.reason.strip():
        raise NothingChanged("A change of the strategy has a reason", what_to_do="Say why; schools will read it")
    if change.changes_nothing:
        raise NothingChanged(f"{change.about.title} is {change.before} already", what_to_do="Choose another value")
    made = SchemeAmendment.objects.create(
        scheme=row,
        kind=change.kind,
        name=change.about.name,
        title=change.about.title,
        before=change.before,
        after=change.after,
        reason=change.reason.strip(),
        by=by.user,
        by_role=by.role or "",
        at=timezone.now(),
    )
    before = plain(row)
    left, added = row.pack, {change.about.name: change.value}
    number = change.kind == AmendmentKind.NUMBER
    keep(
        row,
        base=row.base or row.pack,
        settings=row.settings if number else {**row.settings, **added},
        parameters={**row.parameters, **added} if number else row.parameters,
        pack=_name(row, made),
    )
    audit.record(
        by=by,
        action="decisions.scheme_amended",
        subject=row,
        before=before,
        after=plain(row) | {"what": made.title, "from": made.before, "to": made.after, "reason": made.reason},
    )
    _write(by=by, row=row)
    transaction.on_commit(_forgetting(left))
    return made


def _write(*, by: Actor, row: Scheme) -> None:
    """Write the draft's own pack, last of all: a refusal undoes the rest."""
    reasons = {each.name: each.reason for each in row.amendments.order_by("pk")}
    packs.diverge(
        places.home(),
        name=row.pack,
        like=row.base,
        title=row.title,
        amendment=packs.Amendment(
            settings=row.settings,
            parameters=row.parameters,
            publisher=by.organisation or f"Authority {row.authority}",
            authority=f"{row.authority:03d}",
            on=timezone.localdate(),
            reasons=reasons,
        ),
    )


def _name(row: Scheme, made: SchemeAmendment) -> str:
    """A name of its own for each state of a draft; one that a failed attempt left on disk is passed over."""
    stem = slugify(row.title)[:LONGEST_NAME].strip("-_").replace("_", "-")
    stem = stem if stem[:1].isalpha() and packs.NAME.fullmatch(stem) else "copy"
    taken = packs.own(places.home())
    name = f"{stem}-{row.pk}-{made.pk}"
    return name if name not in taken else f"{name}-{timezone.now():%Y%m%d%H%M%S%f}"


def _forgetting(name: str) -> Callable[[], None]:
    """What takes a draft's earlier pack away, unless a scheme or a run goes by it."""

    def forget() -> None:
        used = Scheme.objects.filter(pack=name) | Scheme.objects.filter(base=name)
        if name in packs.own(places.home()) and not used.exists() and not DeskRun.objects.filter(pack=name).exists():
            packs.forget(places.home(), name=name)

    return forget
