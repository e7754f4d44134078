"""Beneath the managers' scope: PostgreSQL itself gives a connection one authority's rows. Skipped on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

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
    rooms = {f"strandline.web.{room}" for room in settings.PRESENT}
    mine = [model for model in apps.get_models() if model._meta.app_config.name in rooms]
    return [model for model in mine if isinstance(model._default_manager, ScopedManager | AuthorityManager)]


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
