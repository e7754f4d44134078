"""
The command line: one module per noun, nothing imported before it is asked for.

`strandline --help` costs little more than `import typer` (benchmarks/startup.py prints the ratio), because the nouns
stand in a small table and DuckDB, Polars, sqlglot and rich are imported inside the functions that need them.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line with this process's arguments and leave with its exit code."""
    from strandline.cli.app import invoke

    sys.exit(invoke(sys.argv[1:]))
