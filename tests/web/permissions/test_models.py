"""Every model, every relation, every manager: nothing of another authority, another school or another trust."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db.models import Manager, Model
from fakes.permission_rows import Side, desk_models, fill, scoped_models

from strandline.web.people import scope
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

pytestmark = pytest.mark.django_db
UNSCOPED = {
    "people.Organisation": "found by the name that somebody writes; lists go through organisations",
    "people.User": "sign-in must find a person before an authority is known; lists go through people_of",
    "people.Assignment": "it decides the scope itself; lists go through assignments_in",
    "people.Invitation": "found by the secret of its address; lists go through open_invitations",
    "people.Draft": "found by its own number together with its writer",
    "audit.Submission": "a number and a key, asked for by its own sender only",
    "schools.Word": "single words of names and addresses, without the school",
    "schools.WordGram": "three letters of such a word",
}
"""Models without a scope, and why: every other has one."""


@pytest.fixture
def sides() -> tuple[Side, Side, Side]:
    """An authority, another authority, and another school of the first, in another trust, diocese and consortium."""
    own = Side(code=850, mark="Ownside", urn=7_000_001)
    elsewhere = Side(code=851, mark="Elsewhere", urn=7_000_002)
    beside = Side(code=850, mark="Beside", urn=7_000_003, trust_uid="T2", diocese="D2", consortium="C2")
    with scope.everywhere("a test makes rows for three sides"):
        for side in (own, elsewhere):
            for model in desk_models():
                fill(model, side)
        for model in desk_models():
            if model._meta.label in UNSCOPED or belongs_to_authority(model):
                beside.made[model] = own.made[model]  # one council, one run, one scheme
        for model in scoped_models():
            fill(model, beside)
    return own, elsewhere, beside


def belongs_to_authority(model: type[Model]) -> bool:
    """Whether everyone of the authority may see the row: it names no school."""
    names_school = any(
        each.is_relation and each.related_model._meta.label == "schools.School" for each in model._meta.fields
    )
    return isinstance(model._default_manager, scope.AuthorityManager) and not names_school


REACHES = [
    (Role.HEAD_OF_SERVICE, {}, {"own", "beside"}),
    (Role.ANALYST, {}, {"own", "beside"}),
    (Role.HEAD_TEACHER, {"school_urn": 7_000_001}, {"own"}),
    (Role.TRUST, {"cluster": "T1"}, {"own"}),
    (Role.DIOCESE, {"cluster": "D1"}, {"own"}),
    (Role.CONSORTIUM_LEAD, {"cluster": "C1"}, {"own"}),
    (Role.ELECTED_MEMBER, {}, set()),
]


def test_every_model_has_a_scope_or_a_reason_to_have_none() -> None:
    scoped = {model._meta.label for model in scoped_models()}
    assert {model._meta.label for model in desk_models()} - scoped == set(UNSCOPED)


@pytest.mark.parametrize(("role", "reach", "seen"), REACHES, ids=[each[0].value for each in REACHES])
def test_managers_and_relations_give_nothing_beyond_the_reach(
    sides: tuple[Side, Side, Side],
    person: Callable,
    role: Role,
    reach: dict[str, object],
    seen: set[str],
) -> None:
    own, elsewhere, beside = sides
    actor = actor_for(person(role, **reach))
    with scope.acting(actor):
        leaks = [*beyond(actor, own, elsewhere, beside)]
        assert leaks == []
        schools = apps_model("schools.School").objects.values_list("urn", flat=True)
        assert set(schools) == {side.urn for side, name in ((own, "own"), (beside, "beside")) if name in seen}


def beyond(actor: Actor, own: Side, elsewhere: Side, beside: Side) -> Iterator[str]:
    """Every way from the managers and through relations to a row beyond the reach."""
    narrow = actor.role not in (Role.HEAD_OF_SERVICE, Role.ANALYST)
    forbidden = {(model, row.pk) for model, row in elsewhere.made.items() if model in scoped_models()}
    if narrow:
        forbidden |= {
            (m, row.pk) for m, row in beside.made.items() if m in scoped_models() and row is not own.made.get(m)
        }
    for model in scoped_models():
        for manager in managers(model):
            yield from (f"{model._meta.label}.{manager.name}" for row in manager.all() if (model, row.pk) in forbidden)
        for row in model._default_manager.all():
            yield from (
                f"{model._meta.label}.{name}" for name, there in related(row) if (type(there), there.pk) in forbidden
            )
    for side in (elsewhere, beside):  # even from a row that should never have been reached
        school = side.made[apps_model("schools.School")]
        if side is beside and not narrow:
            continue
        yield from (f"School.{name}" for name, there in related(school) if (type(there), there.pk) in forbidden)


def managers(model: type[Model]) -> list[Manager]:
    return [getattr(model, manager.name) for manager in model._meta.managers]


def related(row: Model) -> Iterator[tuple[str, Model]]:
    """Each row that a relation of this row leads to."""
    for relation in row._meta.related_objects:
        name = relation.get_accessor_name()
        if name is None or relation.hidden:
            continue
        there = getattr(row, name, None)
        if relation.one_to_many or relation.many_to_many:
            yield from ((name, each) for each in there.all())
        elif there is not None:
            yield name, there
    for each in row._meta.many_to_many:
        yield from ((each.name, there) for there in getattr(row, each.name).all())


def apps_model(label: str) -> type[Model]:
    return next(model for model in desk_models() if model._meta.label == label)


def test_without_a_scope_every_manager_gives_nothing(sides: tuple[Side, Side, Side]) -> None:
    from strandline.web.people import fence

    token = scope._in_force.set(None)
    try:
        with fence.opened(fence.NOBODY):
            assert [model._meta.label for model in scoped_models() if model._default_manager.exists()] == []
    finally:
        scope._in_force.reset(token)
