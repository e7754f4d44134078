"""The register's mark for a date that is not known."""

from __future__ import annotations

from datetime import date

import polars as pl

NOT_KNOWN = date(1900, 1, 1)


def known(name: str) -> pl.Expr:
    """The dates of a column without the first of January 1900, which the register prints where it knows none."""
    return pl.when(pl.col(name) > NOT_KNOWN).then(pl.col(name)).alias(name)
