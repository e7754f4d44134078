"""
The small cited tables beside this module: words of the registers, reorganised authorities, what a blank means.

They are data so that a new wording, a new authority or a new judgement needs no code.
"""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import polars as pl

from strandline.sources.inspections.frameworks import REGIMES

BEGINNING, END = date(1, 1, 1), date(9999, 12, 31)


def vocabulary() -> dict[str, pl.DataFrame]:
    """Every small table by the name under which the SQL steps know it."""
    return {
        "establishment_type": _read("establishment_types.csv", {"special": pl.Int64}).with_columns(
            pl.col("special").cast(pl.Boolean)
        ),
        "derived_feature": _read("derived.csv", {"from_type": pl.Boolean}),
        "phase_word": _read("phases.csv"),
        "judgement": _read("judgements.csv", {"place": pl.Int64, "is_optional": pl.Boolean}),
        "reorganisation": reorganisations().rename({"on": "changed_on"}),
        "framework": _frameworks(),
    }


def attributes() -> pl.DataFrame:
    """What the registers print of a school: the feature it gives, whether it lasts, and what a blank means."""
    return _read("attributes.csv", {"lasting": pl.Boolean})


def reorganisations() -> pl.DataFrame:
    """
    Which authorities became which, and when; one row per old and new authority.

    Source: the structural changes order named in each row.
    """
    return _read("reorganisations.csv", {"from_la": pl.Int64, "to_la": pl.Int64, "on": pl.Date})


def years_without_results() -> frozenset[tuple[str, int]]:
    """
    Groups and years for which no school-level figures were ever published.

    Source: named in each row of the table.
    """
    table = _read("years_without_results.csv", {"year": pl.Int64})
    return frozenset(table.select("group", "year").iter_rows())


def _frameworks() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "framework": [str(regime.framework) for regime in REGIMES],
            "first_day": [regime.first_day or BEGINNING for regime in REGIMES],
            "last_day": [regime.last_day or END for regime in REGIMES],
            "has_overall_grade": [regime.overall_grade for regime in REGIMES],
            "words": [list(regime.words) for regime in REGIMES],
        }
    )


def _read(name: str, types: dict[str, type[pl.DataType]] | None = None) -> pl.DataFrame:
    text = files(__package__).joinpath(name).read_bytes()
    return pl.read_csv(text, infer_schema=False, schema_overrides=types or {})
