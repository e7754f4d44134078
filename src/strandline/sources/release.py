"""A release: one official file as it was published, checked and stored; never changed afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from strandline.kernel.errors import DataError

HASH_SHOWN = 12


class ReleaseDamaged(DataError):
    """What the store holds for a release is not what was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """
    What is known of a stored file.

    `period` is `2016-2017`, `2025-08-31` or empty; `coverage` is `national`, `authority:850` or, where a person
    said that a part is meant, `part`; `status` is `provisional`, `revised`, `final` or empty; `sha256` is that of
    the file as it came; `table_hashes` are those of the Parquet files.
    """

    release_id: str
    kind: str
    title: str
    publisher: str
    licence: str
    period: str
    as_at: date | None
    published_on: date
    status: str
    coverage: str
    sha256: str
    file_name: str
    rows: int
    tables: tuple[str, ...]
    contract: str
    notes: tuple[str, ...] = ()
    table_hashes: Mapping[str, str]

    def to_json(self) -> str:
        """Text for `release.json`: sorted keys, ISO dates, one final newline; the same release gives the same bytes."""
        fields = {**asdict(self), "table_hashes": dict(self.table_hashes)}
        return json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Release:
        """Read `release.json`. Raises: ReleaseDamaged."""
        try:
            fields: dict[str, Any] = json.loads(text)
            fields["published_on"] = date.fromisoformat(fields["published_on"])
            fields["as_at"] = date.fromisoformat(fields["as_at"]) if fields["as_at"] else None
            fields["tables"], fields["notes"] = tuple(fields["tables"]), tuple(fields["notes"])
            return cls(**fields)
        except (ValueError, KeyError, TypeError) as error:
            raise ReleaseDamaged(
                "A release.json cannot be read", what_to_do="Remove the release and add the file again"
            ) from error


def release_id(*, kind: str, period: str, sha256: str) -> str:
    """`ks2-2016-2017-0123456789ab`: readable, and the same file always gets the same one."""
    return "-".join(part for part in (kind, period, sha256[:HASH_SHOWN]) if part)
