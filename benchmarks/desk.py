"""
The desk's pages against bare views and Django's admin, in one process, turn by turn; then fifty people at once.

24,000 schools, made from a generated authority's records and taken in as any run is. Every page goes through the whole
of the desk: middleware, session, permit, scope. Medians; quote the ratios.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from http.client import HTTPException
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from desk_process import Filled, ask, fill, served

SCHOOLS = int(os.environ.get("DESK_SCHOOLS", "24000"))
TURNS = 25
PEOPLE, CLICKS = 50, 20
OWN_URN = 7_100_000
PLACES = (
    "Abbey",
    "Brook",
    "Castle",
    "Dene",
    "Elm",
    "Ferry",
    "Grange",
    "Hill",
    "Ivy",
    "Kings",
    "Lark",
    "Mill",
    "Nether",
)
LANDS = ("field", "wood", "bourne", "ton", "ley", "gate", "cross", "ford", "well", "marsh", "combe", "hurst", "wick")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A page of the desk, its peer, and how many times the peer's time it may take."""

    what: str
    page: str
    peer: str
    goal: float | None


def main() -> int:
    """Measure and print; 1 where a goal is missed or anybody met an error."""
    with tempfile.TemporaryDirectory() as folder:
        filled = fill(Path(folder))
        missed = _compare(filled, urn=_prepare(filled))
        errors = _crowd(filled, log=Path(folder) / "server.log")
    return 1 if missed or errors else 0


def _prepare(filled: Filled) -> int:
    """Take in the many schools, as a run that speaks of the same day."""
    os.environ.update(filled.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "desk_settings"
    import django

    django.setup()
    import logging

    logging.disable(logging.CRITICAL)
    from django.conf import settings

    from strandline.runs.record import open_run
    from strandline.web.people import scope
    from strandline.web.schools.actions import import_snapshot, intake
    from strandline.web.schools.models import Intake, Line, Snapshot

    with scope.everywhere("a measurement fills its desk"):
        known = Intake.objects.order_by("as_at", "pk").last()
    run = open_run(settings.RUNS_HOME, known.run_id)
    records = list(intake.school_records(run, authorities=[known.authority]))
    intake.school_records = lambda run_, authorities: _many(records)  # noqa: ARG005
    with scope.everywhere("a measurement fills its desk"):
        Line.objects.filter(intake=known).delete()
        Snapshot.objects.filter(intake=known).delete()
        Intake.objects.filter(pk=known.pk).update(run_id="before", as_at="2001-01-01")
        import_snapshot(by=None, run=run)
    return OWN_URN


def _many(records: list[Any]) -> Iterator[Any]:
    """The records again and again, under other numbers and names."""
    chance = random.Random(1)
    for number in range(SCHOOLS):
        record = records[number % len(records)]
        words = [chance.choice(PLACES) + chance.choice(LANDS), *record.facts["school_name"].split()[1:]]
        facts = record.facts | {"urn": OWN_URN + number, "school_name": " ".join(words)}
        yield replace(record, urn=OWN_URN + number, facts=facts)


def _compare(filled: Filled, *, urn: int) -> int:
    """Print the table of ratios; give how many goals were missed."""
    from django.test import Client

    client = Client()
    client.cookies["sessionid"] = filled.people["head_of_service"]["session"]
    rows = (
        Comparison(what="a list of 200 schools, against bare ORM and template", page="/schools/?per=200",
                   peer="/bare/schools/", goal=2.0),
        Comparison(what="a list of 200 schools, against Django admin's changelist like it", page="/schools/?per=200",
                   peer="/bare/admin/", goal=0.4),
        Comparison(what="the same, against a changelist without filters, counts, category, officer",
                   page="/schools/?per=200", peer="/bare/admin/plain/", goal=None),
        Comparison(what=f"a search over {SCHOOLS:,} schools, against a bare indexed page",
                   page="/schools/?q=brookfield", peer="/bare/search/?q=brookfield", goal=2.0),
        Comparison(what="a school's page, against a bare one-row view", page=f"/schools/{urn}/",
                   peer=f"/bare/schools/{urn}/", goal=3.0),
    )  # fmt: skip
    print("| page | desk ms | peer ms | ratio | goal | |\n|---|---|---|---|---|---|")
    missed = 0
    for each in rows:
        desk, peer = _turns(client, each)
        ratio = desk / peer
        is_missed = each.goal is not None and ratio > each.goal
        missed += is_missed
        verdict = ("", "") if each.goal is None else (f"≤ {each.goal}", "missed" if is_missed else "met")
        print(f"| {each.what} | {desk:.1f} | {peer:.1f} | {ratio:.2f} | {verdict[0]} | {verdict[1]} |", flush=True)
    return missed


def _turns(client: Any, each: Comparison) -> tuple[float, float]:
    """The medians of both, asked turn by turn."""
    kept: dict[str, list[float]] = {each.page: [], each.peer: []}
    for turn in range(TURNS + 2):
        for address, times in kept.items():
            began = time.perf_counter()
            answer = client.get(address)
            took = (time.perf_counter() - began) * 1000
            if answer.status_code != 200:
                sys.exit(f"{address} answered {answer.status_code}")
            if turn >= 2:
                times.append(took)
    return statistics.median(kept[each.page]), statistics.median(kept[each.peer])


def _crowd(filled: Filled, *, log: Path) -> int:
    """Fifty people click through the desk at once, over loopback; give the number of errors they met."""
    answers: Counter[str] = Counter()
    times: list[float] = []
    with served(filled, log=log, workers=2) as desk:
        roles = list(filled.people)

        def person(number: int) -> None:
            chance = random.Random(number)
            session = filled.people[roles[number % len(roles)]]["session"]
            address = "/"
            for _ in range(CLICKS):
                began = time.perf_counter()
                try:
                    status, body, headers = ask(desk.port, address, session=session, seconds=120)
                except (OSError, HTTPException) as error:
                    answers[type(error).__name__] += 1
                    address = "/"
                    continue
                times.append((time.perf_counter() - began) * 1000)
                answers[str(status)] += 1
                address = _next(status, body, headers, chance=chance)

        with ThreadPoolExecutor(PEOPLE) as crowd:
            list(crowd.map(person, range(PEOPLE)))
    errors = sum(count for answer, count in answers.items() if not answer.isdigit() or int(answer) >= 500)
    told = ", ".join(f"{answer} ×{count}" for answer, count in sorted(answers.items()))
    middle = statistics.median(times)
    print(f"\n{PEOPLE} people at once, {CLICKS} clicks each: {told}; median {middle:.0f} ms; errors: {errors}.")
    return errors


def _next(status: int, body: bytes, headers: Any, *, chance: random.Random) -> str:
    """Where somebody clicks next: any link of the page that stays on the desk and ends no session."""
    if status in (301, 302):
        return str(headers.get("Location", "/")).split("#")[0] or "/"
    links = set(re.findall(rb'href="(/[^"#]*)"', body))
    kept = sorted(
        link.decode().replace("&amp;", "&")
        for link in links
        if not link.startswith((b"/static", b"/account", b"//")) and b"logout" not in link
    )
    return chance.choice(kept) if status == 200 and kept else "/"


if __name__ == "__main__":
    raise SystemExit(main())
