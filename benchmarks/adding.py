"""
Adding a file (decode, recognise, check every cell, store with reasons) against reading and writing it plainly.

The peer is `polars.read_csv(file).write_parquet(…)`, which checks nothing and keeps suppressed figures as text. Runs
alternate; the medians' ratio is printed. Goal: at most 3.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from strandline.sources import contracts
from strandline.sources.adding import add
from strandline.sources.contract import INDICATORS, Contract, Expects, Period, Published, SpecialRows, columns_of
from strandline.sources.store import Store
from strandline.sources.tokens import PERFORMANCE_TABLES

ROUNDS = 7
GOAL = 3.0
SCHOOLS, COLUMNS = 16_000, 300
KINDS = ("percent", "integer", "number")
OFSTED = "inspections/state_funded_as_at_2025-08-31.csv"


def results_contract() -> Contract:
    """The layout of the generated results: five columns of identity, the rest indicators."""
    names = " ".join(f"M{n}:{KINDS[n % 3]}" for n in range(COLUMNS - 5))
    return Contract(
        kind="generated_results",
        name="Generated results",
        title="Results in the size of a national file",
        publisher="This benchmark",
        shape=INDICATORS,
        period=Period(known=("2016-2017",)),
        published=Published(dates={"2016-2017": date(2017, 12, 14)}),
        columns=columns_of(f"RECTYPE:code! LEA:integer! URN:integer! SCHNAME:text ESTAB:integer! {names}"),
        special=(SpecialRows("national", "rectype", "[45]"),),
        key=("urn",),
        tokens=PERFORMANCE_TABLES,
        la_column="lea",
        expects=Expects(final_newline=True, closing=("national",), closing_count=2, national_rows=15_000),
    )


def write_results(path: Path) -> None:
    """Write 16,000 schools × 300 columns: numbers, percentages, a twelfth suppressed, an eighth blank."""
    chance = random.Random(2017)

    def cell(column: int) -> str:
        draw = chance.random()
        if draw < 0.08:
            return chance.choice(("SUPP", "NE", "NA", "LOWCOV", "NP"))
        if draw < 0.2:
            return ""
        number = chance.randint(0, 100)
        return (f"{number}%", str(number), f"{number / 10 - 5:.1f}")[column % 3]

    measures = range(COLUMNS - 5)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(["RECTYPE", "LEA", "URN", "SCHNAME", "ESTAB", *(f"M{n}" for n in measures)]) + "\n")
        for school in range(SCHOOLS):
            identity = f"1,{201 + school % 151},{100_000 + school},School {school},{2000 + school % 7000}"
            file.write(",".join([identity, *map(cell, measures)]) + "\n")
        for national in "45":
            file.write(",".join([national, "", "", "", "", *map(cell, measures)]) + "\n")


def compare(title: str, file: Path, layouts: tuple[Contract, ...], scratch: Path) -> float:
    """Time both, alternating. Returns the ratio of the medians."""

    def plain() -> None:
        pl.read_csv(file).write_parquet(scratch / "plain.parquet")

    def ours() -> None:
        add(Store(scratch / "home"), [file], layouts=layouts)

    plain_seconds, our_seconds = [], []
    for _ in range(ROUNDS):
        plain_seconds.append(timed(plain))
        shutil.rmtree(scratch / "home", ignore_errors=True)
        our_seconds.append(timed(ours))
    theirs, mine = statistics.median(plain_seconds), statistics.median(our_seconds)
    print(f"{title:<44} plain {theirs * 1000:6.0f} ms   add {mine * 1000:6.0f} ms   ratio {mine / theirs:4.2f}")
    return mine / theirs


def timed(work: Callable[[], None]) -> float:
    """Seconds of one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> int:
    """Print a ratio per file. Returns 1 when a goal is missed."""
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        file = scratch / "2016-2017_results.csv"
        write_results(file)
        ratios.append(compare("results, 16,000 × 300, generated", file, (results_contract(),), scratch))
        official = Path(os.environ.get("STRANDLINE_DATA", "../shared/data/official")) / OFSTED
        if official.is_file():
            ratios.append(compare("Ofsted, 21,990 × 76", official, tuple(contracts().values()), scratch))
        else:
            print(f"Ofsted, 21,990 × 76: skipped, {official} is not there (set STRANDLINE_DATA)")
    return int(max(ratios) > GOAL)


if __name__ == "__main__":
    sys.exit(main())
