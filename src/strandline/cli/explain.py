"""`strandline explain`: why a school is in its category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from strandline.cli import suggestions
from strandline.cli.options import (
    AsAtIfAny,
    Home,
    Json,
    Judgements,
    PackIfAny,
    Preset,
    Quiet,
    Settings,
    UrnArgument,
    noun_app,
    read_settings,
)
from strandline.cli.output import plain, print_json, print_table, say, stages
from strandline.cli.places import home_folder
from strandline.kernel.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from strandline.runs.explanation import Criterion, Explained

app = noun_app("Say why a school is in its category, and what would change it.")
MET = {True: "yes", False: "no", None: "not known"}


@app.command()
def explain(
    urn: UrnArgument,
    *,
    run: Annotated[
        str | None,
        typer.Option(
            "--run", metavar="RUN", help="Explain it in this run. Default: the newest.", autocompletion=suggestions.runs
        ),
    ] = None,
    pack: PackIfAny = None,
    as_at: AsAtIfAny = None,
    judgements: Judgements = None,
    preset: Preset = None,
    setting: Settings = None,
    home: Home = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Say why a school is in its category: figures, thresholds, dates and paragraphs, and what would change it."""
    from strandline import runs

    with stages(quiet=quiet or json) as stage:
        stage("Reading")
        found = runs.explain(
            home_folder(home),
            urn=int(urn),
            run=run,
            pack=pack,
            as_at=as_at,
            judgements=judgements,
            preset=preset,
            settings=read_settings(setting),
        )
    print_json(plain(found)) if json else print_explanation(found)


def print_explanation(found: Explained) -> None:
    """Print the four parts: the sentence, the criteria, what would change it, what it is entitled to."""
    explanation = found.explanation
    say(f"{found.school_name} (URN {found.urn}, {found.la_name})")
    say(f"{found.title}, as at {long_date(found.as_at)}" + (f"; run {found.run_id}" if found.run_id else ""))
    say()
    for sentence in explanation.sentences:
        say(sentence)
    if explanation.criteria:
        say()
        _print_criteria(explanation.criteria)
    say()
    for suggestion in explanation.what_would_change:
        say(f"What would change it: {suggestion.sentence}")
    if not explanation.what_would_change:
        say("No change of a single figure was found that would move the school.")
    if found.entitlements:
        say()
        rows = [(row["title"], str(row["claim"]).replace("_", " "), row["every"]) for row in found.entitlements]
        print_table(("entitled to", "claim", "how often"), rows)
    for warning in explanation.warnings:
        say(f"Note: {warning}")


def _print_criteria(criteria: Sequence[Criterion]) -> None:
    """The table of criteria; the paragraphs stand once each below it, under a number."""
    numbers: dict[str, int] = {}
    rows = []
    for row in criteria:
        number = numbers.setdefault(row.paragraph, len(numbers) + 1)
        met = MET[row.met] + (f": {row.why_not_known}" if row.why_not_known else "")
        rows.append((row.category, row.text, row.value, row.threshold, met, f"[{number}]"))
    columns = ("for", "criterion", "figure", "threshold", "met", "paragraph")
    print_table(columns, rows, title="Criteria, in the order in which they were tried")
    for paragraph, number in numbers.items():
        say(f"  [{number}] {paragraph}")
