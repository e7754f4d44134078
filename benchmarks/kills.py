"""
`kill -9` of the desk in the middle of random actions, again and again.

After each kill: no decision without its audit rows, no audit row without its decision. Each step of a decision counts
its version up by one and writes one row, so that the number of those rows is its version exactly.

    python benchmarks/kills.py --rounds 20 --actions 200
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from desk_process import ROOT, Filled, Served, ask, fill, served

CLERKS = 4
SECOND_ROWS = {
    "published": "decisions.published",
    "superseded": "decisions.superseded",
    "returned": "decisions.returned",
}
MADE = ("decisions.agreed", "decisions.overridden", "decisions.judged")
BESIDE = ("decisions.letters_made",)
"""What is recorded of a decision without a step of it."""


def main() -> int:
    """Attack and say what was found; 1 where anything was torn."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--actions", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--both", action="store_true", help="on SQLite, then on a PostgreSQL of its own")
    chosen = asked.parse_args()
    torn = attack(rounds=chosen.rounds, actions=chosen.actions, seed=chosen.seed)
    if chosen.both and "DATABASE_URL" not in os.environ:
        again = [sys.executable, __file__, "--rounds", str(chosen.rounds), "--actions", str(chosen.actions)]
        done = subprocess.run([sys.executable, str(ROOT / "scripts/pg.py"), "--", *again], check=False)
        torn += done.returncode
    return 1 if torn else 0


def attack(*, rounds: int, actions: int, seed: int) -> int:
    """Kill the desk `rounds` times; give the number of torn rows found."""
    chance = random.Random(seed)
    torn: list[str] = []
    answers: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        filled = fill(Path(folder))
        os.environ.update(filled.environment)
        import django

        django.setup()
        from django.db import connection, connections

        database = connection.vendor
        for number in range(rounds):
            with served(filled, log=Path(folder) / "server.log") as desk:
                answers += one_round(desk, filled, actions=actions, chance=chance)
            found = torn_rows()
            torn += [f"round {number + 1}: {each}" for each in found]
        kept = sizes()
        connections.close_all()
    print(f"| database | kills | actions sent | answered | cut off | decisions | audit rows | torn |\n{'|---' * 8}|")
    told = sum(count for answer, count in answers.items() if answer != "cut off")
    sent = sum(answers.values())
    print(f"| {database} | {rounds} | {sent} | {told} | {answers['cut off']} | {kept[0]} | {kept[1]} | {len(torn)} |")
    print(f"\nAnswers: {', '.join(f'{answer} ×{count}' for answer, count in sorted(answers.items()))}.")
    for each in torn:
        print(f"- {each}")
    return len(torn)


