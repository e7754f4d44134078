"""`strandline diff`: two runs compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from strandline.cli.options import Home, Json, Out, RunName, noun_app
from strandline.cli.output import note, plain, print_json, print_table, say, write_out
from strandline.cli.places import home_folder

if TYPE_CHECKING:
    from strandline.runs.difference import Difference, Move

app = noun_app("Compare two runs: who moved, and why.")


@app.command()
def diff(
    before: RunName,
    after: RunName,
    *,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="How many schools to list; 0 lists all.")
    ] = 50,
    home: Home = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Say who moved between two runs, and why: figure, parameter or pack changed, joined or left."""
    from strandline import runs

    found = runs.diff(home_folder(home), before=before, after=after)
    write_out([_row(move) for move in found.moves], out)
    if json:
        print_json(plain(found))
        return
    _print(found, limit=limit)


def _print(found: Difference, *, limit: int) -> None:
    say(f"Before: {found.before}")
    say(f"After:  {found.after}")
    for remark in found.notes:
        say(remark)
    say()
    say(f"{len(found.moves):,} schools moved, joined or left; {found.unchanged:,} stand where they stood.")
    if not found.moves:
        return
    print_table(("from", "to", "schools"), found.flows, right=("schools",))
    if found.values:
        rows = [(change.meaning, change.before, change.after) for change in found.values]
        print_table(("value of the pack", "before", "after"), rows)
    shown = found.moves[:limit] if limit else found.moves
    columns = ("urn", "school", "from", "to", "why", "what changed")
    print_table(columns, [_cells(move) for move in shown])
    if len(shown) < len(found.moves):
        note(f"… and {len(found.moves) - len(shown):,} more: --limit 0 lists all, --out writes them to a file.")


def _cells(move: Move) -> tuple[str, ...]:
    """A row of the table: one changed figure a line, under its short name."""
    changed = [f"{each.name.replace('_', ' ')}: {each.before} → {each.after}" for each in move.changes]
    return (str(move.urn), move.school_name, move.before, move.after, "\n".join(move.causes), "\n".join(changed))


def _row(move: Move) -> dict[str, str]:
    return {
        "urn": str(move.urn),
        "school_name": move.school_name,
        "before": move.before,
        "after": move.after,
        "why": ", ".join(move.causes),
        "changes": "; ".join(f"{each.meaning}: {each.before} → {each.after}" for each in move.changes),
    }
