"""
How long `strandline --help` takes against `python -c "import typer"`: the goal is at most 1.3.

The two are started in turn, so that a busy machine slows both; the middle of the measurements is compared.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15
GOAL = 1.3
PEER = [sys.executable, "-c", "import typer"]
OURS = [
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'strandline'; from strandline.cli import main; main()",
    "--help",
]


def measure(*, rounds: int = ROUNDS) -> tuple[float, float]:
    """The middle wall times in seconds: importing typer, and our help page."""
    peer, ours = [], []
    for _ in range(rounds):
        peer.append(_seconds(PEER))
        ours.append(_seconds(OURS))
    return statistics.median(peer), statistics.median(ours)


def main() -> None:
    """Print the two times, their ratio and the goal."""
    _seconds(OURS)
    peer, ours = measure()
    print("| what | seconds |\n|---|---|")
    print(f'| `python -c "import typer"` | {peer:.3f} |')
    print(f"| `strandline --help` | {ours:.3f} |")
    print(f"| ratio (goal at most {GOAL}) | {ours / peer:.2f} |")


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
