"""A million generated (pack, school) pairs: the compiled SQL against the reference evaluator, column by column."""

from __future__ import annotations

import os
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import duckdb
from factories.agreement import differences
from factories.rules import Maker, schools

PAIRS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
SCHOOLS = 1_000


def compared(seed: int) -> list[str]:
    """Where one pack's answers differ."""
    with duckdb.connect(config={"threads": 1}) as connection:
        return differences(Maker(random.Random(seed)).pack(), schools(SCHOOLS, seed=seed), connection)


def main() -> int:
    """Compare until the pairs are done; print a table; fail where any answer differs."""
    started = time.perf_counter()
    packs = -(-PAIRS // SCHOOLS)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = {seed: differing for seed, differing in enumerate(pool.map(compared, range(packs))) if differing}
    for seed, differing in found.items():
        print(f"pack {seed} differs {len(differing)} times, first: {differing[0]}\n")
    seconds = time.perf_counter() - started
    print("| packs | schools each | pairs | packs that differ | seconds |\n|---|---|---|---|---|")
    print(f"| {packs:,} | {SCHOOLS:,} | {packs * SCHOOLS:,} | {len(found)} | {seconds:.0f} |")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