def one_round(desk: Served, filled: Filled, *, actions: int, chance: random.Random) -> Counter[str]:
    """Send actions from several clerks at once and kill the desk while some are under way."""
    answers: Counter[str] = Counter()
    fatal = chance.randint(actions // 2, actions)
    begun = threading.Semaphore(0)
    dead = threading.Event()
    orders = [chance.randrange(2**32) for _ in range(actions)]

    def act(order: int) -> str:
        begun.release()
        if dead.is_set():
            return ""
        try:
            return str(one_action(desk, filled, chance=random.Random(order)))
        except (OSError, HTTPException):
            return "cut off"

    with ThreadPoolExecutor(CLERKS) as clerks:
        sent = [clerks.submit(act, order) for order in orders]
        for _ in range(fatal):
            begun.acquire()
        desk.kill()
        dead.set()
        answers.update(answer for each in sent if (answer := each.result()))
    return answers


def one_action(desk: Served, filled: Filled, *, chance: random.Random) -> int:
    """One thing that an officer or a head of service does."""
    from strandline.web.people import scope

    with scope.everywhere("the attacker looks for something to do"):
        path, role, form = _chosen(chance, authority=_authority(filled))
    return ask(desk.port, path, session=filled.people[role]["session"], form=form)[0]


def _authority(filled: Filled) -> int:
    """The authority of those who act."""
    from strandline.web.people.models import Assignment

    held = Assignment.objects.filter(user__email=filled.people["officer"]["email"])
    return int(held.values_list("authority", flat=True)[0])


def _chosen(chance: random.Random, *, authority: int) -> tuple[str, str, dict[str, Any]]:
    from strandline.web.decisions.models import Decision, Proposal, RunCategory

    kind = chance.choice(("agree", "agree", "override", "approve", "return", "withdraw", "publish", "publish"))
    state = {"approve": "proposed", "return": "proposed", "withdraw": "approved", "publish": "approved"}.get(kind)
    if state:
        theirs = Decision.objects.filter(state=state, scheme__authority=authority)
        rows = list(theirs.values_list("pk", "version"))
        if rows and kind == "publish":
            return "/decisions/publish/", "head_of_service", {"decision": [chance.choice(rows)[0] for _ in range(2)]}
        if rows:
            pk, version = chance.choice(rows)
            form = {"version": version, "reason": "Say which results"}
            return f"/decisions/{pk}/{kind}/", "head_of_service", form
    theirs = Proposal.objects.filter(state="decided", run__authority=authority)
    pk, version, run, category = chance.choice(list(theirs.values_list("pk", "version", "run_id", "category")))
    if kind == "agree":
        return f"/decisions/proposals/{pk}/agree/", "officer", {"version": version}
    other = RunCategory.objects.filter(run_id=run).exclude(code=category).values_list("code", flat=True).first()
    until = date.today() + timedelta(days=60)
    form = {
        "version": version,
        "category": other,
        "reason": "Leadership changed at Easter",
        "evidence_officer": "Seen on two visits",
        "expires_on_day": until.day,
        "expires_on_month": until.month,
        "expires_on_year": until.year,
    }
    return f"/decisions/proposals/{pk}/settle/", "officer", form


def torn_rows() -> list[str]:
    """What the dead desk left behind that does not belong together."""
    from strandline.web.audit.models import AuditRow, Submission
    from strandline.web.decisions.models import Decision
    from strandline.web.people import scope
    from strandline.web.schools.models import CategorySpell

    with scope.everywhere("what a dead desk left behind is checked"):
        decisions = {each.pk: each for each in Decision.objects.all()}
        audit: dict[int, Counter[str]] = {}
        for subject, action in AuditRow.objects.filter(subject_type="decisions.decision").values_list(
            "subject_id", "action"
        ):
            audit.setdefault(int(subject), Counter())[action] += 1
        requests = set(AuditRow.objects.values_list("request_id", flat=True))
        submitted = list(Submission.objects.values_list("key", "request_id"))
        shown = set(CategorySpell.objects.filter(superseded_on__isnull=True).values_list("decision", flat=True))
    found = [f"audit rows of decision {pk}, which is not there" for pk in set(audit) - set(decisions)]
    for pk, decision in decisions.items():
        rows = audit.get(pk, Counter())
        steps = rows.total() - sum(rows[name] for name in BESIDE)
        if sum(rows[name] for name in MADE) != 1 or steps != decision.version:
            found.append(f"decision {pk} at version {decision.version} has the audit rows {dict(rows)}")
        wanted = SECOND_ROWS.get(decision.state)
        if wanted and rows[wanted] != 1:
            found.append(f"decision {pk} is {decision.state} without the row that says so")
        if decision.state == "published" and str(pk) not in shown:
            found.append(f"decision {pk} is published and its school is not shown under it")
    found += [f"form {key} counts as sent, and nothing was done" for key, number in submitted if number not in requests]
    return found


def sizes() -> tuple[int, int]:
    """How many decisions and audit rows there are in the end."""
    from strandline.web.audit.models import AuditRow
    from strandline.web.decisions.models import Decision
    from strandline.web.people import scope

    with scope.everywhere("what is left is counted"):
        return Decision.objects.count(), AuditRow.objects.count()


if __name__ == "__main__":
    raise SystemExit(main())
