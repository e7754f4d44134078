"""The three authorities of the demonstration, written as the publishers would have."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from strandline.generate import layouts, present_day, sefton_like, warwickshire_like
from strandline.generate.plan import Authority

LEVELS = "Key stage 2 performance tables levels_english_maths"
RESULTS_2025 = "Key stage 2 performance tables 2025"
CENSUS_2025 = "School census in the performance tables 2023"


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """One authority on disk: its official files, and its officers' judgements where the pack asks for any."""

    authority: Authority
    files: tuple[Path, ...]
    judgements: Path | None = None


def generate(folder: Path, *, seed: int = 1) -> tuple[Generated, ...]:
    """Write all three authorities below `folder`, each in a folder of its own. The same seed gives the same bytes."""
    return (
        _sandmouth(folder / "sandmouth", seed),
        _ardenshire(folder / "ardenshire", seed),
        _northwold(folder / "northwold", seed),
    )


def _sandmouth(folder: Path, seed: int) -> Generated:
    folder.mkdir(parents=True, exist_ok=True)
    authority = sefton_like.sandmouth(seed)
    results = (
        layouts.write_results(
            authority,
            folder,
            layout=LEVELS,
            stage="ks2",
            year=year,
            kind="revised",
            national=sefton_like.national(year),
        )
        for year in sefton_like.YEARS
    )
    judged = _judgements(sefton_like.judgements(authority, seed), folder / "judgements.csv")
    return Generated(authority=authority, files=(*_register_and_grades(authority, folder), *results), judgements=judged)


def _ardenshire(folder: Path, seed: int) -> Generated:
    folder.mkdir(parents=True, exist_ok=True)
    authority = warwickshire_like.ardenshire(seed)
    return Generated(
        authority=authority, files=(*_register_and_grades(authority, folder), layouts.write_links(authority, folder))
    )


def _northwold(folder: Path, seed: int) -> Generated:
    folder.mkdir(parents=True, exist_ok=True)
    authority = present_day.northwold(seed)
    year = present_day.YEAR
    return Generated(
        authority=authority,
        files=(
            layouts.write_register(authority, folder),
            layouts.write_report_cards(authority, folder),
            layouts.write_results(
                authority,
                folder,
                layout=RESULTS_2025,
                stage="ks2",
                year=year,
                kind="revised",
                national=present_day.national(),
            ),
            layouts.write_census(
                authority, folder, layout=CENSUS_2025, year=year, rows=present_day.census(authority, seed)
            ),
        ),
    )


def _register_and_grades(authority: Authority, folder: Path) -> tuple[Path, ...]:
    return (
        layouts.write_register(authority, folder),
        layouts.write_inspections_2014(authority, folder),
        layouts.write_history(authority, folder),
    )


def _judgements(rows: Iterable[Mapping[str, str]], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, fieldnames=("urn", "name", "value", "reason", "by_role", "date"), lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)
    return path
