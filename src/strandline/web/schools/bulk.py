"""Many rows at once: one prepared statement, the same on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of values in the order of `fields`, as the database takes them: JSON as text (`as_json`)."""
    columns = [model._meta.get_field(name).column for name in fields]
    quote = connection.ops.quote_name
    listed = ", ".join(quote(column) for column in columns if column)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({listed}) VALUES ({marks})", rows)


def as_json(value: object) -> str:
    """A value as the JSON text of a JSON column."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
