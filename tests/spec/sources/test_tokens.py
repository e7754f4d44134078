"""Published marks for a missing figure round-trip with their reason and their text, and never count as zero."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from strandline.kernel.missing import MissingReason
from strandline.sources.adding import add, read_table
from strandline.sources.contract import INDICATORS, INTEGER, NUMBER, PERCENT, Column, Contract, Period, Published
from strandline.sources.store import Store
from strandline.sources.tokens import OFSTED, PERFORMANCE_TABLES, STATISTICS_SERVICE, TokenSet

PUBLISHED = {
    PERFORMANCE_TABLES.name: {
        "SUPP": "suppressed",
        "NE": "no_entries",
        "NP": "not_published",
        "NA": "not_applicable",
        "LOWCOV": "low_coverage",
        "NEW": "new_school",
        "SP": "rounds_to_zero",
        "RE": "unreliable",
        "DNS": "unknown_token",
        "": "blank",
        " ": "blank",
        "QQ": "unknown_token",
    },
    STATISTICS_SERVICE.name: {
        "z": "not_applicable",
        "c": "suppressed",
        "x": "not_available",
        "k": "rounds_to_zero",
        "low": "rounds_to_zero",
        "u": "unreliable",
        ":": "not_available",
        "~": "rounds_to_zero",
        "..": "not_available",
        "": "blank",
        "q": "unknown_token",
    },
    OFSTED.name: {"NULL": "blank", "Not judged": "not_judged", "": "blank", "QQ": "unknown_token"},
}
SETS = {tokens.name: tokens for tokens in (PERFORMANCE_TABLES, STATISTICS_SERVICE, OFSTED)}
EVERY_TOKEN = [(SETS[name], token, reason) for name, marks in PUBLISHED.items() for token, reason in marks.items()]
FILLING = 30


def contract(tokens: TokenSet, *, record: bool) -> Contract:
    stated = {} if record else {"shape": INDICATORS}
    return Contract(
        kind="figures",
        name="Figures",
        title="Figures",
        publisher="A publisher",
        period=Period(known=("2016-2017",)),
        published=Published(dates={"2016-2017": date(2017, 12, 14)}),
        columns=(
            Column("URN", kind=INTEGER, identity=True),
            Column("COUNT", kind=INTEGER),
            Column("SHARE", kind=PERCENT),
            Column("SCORE", kind=NUMBER),
        ),
        tokens=tokens,
        **stated,
    )


@pytest.fixture
def stored(tmp_path: Path):
    """Store a file whose first school has the mark in every figure and whose others have numbers."""

    def run(tokens: TokenSet, token: str, *, record: bool) -> tuple[Store, str]:
        rows = [f"100000,{token},{token},{token}", *(f"{100001 + n},0,0%,0.0" for n in range(FILLING))]
        path = tmp_path / "2016-2017.csv"
        path.write_text("\n".join(["URN,COUNT,SHARE,SCORE", *rows]) + "\n", encoding="utf-8")
        store = Store(tmp_path / "home")
        (added,) = add(store, [path], layouts=[contract(tokens, record=record)])
        return store, added.release.release_id

    return run


@pytest.mark.parametrize(("tokens", "token", "reason"), EVERY_TOKEN)
def test_a_mark_among_indicators_is_kept_with_its_reason(stored, tokens: TokenSet, token: str, reason: str) -> None:
    """SUPP, NE, NP, NA, LOWCOV, NEW, SP, RE, `z c x low`, blank and unknown marks round-trip with reason."""
    store, release = stored(tokens, token, record=False)
    long = read_table(store, release, "indicators").filter(pl.col("urn") == 100_000)
    assert long.height == 3
    assert long["value"].to_list() == [None] * 3
    assert long["reason"].to_list() == [reason] * 3
    assert long["token"].to_list() == [token] * 3


@pytest.mark.parametrize(("tokens", "token", "reason"), EVERY_TOKEN)
def test_a_mark_in_a_record_is_kept_with_its_reason(stored, tokens: TokenSet, token: str, reason: str) -> None:
    """Value, reason and raw mark for each datum; a blank cell is null without a mark (product features, 5)."""
    store, release = stored(tokens, token, record=True)
    row = read_table(store, release, "table").row(0, named=True)
    assert row == {"urn": 100_000, "count": None, "share": None, "score": None}
    kept = read_table(store, release, "missing").select("urn", "column", "reason", "token").rows()
    assert kept == [(100_000, name, reason, token) for name in ("count", "share", "score") if token.strip()]


@pytest.mark.parametrize(("tokens", "token"), [(tokens, token) for tokens, token, _ in EVERY_TOKEN])
def test_a_mark_never_counts_as_zero(stored, tokens: TokenSet, token: str) -> None:
    """A published zero is a value; a mark beside it is none (architecture: no default values)."""
    store, release = stored(tokens, token, record=False)
    long = read_table(store, release, "indicators")
    assert long.filter(pl.col("value") == 0).height == 3 * FILLING
    assert long["value"].count() == 3 * FILLING


def test_a_mark_is_known_with_blanks_around_it_and_kept_with_them(stored) -> None:
    """The raw mark is what the publisher printed, blanks and all."""
    store, release = stored(PERFORMANCE_TABLES, " SUPP ", record=False)
    row = read_table(store, release, "indicators").row(0, named=True)
    assert (row["reason"], row["token"]) == ("suppressed", " SUPP ")


def test_case_tells_marks_apart() -> None:
    """`c` is suppressed in the statistics service; `C` is no mark of it."""
    assert STATISTICS_SERVICE.read("c").reason is MissingReason.SUPPRESSED
    assert STATISTICS_SERVICE.read("C").reason is MissingReason.UNKNOWN_TOKEN


def test_a_set_may_be_extended_and_the_first_stays_as_it_is() -> None:
    """A publication with a mark of its own states only that mark."""
    extended = PERFORMANCE_TABLES.also("mine", DNS=MissingReason.NOT_PUBLISHED)
    assert extended.read("DNS").reason is MissingReason.NOT_PUBLISHED
    assert extended.read("SUPP").reason is MissingReason.SUPPRESSED
    assert PERFORMANCE_TABLES.read("DNS").reason is MissingReason.UNKNOWN_TOKEN
