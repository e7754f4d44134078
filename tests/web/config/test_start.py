"""The desk starts where it is safe, says why where it is not, and logs no names."""

from __future__ import annotations

import http.client
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from strandline.kernel.errors import DataError
from strandline.web.config.environment import DeskRefused, read_database, read_environment
from strandline.web.config.logs import JsonFormatter
from strandline.web.config.production import NotForProduction, require_private, require_safe
from strandline.web.people.roles import Role

SECRET = "gV7-3kQx_9ZpLw2sYt8RbN4mHcJ6fDa1UeXo5iKvTy0W"
SAFE = {
    "STRANDLINE_MODE": "production",
    "STRANDLINE_SECRET_KEY": SECRET,
    "STRANDLINE_HOSTS": "desk.example.gov.uk",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    for name in [name for name in os.environ if name.startswith("STRANDLINE_") or name == "DATABASE_URL"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("STRANDLINE_HOME", str(tmp_path))

    def use(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return use


def test_a_safe_production_is_accepted(environment: Callable[..., None]) -> None:
    environment(**SAFE)
    require_safe(read_environment())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"STRANDLINE_SECRET_KEY": ""}, "The secret key is missing, short or a known one"),
        ({"STRANDLINE_SECRET_KEY": "django-insecure-" + SECRET}, "The secret key is missing, short or a known one"),
        ({"STRANDLINE_SECRET_KEY": "a" * 60}, "The secret key is missing, short or a known one"),
        ({"STRANDLINE_DEBUG": "1"}, "Debug pages are on"),
        ({"STRANDLINE_HTTPS": "0"}, "Session cookies would travel over plain HTTP"),
        ({"STRANDLINE_HOSTS": ""}, "The names under which the desk is reached are not given"),
        ({"STRANDLINE_HOSTS": "*"}, "The names under which the desk is reached are not given"),
    ],
)
def test_production_refuses_what_is_unsafe_and_says_what_to_do(
    environment: Callable[..., None], changed: dict[str, str], said: str
) -> None:
    environment(**SAFE | changed)
    with pytest.raises(NotForProduction) as refused:
        require_safe(read_environment())
    assert [said in str(problem) and bool(problem.what_to_do) for problem in refused.value.problems] == [True]


def test_production_says_all_that_is_wrong_at_once(environment: Callable[..., None]) -> None:
    environment(STRANDLINE_MODE="production", STRANDLINE_DEBUG="1", STRANDLINE_HTTPS="0")
    with pytest.raises(DataError) as refused:
        require_safe(read_environment())
    assert len(refused.value.problems) == 4


def test_a_local_desk_is_not_opened_to_other_machines(environment: Callable[..., None]) -> None:
    environment()
    require_private(read_environment(), host="127.0.0.1")
    with pytest.raises(NotForProduction, match="without encryption"):
        require_private(read_environment(), host="0.0.0.0")


def test_a_local_desk_keeps_a_secret_of_its_own_that_only_its_owner_reads(
    environment: Callable[..., None], tmp_path: Path
) -> None:
    environment()
    first, second = read_environment(), read_environment()
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 40
    assert (tmp_path / "desk" / "secret").stat().st_mode & 0o077 == 0


def test_a_database_of_another_kind_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(DeskRefused, match="not a database that the desk knows"):
        read_database("mysql://x@y/z", home=tmp_path)
    kept = read_database("postgresql://me:p%40ss@db.example:5433/desk?sslmode=require", home=tmp_path)
    assert (kept["USER"], kept["PASSWORD"], kept["PORT"]) == ("me", "p@ss", "5433")
    assert kept["OPTIONS"] == {"sslmode": "require"}


def test_a_setting_that_is_neither_yes_nor_no_is_refused(environment: Callable[..., None]) -> None:
    environment(STRANDLINE_DEBUG="perhaps")
    with pytest.raises(DeskRefused, match="neither yes nor no"):
        read_environment()


