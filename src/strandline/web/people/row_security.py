"""
Row-level security: beneath the application's own scope, PostgreSQL gives a connection one authority's rows.

A migration lays a fence round a table with `FenceRows("Decision", by="school")`: `by` is a column with an authority's
code, a foreign key to a fenced table, or `urn:<column>` where only a school's number is kept. The policy is forced, so
that it holds for the table's owner as well; a superuser or a role with BYPASSRLS is not held, and the desk refuses to
run as one in production. On SQLite nothing is done: there the scope of the managers is the only fence.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import ForeignKey

POLICY = "desk_authority"
FUNCTIONS = (
    """
    CREATE OR REPLACE FUNCTION desk_lowest() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT CASE WHEN current_setting('app.authority', true) = 'all' THEN 0
                  WHEN current_setting('app.authority', true) ~ '^[0-9]{1,8}$'
                  THEN current_setting('app.authority', true)::integer END $$
    """,
    """
    CREATE OR REPLACE FUNCTION desk_highest() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT CASE WHEN current_setting('app.authority', true) = 'all' THEN 2147483647
                  WHEN current_setting('app.authority', true) ~ '^[0-9]{1,8}$'
                  THEN current_setting('app.authority', true)::integer END $$
    """,
)


class MakeFenceFunctions(Operation):
    """The two functions that a policy asks: the lowest and the highest authority that this connection may see."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the functions."""
        del app_label, from_state, to_state
        _run(schema_editor, *FUNCTIONS)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the functions away."""
        del app_label, from_state, to_state
        _run(schema_editor, "DROP FUNCTION IF EXISTS desk_lowest()", "DROP FUNCTION IF EXISTS desk_highest()")

    def describe(self) -> str:
        """What it does, for the list of migrations."""
        return "Make the functions of the fences"


class FenceRows(Operation):
    """A forced policy round one table."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, by: str) -> None:
        self.model = model
        self.by = by

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Lay the fence."""
        del from_state
        table, condition = _condition(to_state.apps.get_model(app_label, self.model), by=self.by)
        _run(
            schema_editor,
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'DROP POLICY IF EXISTS {POLICY} ON "{table}"',
            f'CREATE POLICY {POLICY} ON "{table}" USING ({condition}) WITH CHECK ({condition})',
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the fence away."""
        del to_state
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        _run(
            schema_editor,
            f'DROP POLICY IF EXISTS {POLICY} ON "{table}"',
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
        )

    def describe(self) -> str:
        """What it does, for the list of migrations."""
        return f"Fence the rows of {self.model} by {self.by}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the operation is written."""
        return self.__class__.__name__, [self.model], {"by": self.by}


def _condition(model: Any, *, by: str) -> tuple[str, str]:
    """The table and the condition that a row is within the fence."""
    table = model._meta.db_table
    if by.startswith("urn:"):
        column = model._meta.get_field(by.removeprefix("urn:")).column
        return table, f'EXISTS (SELECT 1 FROM "schools_school" fence WHERE fence."urn" = "{table}"."{column}")'
    field = model._meta.get_field(by)
    if isinstance(field, ForeignKey):
        there = field.related_model._meta.db_table
        key = field.target_field.column
        inside = f'EXISTS (SELECT 1 FROM "{there}" fence WHERE fence."{key}" = "{table}"."{field.column}")'
    else:
        inside = f'"{field.column}" BETWEEN desk_lowest() AND desk_highest()'
    if not field.null:
        return table, inside
    return table, f'CASE WHEN "{field.column}" IS NULL THEN desk_lowest() = 0 ELSE {inside} END'


def _run(schema_editor: BaseDatabaseSchemaEditor, *statements: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)
