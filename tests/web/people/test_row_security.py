"""Beneath the managers' scope: PostgreSQL itself gives a connection one authority's rows. Skipped on SQLite."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, UUIDField
from fakes.permission_rows import Side, desk_models, fill

from strandline.web.audit.models import AuditRow
from strandline.web.people import fence, scope
from strandline.web.people.scope import AuthorityManager, ScopedManager

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        settings.ENVIRONMENT.database["ENGINE"].endswith("sqlite3"), reason="SQLite has no row security"
    ),
]


def fenced_models() -> list[type[Model]]:
    """Every model whose manager says that its rows belong to an authority or a school."""
    return [model for model in desk_models() if isinstance(model._default_manager, ScopedManager | AuthorityManager)]


def test_every_scoped_table_is_fenced_and_the_fence_is_forced() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.relrowsecurity AND c.relforcerowsecurity"
        )
        forced = {name for (name,) in cursor.fetchall()}
    assert {model._meta.db_table for model in fenced_models()} - forced == set()


def make_rows() -> None:
    for authority in (850, 851):
        AuditRow.objects.create(action="people.signed_in", subject_type="x", subject_id="1", authority=authority)


def test_the_owner_of_the_tables_sees_one_authority_and_nothing_without_one() -> None:
    make_rows()

    def seen() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT authority FROM audit_auditrow ORDER BY 1")
            return [code for (code,) in cursor.fetchall()]

    assert seen() == [850, 851], "the test itself works everywhere"
    with fence.opened("850"):
        assert seen() == [850]
        with fence.opened(fence.NOBODY):
            assert seen() == []
        with fence.opened("850 OR true"):
            assert seen() == []
    assert seen() == [850, 851]


def test_writing_a_row_of_another_authority_is_refused() -> None:
    with fence.opened("850"), pytest.raises(ProgrammingError), transaction.atomic():
        AuditRow.objects.create(action="x.y", subject_type="x", subject_id="1", authority=851)


def test_the_desk_does_not_work_as_a_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


@pytest.fixture
def sides() -> tuple[Side, Side]:
    """A row of every model for one authority and for another."""
    own = Side(code=850, mark="Ownside", urn=7_000_001)
    elsewhere = Side(code=851, mark="Elsewhere", urn=7_000_002)
    for side in (own, elsewhere):
        for model in desk_models():
            fill(model, side)
    return own, elsewhere


@pytest.fixture
def as_reader(sides: tuple[Side, Side]) -> Iterator[CursorWrapper]:
    """The test's own connection in the role that owns nothing, allowed by privileges to read and write every table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'desk_reader'")
        if cursor.fetchone() is None:
            pytest.skip("the server has no role desk_reader; scripts/pg.py makes it")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO desk_reader")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE desk_reader")
        yield cursor
        cursor.execute("RESET ROLE")


def keys(cursor: CursorWrapper, model: type[Model]) -> set[Any]:
    """The primary keys that PostgreSQL gives for the whole table."""
    cursor.execute(f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}"')
    return {key for (key,) in cursor.fetchall()}


def test_a_role_that_owns_nothing_reads_the_rows_of_one_authority_in_every_table(
    sides: tuple[Side, Side], as_reader: CursorWrapper
) -> None:
    own, elsewhere = sides
    assert fenced_models()
    for model in fenced_models():
        mine, theirs = own.made[model].pk, elsewhere.made[model].pk
        assert {mine, theirs} <= keys(as_reader, model), f"{model._meta.label}: both rows are there"
        with fence.opened("850"):
            found = keys(as_reader, model)
            assert (mine in found, theirs in found) == (True, False), model._meta.label
        with fence.opened("851"):
            found = keys(as_reader, model)
            assert (mine in found, theirs in found) == (False, True), model._meta.label
        with fence.opened(fence.NOBODY):
            assert keys(as_reader, model) == set(), model._meta.label


def test_a_role_that_owns_nothing_writes_no_row_of_another_authority_in_any_table(
    sides: tuple[Side, Side], as_reader: CursorWrapper
) -> None:
    _, elsewhere = sides
    for model in fenced_models():
        theirs = elsewhere.made[model]
        table, key = f'"{model._meta.db_table}"', f'"{model._meta.pk.column}"'
        columns = [each for each in model._meta.concrete_fields if not each.primary_key]
        names = ", ".join(f'"{each.column}"' for each in columns)
        copied = f"INSERT INTO {table} ({key}, {names}) VALUES (%s, {', '.join(['%s'] * len(columns))})"
        values = [each.get_db_prep_save(each.value_from_object(theirs), connection) for each in columns]
        new = uuid.UUID(int=9_000_009) if isinstance(model._meta.pk, UUIDField) else 9_000_009
        with fence.opened("850"):
            as_reader.execute(f"UPDATE {table} SET {key} = {key} WHERE {key} = %s", [theirs.pk])
            assert as_reader.rowcount == 0, f"{model._meta.label}: changed"
            as_reader.execute(f"DELETE FROM {table} WHERE {key} = %s", [theirs.pk])
            assert as_reader.rowcount == 0, f"{model._meta.label}: removed"
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                as_reader.execute(copied, [new, *values])


@pytest.fixture
def reader() -> Iterator[psycopg.Connection[Any]]:
    """A connection of a role that owns nothing and may read everything."""
    database = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'desk_reader'")
        if cursor.fetchone() is None:
            pytest.skip("the server has no role desk_reader; scripts/pg.py makes it")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO desk_reader")
    with psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        dbname=database["NAME"],
        user="desk_reader",
        password=database["PASSWORD"],
        autocommit=True,
    ) as there:
        yield there


@pytest.mark.django_db(transaction=True)
def test_a_role_that_owns_nothing_sees_one_authority_in_every_fenced_table(reader: psycopg.Connection[Any]) -> None:
    with scope.everywhere("a test makes rows of two authorities"):
        make_rows()

    def seen(setting: str) -> list[int]:
        reader.execute("SELECT set_config('app.authority', %s, false)", (setting,))
        return [code for (code,) in reader.execute("SELECT authority FROM audit_auditrow ORDER BY 1").fetchall()]

    assert reader.execute("SELECT count(*) FROM audit_auditrow").fetchone() == (0,), "closed before anything is said"
    assert seen("850") == [850]
    assert seen("851") == [851]
    assert seen("") == []
    for model in fenced_models():
        table = model._meta.db_table
        assert reader.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (0,), table
