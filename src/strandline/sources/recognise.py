"""
Which contract a sheet answers to, by what stands in it.

The header decides: every required column is there under one of its spellings and none is unknown. Lines above the
header are passed over. Where nothing fits, the nearest contract says what differs; where two fit equally, the sheet is
ambiguous and a person must say which it is.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from strandline.kernel.errors import Problem
from strandline.sources.contract import Column, Contract, normalised
from strandline.sources.decoding import Sheet, TextTable

NEAR_ENOUGH = 0.5
CUTOFF_FOR_A_SIMILAR_NAME = 0.6
COLUMNS_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAPublication(Problem):
    """The file is nothing that Strandline reads, such as a dictionary that lies beside the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How a header answers to a contract: each position's column, what is missing, unknown or doubled."""

    contract: Contract
    header_row: int
    columns: tuple[Column | None, ...]
    missing: tuple[Column, ...]
    unknown: tuple[str, ...]
    score: float

    @property
    def exact(self) -> bool:
        """Whether the header is as the contract says."""
        return not self.missing and not self.unknown

    def named(self, table: TextTable) -> pl.DataFrame:
        """The text under our names; unknown columns are left out."""
        taken = {str(n): column.stored_as for n, column in enumerate(self.columns) if column is not None}
        return table.frame.select(pl.col(position).alias(name) for position, name in taken.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The contract to check a sheet against, its rows, and what already stands against it."""

    sheet: Sheet
    match: Match
    table: TextTable
    problems: tuple[Problem, ...]


def recognise(
    sheets: Sequence[Sheet],
    contracts: Iterable[Contract],
    *,
    kind: str | None = None,
    periods: Sequence[str] = (),
) -> tuple[Recognised | None, tuple[Problem, ...]]:
    """
    Find the sheet and the contract of a file.

    `kind` narrows the choice; `periods` (from the person, or from the file's name) chooses only between contracts
    that fit equally. Returns what was recognised, or nothing and the reasons.
    """
    known = [contract for contract in contracts if kind is None or contract.kind == kind]
    if not known:
        what = f"No contract has the kind {kind}" if kind else "No contract is known"
        return None, (Problem(what=what, file=sheets[0].file, what_to_do="See the kinds in the reference of sources"),)
    matches = [(sheet, match) for sheet in sheets for match in _matches(sheet, known)]
    read: dict[tuple[int, int], TextTable] = {}
    exact = [_with_rows(sheet, match, read) for sheet, match in matches if match.exact]
    fitting = [found for found in exact if _content_fits(found)]
    best = _best(fitting, periods=periods)
    if len(best) == 1:
        return best[0], ()
    if best:
        return None, (_ambiguous(best),)
    return _nearest(matches, sheets[0])


def headers_once(headers: Sequence[str]) -> tuple[str, ...]:
    """Normalised headers, the second of a name as `name (2)`."""
    seen: dict[str, int] = {}
    unique = []
    for header in map(normalised, headers):
        seen[header] = seen.get(header, 0) + 1
        unique.append(header if seen[header] == 1 else f"{header} ({seen[header]})".strip())
    return tuple(unique)


def _matches(sheet: Sheet, contracts: Iterable[Contract]) -> list[Match]:
    """The best header row of the sheet for each contract."""
    heads = [(row, headers_once(head)) for row, head in enumerate(sheet.heads) if any(head)]
    sets = [(frozenset(head), row, head) for row, head in heads]
    found = []
    for contract in contracts:
        if sets and sheet.container in contract.containers:
            spellings = contract.spellings
            _, row, head = max(sets, key=lambda one: (len(one[0] & spellings.keys()), -one[1]))
            found.append(_match(contract, spellings, row, head))
    return found


def _match(contract: Contract, spellings: dict[str, Column], header_row: int, head: tuple[str, ...]) -> Match:
    columns = tuple(spellings.get(header) for header in head)
    there = frozenset(column.name for column in columns if column is not None)
    missing = tuple(c for c in contract.columns if c.required and c.name not in there)
    unnamed = frozenset({"", *(f"({n})" for n in range(2, len(head) + 1))})
    unknown = tuple(h for h, c in zip(head, columns, strict=True) if c is None and h not in unnamed)
    kept_apart = () if contract.unknown_columns == "keep" else unknown
    score = len(there) / max(1, len(there) + len(missing) + len(unknown))
    return Match(
        contract=contract, header_row=header_row, columns=columns, missing=missing, unknown=kept_apart, score=score
    )


def _with_rows(sheet: Sheet, match: Match, read: dict[tuple[int, int], TextTable]) -> Recognised:
    """The rows under the header, read once however many contracts have it."""
    place = (id(sheet), match.header_row)
    if place not in read:
        read[place] = sheet.read(match.header_row)
    return Recognised(sheet=sheet, match=match, table=read[place], problems=())


def _content_fits(found: Recognised) -> bool:
    fits = found.match.contract.recognises
    return fits is None or fits(found.match.named(found.table))


def _best(fitting: list[Recognised], *, periods: Sequence[str]) -> list[Recognised]:
    """Those that match the most of the header; between equals, those for the stated period."""
    most = max((sum(c is not None for c in found.match.columns) for found in fitting), default=0)
    equals = [found for found in fitting if sum(c is not None for c in found.match.columns) == most]
    fewest = min((len(found.match.contract.columns) for found in equals), default=0)
    equals = [found for found in equals if len(found.match.contract.columns) == fewest]
    for period in periods if len(equals) > 1 else ():
        meant = [found for found in equals if period in found.match.contract.period.known]
        if meant:
            return meant
    return equals


def _ambiguous(best: list[Recognised]) -> Problem:
    names = ", ".join(sorted(found.match.contract.name for found in best))
    return Problem(
        what=f"The file could be any of these: {names}",
        file=best[0].sheet.file,
        what_to_do="Say which with --kind or --period; the file's name does not tell",
    )


def _nearest(matches: list[tuple[Sheet, Match]], first: Sheet) -> tuple[Recognised | None, tuple[Problem, ...]]:
    ranked = sorted(matches, key=lambda pair: (-pair[1].score, pair[1].contract.name))
    if not ranked or ranked[0][1].score == 0:
        what = "No publication that Strandline knows has these columns"
        advice = "Check that it is one of the official files"
        return None, (NotAPublication(what=what, file=first.file, what_to_do=advice),)
    sheet, match = ranked[0]
    if match.exact:
        what = f"The columns are those of {match.contract.name}, but not what stands in them"
        return None, (Problem(what=what, file=sheet.file, what_to_do="Get the publisher's own file"),)
    if match.score < NEAR_ENOUGH:
        return None, (_far(sheet, match),)
    problems = tuple(_differences(sheet, match))
    return Recognised(sheet=sheet, match=match, table=sheet.read(match.header_row), problems=problems), problems


def _far(sheet: Sheet, match: Match) -> Problem:
    missing = _listed(column.name for column in match.missing)
    unknown = _listed(match.unknown)
    return NotAPublication(
        what=f"The file is not a known publication; the nearest is {match.contract.name}, "
        f"which also has {missing or 'nothing else'}, and does not have {unknown or 'any other column'}",
        file=sheet.file,
        what_to_do="Check that it is one of the official files, whole and unedited",
    )


def _differences(sheet: Sheet, match: Match) -> Iterable[Problem]:
    """One problem for each column that is missing, unknown or doubled against the nearest contract."""
    row = match.header_row + 1
    known = match.contract.spellings
    unknown_names = set(match.unknown)
    for column in match.missing:
        similar = difflib.get_close_matches(normalised(column.name), match.unknown, 1, CUTOFF_FOR_A_SIMILAR_NAME)
        hint = f'Was it renamed to "{similar[0]}"? ' if similar else ""
        yield Problem(
            what=f"A column of {match.contract.name} is not there",
            file=sheet.file,
            row=row,
            column=column.name,
            what_to_do=f"{hint}Get the publisher's own file; a new layout needs a contract of its own",
        )
    for header in match.unknown:
        first = header.rpartition(" (")[0]
        doubled = first in known or first in unknown_names
        yield Problem(
            what="A column stands twice" if doubled else f"A column is not one of {match.contract.name}",
            file=sheet.file,
            row=row,
            column=first if doubled else header,
            what_to_do="Get the publisher's own file; a new layout needs a contract of its own",
        )


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    rest = f" and {len(every) - COLUMNS_NAMED} more" if len(every) > COLUMNS_NAMED else ""
    return ", ".join(every[:COLUMNS_NAMED]) + rest
