"""`strandline desk worker` takes what waits in the queue and does it, on either database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from fakes.generated import Generated

ASKED = """
import json, signal, subprocess, sys, time
from datetime import date
from strandline.web.config import serving
serving.set_up()
serving.migrate()
from django.db import connection
from django_tasks_db.models import DBTaskResult
from strandline.web.decisions import actions
from strandline.web.decisions.models import OrderState, Proposal, RunOrder
from strandline.web.people import scope
from strandline.web.people.models import Assignment, User
from strandline.web.people.queries import actor_for

user = User.objects.create_user("head@example.org", name="Head of service")
Assignment.objects.create(
    user=user, role="head_of_service", authority=990, scope="authority", starts_on=date(2010, 1, 1)
)
by = actor_for(user, authority=990)
with scope.acting(by):
    order = actions.ask_for_run(by=by, pack="sefton-2010", as_at=date(2010, 3, 30))
    before = [order.state, DBTaskResult.objects.ready().count(), Proposal.objects.count()]
    worker = subprocess.Popen(
        [sys.executable, "-c", "from strandline.cli import main; main()", "desk", "worker"], stderr=subprocess.PIPE
    )
    until = time.monotonic() + 180
    while order.state not in (OrderState.MADE, OrderState.FAILED) and time.monotonic() < until:
        time.sleep(0.3)
        order.refresh_from_db()
    while DBTaskResult.objects.filter(finished_at=None).exists() and time.monotonic() < until:
        time.sleep(0.1)
    worker.send_signal(signal.SIGTERM)
    said = worker.communicate(timeout=60)[1].decode()
    print(json.dumps({
        "database": connection.vendor,
        "before": before,
        "after": [order.state, DBTaskResult.objects.ready().count(), Proposal.objects.filter(run=order.run).count()],
        "problem": order.problem,
        "tasks": list(DBTaskResult.objects.values_list("task_path", "status")),
        "ended": worker.returncode,
        "said": said,
    }))
"""


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a database of its own beside that of these tests; empty for a file of SQLite."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield ""
        return
    name = f"worker_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as keeper:
        keeper.execute(f'CREATE DATABASE "{name}"')
        yield address.rpartition("/")[0] + f"/{name}"
        keeper.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.django_db
def test_the_worker_takes_a_run_that_was_asked_for_makes_it_and_ends_when_it_is_told_to(
    made_up: Generated, tmp_path: Path, database: str
) -> None:
    home = made_up.with_runs_of({"sefton-2010"}, at=tmp_path / "home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STRANDLINE_", "DATABASE_"))}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    environment = kept | {"STRANDLINE_HOME": str(home)} | ({"DATABASE_URL": database} if database else {})
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["database"] == ("postgresql" if database else "sqlite")
    assert told["before"] == ["waiting", 1, 0]
    assert told["after"] == ["made", 0, 80], told
    assert told["tasks"] == [["strandline.web.decisions.tasks.make_run", "SUCCESSFUL"]]
    assert told["ended"] == 0
    assert "Traceback" not in told["said"]
