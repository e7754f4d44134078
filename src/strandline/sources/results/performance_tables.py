"""The contracts of the key stage 2 and 4 performance tables: one for each layout in `ks2.toml` and `ks4.toml`."""

from __future__ import annotations

from dataclasses import replace

from strandline.sources import contract as c
from strandline.sources.results.layouts import contracts_of, read_book

KS2 = read_book("strandline.sources.results", "ks2.toml")
KS4 = read_book("strandline.sources.results", "ks4.toml")

NATIONAL_ROWS = ("national", "national_state_funded")

_TEMPLATE = c.Contract(
    kind="",
    name="",
    title="",
    publisher="",
    columns=(),
    period=c.Period(),
    published=c.Published(),
    shape=c.INDICATORS,
    key=("urn",),
    encodings=("utf-8", "cp1252"),
    containers=("csv",),
    la_column="la_code",
)

KS2_CONTRACTS = contracts_of(
    KS2,
    template=replace(
        _TEMPLATE,
        expects=c.Expects(
            closing=NATIONAL_ROWS,
            closing_count=2,
            national_rows=14_000,
            why="every download, national or of one authority, ends with the two national rows",
        ),
    ),
)
KS4_CONTRACTS = contracts_of(
    KS4,
    template=replace(
        _TEMPLATE,
        expects=c.Expects(
            closing=NATIONAL_ROWS,
            closing_count=2,
            national_rows=4_500,
            why="every download, national or of one authority, ends with the two national rows",
        ),
    ),
)
