"""A process that adds files to a store when it is told to; the tests kill it, or run several at once."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from strandline.sources.adding import add
from strandline.sources.contract import INDICATORS, Contract, Expects, Period, Published, columns_of
from strandline.sources.store import Store

RESULTS = Contract(
    kind="results",
    name="Results",
    title="Results",
    publisher="A publisher",
    shape=INDICATORS,
    period=Period(known=("2016-2017",)),
    published=Published(dates={"2016-2017": date(2017, 12, 14)}),
    columns=columns_of("LEA:integer! URN:integer! " + " ".join(f"C{n}:number" for n in range(40))),
    key=("urn",),
    la_column="lea",
    expects=Expects(final_newline=True),
)


def add_each(home: Path, files: list[Path]) -> None:
    """Add the files one by one, each in a call of its own."""
    for file in files:
        add(Store(home), [file], layouts=[RESULTS])


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    add_each(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
