"""
Triggers in the database: what was published, and what was sent, is never altered; on PostgreSQL never removed.

On SQLite Django's own emptying of tables removes rows one by one, so only altering is refused there. SQLite drops a
table's triggers when a migration rebuilds it: end such a migration with `RunPython(lay, lift)` again.
"""

from __future__ import annotations

from typing import Any

FIXED = (
    "school_id scheme_id proposal_id kind category label place step reason second_person expires_on proposed_by_id "
    "proposed_role proposed_at approved_by_id approved_role approved_at published_by_id published_role published_on "
    "reply_by"
).split()
"""What a published decision keeps for ever; it may only be superseded, or noted as lapsed."""
DECISIONS = "decisions_decision"
SENT = {"decisions_letter": "a letter", "decisions_letterfile": "a letter"}
WORDS = "a published category never changes: it is superseded"


def lay(apps: Any, schema_editor: Any) -> None:
    """Lay the triggers, those of before taken away first."""
    lift(apps, schema_editor)
    with schema_editor.connection.cursor() as cursor:
        for statement in _statements(schema_editor.connection.vendor):
            cursor.execute(statement)


def lift(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's signature
    """Take the triggers away."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table in (DECISIONS, *SENT):
            for event in ("update", "delete"):
                on = f" ON {table}" if postgresql else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_kept_on_{event}{on}")


def _statements(vendor: str) -> list[str]:
    same = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"NEW.{name} {same} OLD.{name}" for name in FIXED)
    backwards = "OLD.state = 'superseded' AND NEW.state <> 'superseded' OR NEW.state NOT IN ('published', 'superseded')"
    rules = [
        (DECISIONS, "update", f"OLD.published_on IS NOT NULL AND ({changed} OR {backwards})", WORDS),
        (DECISIONS, "delete", "OLD.published_on IS NOT NULL", WORDS),
    ]
    for table, what in SENT.items():
        rules += [(table, event, "TRUE", f"{what} that was sent is kept as it is") for event in ("update", "delete")]
    if vendor == "postgresql":
        return [statement for rule in rules for statement in _postgresql(*rule)]
    return [_sqlite(*rule) for rule in rules if rule[1] == "update"]


def _sqlite(table: str, event: str, when: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {table}_kept_on_{event} BEFORE {event.upper()} ON {table} FOR EACH ROW WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


def _postgresql(table: str, event: str, when: str, words: str) -> tuple[str, str]:
    name = f"{table}_kept_on_{event}"
    refusal = f"BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {refusal} $$",
        f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()",
    )
