"""What is in the audit is never altered, and each authority sees its own."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from strandline.web.people.row_security import FenceRows

WORDS = "an audit row is written once and never changed"
ROWS = "audit_auditrow"


def lay(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's signature
    """Triggers against altering on both databases, against removing on PostgreSQL (SQLite's test runner empties tables so)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'check_violation'; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON {ROWS} FOR EACH ROW EXECUTE FUNCTION audit_kept()",
            params=None,
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER audit_kept BEFORE UPDATE ON {ROWS} FOR EACH ROW BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
            params=None,
        )


def lift(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's signature
    """Take the triggers away."""
    on = f" ON {ROWS}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS audit_kept{on}", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("people", "0002_fence_functions")]
    operations = [migrations.RunPython(lay, lift), FenceRows("AuditRow", by="authority")]
