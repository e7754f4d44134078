"""
Triggers in the database: what was published to schools is never altered (HAL-01); on PostgreSQL never removed either.

SQLite drops a table's triggers when a migration rebuilds it: end such a migration with `RunPython(lay, lift)` again.
"""

from __future__ import annotations

from typing import Any

TABLE = "strategies_strategyversion"
FIXED = (
    "authority number title summary period_from period_until pack pack_sha256 content files statement statement_cited "
    "approved_on approved_where approved_by_id published_on published_by_id published_role"
).split()
WORDS = "a published strategy never changes: a later version supersedes it"


def lay(apps: Any, schema_editor: Any) -> None:
    """Lay the triggers, those of before taken away first."""
    lift(apps, schema_editor)
    with schema_editor.connection.cursor() as cursor:
        for statement in _statements(schema_editor.connection.vendor):
            cursor.execute(statement)


def lift(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's signature
    """Take the triggers away."""
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    with schema_editor.connection.cursor() as cursor:
        for event in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_kept_on_{event}{on}")


def _statements(vendor: str) -> list[str]:
    same = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"NEW.{name} {same} OLD.{name}" for name in FIXED)
    backwards = "OLD.state = 'superseded' AND NEW.state <> 'superseded' OR NEW.state NOT IN ('published', 'superseded')"
    altered = f"OLD.published_on IS NOT NULL AND ({changed} OR {backwards})"
    if vendor != "postgresql":
        return [
            (
                f"CREATE TRIGGER {TABLE}_kept_on_update BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN {altered} "
                f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )
        ]
    refusal = f"BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'check_violation'; END"
    found = []
    for event, when in (("update", altered), ("delete", "OLD.published_on IS NOT NULL")):
        name = f"{TABLE}_kept_on_{event}"
        found += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {refusal} $$",
            (
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {TABLE} FOR EACH ROW WHEN ({when}) "
                f"EXECUTE FUNCTION {name}()"
            ),
        ]
    return found
