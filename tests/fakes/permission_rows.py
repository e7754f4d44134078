"""Rows of any model for one authority, filled by the kinds of their fields: every table has something to leak."""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    FileField,
    FloatField,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    OneToOneField,
    TextField,
    UUIDField,
)

from strandline.web.people.models import Organisation, User
from strandline.web.people.scope import AuthorityManager, ScopedManager

NUMBERS = itertools.count(1)


@dataclass(kw_only=True)
class Side:
    """An authority in the test: its code, the word that marks all its texts, and what has been made for it."""

    code: int
    mark: str
    urn: int  # of its school, and the number of every one of its rows: an address with it names them all
    trust_uid: str = "T1"
    diocese: str = "D1"
    consortium: str = "C1"
    made: dict[type[Model], Model] = field(default_factory=dict)


def desk_models() -> list[type[Model]]:
    """Every model of the desk's own rooms."""
    rooms = {f"strandline.web.{room}" for room in settings.PRESENT}
    return [model for model in apps.get_models() if model._meta.app_config.name in rooms]


def scoped_models() -> list[type[Model]]:
    """Every model whose rows belong to a school or an authority."""
    return [model for model in desk_models() if isinstance(model._default_manager, ScopedManager | AuthorityManager)]


def fill(model: type[Model], side: Side) -> Model:
    """The row of a model for a side, made with whatever it needs."""
    if model not in side.made:
        special = SPECIAL.get(model._meta.label, lambda _: {})(side)
        values = {each.name: special[each.name] for each in model._meta.concrete_fields if each.name in special}
        for each in model._meta.concrete_fields:
            marked = isinstance(each, CharField | TextField) and not each.choices and not each.null
            wanted = marked or not (each.has_default() or each.null)
            if wanted and each.name not in values and not each.primary_key:
                values[each.name] = _value(each, side)
        values.setdefault("pk", _number(model, side))
        if values["pk"] is None:
            del values["pk"]
        side.made[model] = model._base_manager.create(**values)
    return side.made[model]


def _number(model: type[Model], side: Side) -> Any:
    """The same number for every row of a side, in the shape that the model wants."""
    key = model._meta.pk
    if isinstance(key, UUIDField):
        return uuid.UUID(int=side.urn)
    return side.urn if isinstance(key, IntegerField) else None


def _value(each: Any, side: Side) -> Any:
    if each.name in ("authority", "la"):
        return side.code
    if "urn" in each.name and isinstance(each, IntegerField):
        return side.urn
    if isinstance(each, ForeignKey | OneToOneField):
        return fill(each.related_model, side)
    if getattr(each, "choices", None):
        return each.choices[0][0]
    return next(make(each, side) for kind, make in KINDS if isinstance(each, kind))


def _text(each: Any, side: Side) -> str:
    text = f"{side.mark} {each.name} {next(NUMBERS)}"
    return text[: each.max_length] if each.max_length else text


LATER = re.compile("until|end|expire|superseded|reply_by|review|due")
KINDS: list[tuple[Any, Callable[[Any, Side], Any]]] = [
    (FileField, lambda _, side: f"{side.mark}.txt"),
    (UUIDField, lambda *_: uuid.uuid4()),
    (DateTimeField, lambda *_: datetime(2026, 9, 1, 9, tzinfo=UTC)),
    (DateField, lambda each, _: date(2027, 9, 1) if LATER.search(each.name) else date(2026, 9, 1)),
    (BooleanField, lambda *_: True),
    (DecimalField, lambda *_: 1),
    (FloatField, lambda *_: 1.0),
    (IntegerField, lambda *_: next(NUMBERS)),
    (JSONField, lambda *_: {}),
    (BinaryField, lambda *_: b""),
    (CharField | TextField, _text),
]

SPECIAL: Mapping[str, Callable[[Side], dict[str, Any]]] = {
    "schools.School": lambda side: {
        "name": f"{side.mark} School",
        "trust_uid": side.trust_uid,
        "diocese": side.diocese,
        "consortium": side.consortium,
    },
    "schools.Contact": lambda side: {"school": fill(apps.get_model("schools", "School"), side), "body_key": ""},
    "schools.ForwardFigure": lambda _: {"measure": "ks2_l4_em", "results_year": 2010, "value": 52.5},
    "schools.Line": lambda side: {
        "trust_uid": side.trust_uid,
        "diocese": side.diocese,
        "consortium": side.consortium,
        "urn": side.urn,
        "la": side.code,
    },
    "people.User": lambda side: {"email": f"{side.mark.lower()}@example.org", "name": f"{side.mark} Person"},
    "people.Organisation": lambda side: {"kind": "authority", "authority": side.code, "name": f"{side.mark} Council"},
    "people.Assignment": lambda _: {"role": "head_of_service", "scope": "authority", "cluster": ""},
    "people.Invitation": lambda side: {
        "role": "head_of_service",
        "scope": "authority",
        "cluster": "",
        "name": f"{side.mark} Guest",
        "expires_at": datetime.now(UTC) + timedelta(days=3),
        "token_hash": uuid.uuid4().hex,
    },
    "people.Draft": lambda _: {"fields": [["note", "x"]]},
    "decisions.Reply": lambda _: {"answer": ""},
    "officers.PriorityTag": lambda side: {"task": fill(apps.get_model("officers", "Task"), side)},
    "triggers.Referral": lambda _: {"answer": ""},
    "decisions.Challenge": lambda _: {"outcome_reason": "", "outcome": "open"},
    "decisions.RiskAssessment": lambda _: {"judged": {"standards": "high"}},
    "concerns.Case": lambda _: {"concern_reason": "", "closed_reason": ""},
    "concerns.Notice": lambda _: {
        "state": "issued",
        "issued_on": date(2026, 9, 1),
        "comply_by": date(2027, 9, 1),
        "representations": "",
        "ended_reason": "",
    },
    "concerns.Condition": lambda _: {"evidence": ""},
    "concerns.CaseDecision": lambda side: {
        "about": "course",
        "answer_reason": "",
        "authoriser": User.objects.create_user(
            f"authoriser.{side.urn}@example.org", name=f"{side.mark} Authoriser", pk=side.urn + 1_000
        ),
    },
    "strategies.Comment": lambda _: {"did": ""},
    "api.Token": lambda _: {
        "role": "head_of_service",
        "scope": "authority",
        "cluster": "",
        "token_hash": uuid.uuid4().hex,
        "ending": "abcd",
        "made_at": datetime(2026, 9, 1, 9, tzinfo=UTC),
        "starts_on": date(2026, 9, 1),
    },
    "schools.Word": lambda side: {"text": f"{side.mark.lower()}"},
    "schools.WordGram": lambda side: {"gram": side.mark[:3].lower()},
    "audit.AuditRow": lambda side: {"authority": side.code, "actor_name": f"{side.mark} Person"},
}
"""What a constraint wants of a model beyond the kinds of its fields."""


def council(side: Side) -> Organisation:
    """The side's council."""
    return fill(Organisation, side)  # type: ignore[return-value]


def person(side: Side) -> User:
    """Somebody of the side."""
    return fill(User, side)  # type: ignore[return-value]
