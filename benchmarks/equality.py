"""A million generated (pack, school) pairs: the compiled SQL against the reference evaluator, column by column."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import duckdb
from factories.agreement import differences
from factories.rules import Maker, schools

PAIRS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
SCHOOLS = 1_000


def main() -> int:
    """Compare until the pairs are done; print a table; fail at the first difference."""
    started = time.perf_counter()
    packs = -(-PAIRS // SCHOOLS)
    with duckdb.connect() as connection:
        for seed in range(packs):
            found = differences(Maker(random.Random(seed)).pack(), schools(SCHOOLS, seed=seed), connection)
            if found:
                print(f"pack {seed} differs {len(found)} times, first: {found[0]}")
                return 1
    print("| packs | schools each | pairs | differences | seconds |\n|---|---|---|---|---|")
    print(f"| {packs:,} | {SCHOOLS:,} | {packs * SCHOOLS:,} | 0 | {time.perf_counter() - started:.0f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