def test_a_sign_in_service_without_a_client_is_refused(environment: Callable[..., None]) -> None:
    from strandline.web.config.sign_in import sign_in_settings

    environment(STRANDLINE_OIDC_ISSUER="https://login.example.org")
    with pytest.raises(DeskRefused, match="issuer but no client"):
        sign_in_settings(read_environment())
    environment(**SAFE, STRANDLINE_OIDC_ISSUER="http://login.example.org", STRANDLINE_OIDC_CLIENT_ID="a")
    environment(STRANDLINE_OIDC_CLIENT_SECRET="b")
    with pytest.raises(DeskRefused, match="plain HTTP"):
        sign_in_settings(read_environment())


def line(record: logging.LogRecord) -> dict[str, object]:
    return json.loads(JsonFormatter().format(record))


def test_an_error_is_logged_by_its_kind_and_place_without_its_message() -> None:
    try:
        int("Ola Reader's password is tide")
    except ValueError:
        record = logging.LogRecord("django.request", 40, "x", 1, "%s: %s", ("a", "/invitation/s3cret/"), sys.exc_info())
    text = json.dumps(line(record))
    assert "ValueError" in text
    assert "test_start.py" in text
    assert "Ola" not in text
    assert "s3cret" not in text


@pytest.mark.django_db
def test_a_request_is_logged_by_pattern_and_number_never_by_name_or_address(
    as_role: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    client = as_role(Role.HEAD_OF_SERVICE)
    with caplog.at_level(logging.INFO, logger="strandline.access"):
        client.get("/people/", {"q": "Ola Reader"})
        client.get("/people/invitation/s3cret-token/")
        client.post("/account/login/", {"login": "ola@example.org", "password": "tide-line-2026"})
    lines = [line(record) for record in caplog.records if record.name == "strandline.access"]
    assert [(one["route"], one["status"]) for one in lines][:2] == [
        ("people/", 200),
        ("people/invitation/<str:token>/", 404),
    ]
    text = json.dumps(lines)
    assert not [word for word in ("Ola", "s3cret", "ola@", "tide-line", "Head of service") if word in text]


@pytest.mark.django_db
def test_health_says_well_and_does_not_when_the_database_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = {"waiting": 0, "oldest_seconds": 0, "failed_since_yesterday": 0}
    assert Client().get("/health").json() == {"status": "well", "background_work": quiet}

    def gone() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", gone)
    assert Client().get("/health").status_code == 503


@pytest.mark.django_db
def test_health_tells_of_background_work_that_waits() -> None:
    from datetime import timedelta

    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    def queued(*, minutes: int, status: str, path: str) -> None:
        row = DBTaskResult.objects.create(
            status=status, task_path=path, args_kwargs={"args": ["Ola Reader"], "kwargs": {}}, backend_name="default"
        )
        then = timezone.now() - timedelta(minutes=minutes)
        DBTaskResult.objects.filter(pk=row.pk).update(
            enqueued_at=then, finished_at=then if status == "FAILED" else None
        )

    queued(minutes=2, status="READY", path="strandline.web.decisions.tasks.make_letters")
    queued(minutes=9, status="FAILED", path="strandline.web.decisions.tasks.make_letters")
    told = Client().get("/health").json()
    assert told["status"] == "well"
    assert told["background_work"]["waiting"] == told["background_work"]["failed_since_yesterday"] == 1
    queued(minutes=20, status="READY", path="strandline.web.decisions.tasks.make_run")
    answer = Client().get("/health")
    assert answer.status_code == 200, "the desk itself is well: taking it away would help nobody"
    assert answer.json()["status"] == "background work waits"
    assert answer.json()["background_work"]["oldest_seconds"] >= 1_200
    assert not [word for word in ("Ola", "make_", "decisions") if word in answer.content.decode()]


def run(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STRANDLINE_", "DATABASE_"))}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-c", "from strandline.cli import main; main()", "desk", "--home", str(home), *words],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_desk_refuses_an_unsafe_production_in_sentences(tmp_path: Path) -> None:
    done = run(tmp_path, STRANDLINE_MODE="production", STRANDLINE_DEBUG="1")
    assert done.returncode in (1, 3)
    assert "The desk does not start in production as it is set up." in done.stderr
    assert "STRANDLINE_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


FORM = "application/x-www-form-urlencoded"
UPLOAD = "multipart/form-data; boundary=none"


def sent(port: int, *, megabytes: int, kind: str) -> tuple[int, str]:
    """What is answered to so much, by a sender that hears nothing before all is sent and closes after one answer."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": kind, "Connection": "close", "Cookie": f"csrftoken={'f' * 32}"}
    asked.request("POST", "/account/login/", body=b"x" * megabytes * 1024 * 1024, headers=headers)
    answer = asked.getresponse()
    return answer.status, answer.read().decode()


def test_the_first_head_of_service_is_invited_and_the_desk_opens(tmp_path: Path) -> None:
    words = ("create-head", "--email", "h@example.gov.uk", "--name", "H", "--authority", "850", "--json")
    made = run(tmp_path, *words)
    assert made.returncode == 0, made.stderr
    address = json.loads(made.stdout)["address"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from strandline.cli import main; main()", "desk", "--home", str(tmp_path)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STRANDLINE_", "DATABASE_"))}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    log = (tmp_path / "log").open("w")
    desk = subprocess.Popen([*command, "--port", str(port), "--workers", "1"], env=kept, stdout=log, stderr=log)
    try:
        opened = {}
        for page in ("/health", "/account/login/", "/static/design/desk.css", address.partition(":8000")[2]):
            for _ in range(150):
                with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=5) as answer:
                    opened[page] = answer.status
                    break
                time.sleep(0.2)
        assert list(opened.values()) == [200] * 4, (tmp_path / "log").read_text()
        told = [sent(port, megabytes=size, kind=kind) for size, kind in ((30, FORM), (30, UPLOAD), (7, FORM))]
        assert [status for status, _ in told] == [413] * 3
        assert all("more than the desk takes at once" in page for _, page in told)
    finally:
        desk.send_signal(signal.SIGTERM)
        assert desk.wait(timeout=30) == 0
        log.close()
    lines = [json.loads(one) for one in (tmp_path / "log").read_text().splitlines() if one.startswith("{")]
    assert {one["route"] for one in lines if one["logger"] == "strandline.access"} >= {"health", "account/login/"}
    assert address.rpartition("/people/invitation/")[2] not in (tmp_path / "log").read_text()


def test_a_run_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "import-run", "nonesuch")
    assert done.returncode != 0
    assert "There is no run" in done.stderr
    assert "strandline run" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = run(tmp_path, "--port", str(other.getsockname()[1]))
    assert done.returncode != 0
    assert "The desk cannot be opened at" in done.stderr
    assert "choose another" in done.stderr
    assert "gunicorn" not in done.stderr
    assert "is open" not in done.stdout


def test_every_setting_is_documented() -> None:
    import re

    root = Path(__file__).resolve().parents[3]
    said = (root / "docs/how-to/run-the-desk.md").read_text(encoding="utf-8")
    read = set()
    for path in (root / "src/strandline/web").rglob("*.py"):
        read |= set(re.findall(r'"(STRANDLINE_[A-Z_]+|DATABASE_URL)"', path.read_text(encoding="utf-8")))
    assert len(read) > 12
    assert {name for name in read if f"`{name}`" not in said} == set()


def test_mail_goes_where_the_setting_says(environment: Callable[..., None]) -> None:
    from strandline.web.config.mail import mail_settings

    environment()
    assert mail_settings(read_environment())["EMAIL_FILE_PATH"].endswith("/desk/mail")
    environment(STRANDLINE_MAIL="smtp://me:p%40ss@mail.example:2525")
    found = mail_settings(read_environment())
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"]) == ("mail.example", 2525, "p@ss")
    assert found["EMAIL_USE_TLS"]
    environment(STRANDLINE_MAIL="pigeon://x")
    with pytest.raises(DeskRefused, match="not a way of sending mail"):
        mail_settings(read_environment())
