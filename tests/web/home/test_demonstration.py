"""The demonstration: a desk in which every state can be seen, filled once however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import management
from django.test import Client
from django.utils import timezone

from strandline.cli import demo_desk
from strandline.kernel.errors import UserError
from strandline.web.audit.models import AuditRow
from strandline.web.concerns.models import Case, Notice
from strandline.web.concerns.models import Kind as CaseKind
from strandline.web.decisions.models import Challenge, Decision, Kind, Proposal, Reply, State
from strandline.web.home.demonstration import Filled, fill
from strandline.web.home.demonstration.clock import days_ago
from strandline.web.intelligence.models import Item
from strandline.web.intelligence.reach import Sharing
from strandline.web.officers.models import Allocation, Task, Visit
from strandline.web.people.models import User
from strandline.web.people.roles import Role
from strandline.web.schools.models import AHEAD, ForwardFigure, School
from strandline.web.strategies.models import Receipt, StrategyVersion
from strandline.web.triggers.models import Entry

pytestmark = pytest.mark.django_db
COUNTED = (
    School,
    Proposal,
    Decision,
    Entry,
    Allocation,
    Task,
    Item,
    Receipt,
    StrategyVersion,
    User,
    AuditRow,
    ForwardFigure,
)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def in_it(filled: Filled, folder: Path) -> None:
    """Every state that a page can show stands in the fullest authority."""
    today = timezone.localdate()
    here = School.objects.filter(la=992)
    decisions = Decision.objects.filter(school__in=here)
    assert filled.authorities == ("Sandmouth", "Ardenshire", "Northwold")
    assert {each.role for each in filled.log_ins if each.authority == "Northwold"} == {role.words for role in Role}
    assert Proposal.objects.filter(school__in=here, state="undecided", decisions__isnull=True).count() == 1
    assert {State.PROPOSED, State.APPROVED, State.PUBLISHED, State.SUPERSEDED} == set(
        decisions.values_list("state", flat=True)
    )
    assert decisions.filter(kind=Kind.OVERRIDDEN, state=State.PUBLISHED, expires_on__lt=today).count() == 1
    assert Entry.objects.filter(school__in=here, state="open", due_on__lt=today).exists()
    assert Entry.objects.filter(school__in=here, trigger__contains="override").exists()
    assert here.filter(status__startswith="open", allocations__isnull=True).exists()
    assert Task.objects.filter(school__in=here, state="open", due_on__lt=today).exists()
    assert set(Item.objects.values_list("sharing", flat=True)) == set(Sharing)
    assert Item.objects.filter(review_by__lt=today).exists()
    assert Reply.objects.filter(decision__in=decisions).count() == 1
    assert Challenge.objects.filter(decision__in=decisions).count() == 1
    cases = Case.objects.filter(school__in=here)
    assert set(cases.values_list("kind", flat=True)) == set(CaseKind)
    assert cases.filter(closed_on__isnull=False).exists()
    assert cases.filter(kind=CaseKind.CONCERN, school__maintained=False).exists(), "no statutory step, and why"
    assert set(Notice.objects.values_list("state", flat=True)) == {"drafted", "running", "not_met"}
    assert set(StrategyVersion.objects.values_list("state", flat=True)) == {"published", "draft"}
    assert set(ForwardFigure.objects.filter(school__in=here).values_list("kind", flat=True)) == set(AHEAD)
    assert ForwardFigure.objects.filter(school__la=990, measure="ks2_english_2lp").exists(), "a floor can be tried"
    assert Visit.objects.filter(school__in=here, hours__gt=0).exclude(responsibility="").count() == 2
    assert (folder / "files").is_dir()


@pytest.mark.slow
def test_a_desk_is_filled_with_every_state_and_a_second_time_adds_nothing(settings: object, tmp_path: Path) -> None:
    settings.RUNS_HOME = tmp_path / "home"  # type: ignore[attr-defined]
    filled = fill(tmp_path)
    in_it(filled, tmp_path)
    first, known = filled.log_ins[0], counts()
    assert Client().login(username=first.email, password=first.password)
    again = fill(tmp_path)
    assert counts() == known
    assert [each.email for each in again.log_ins] == [each.email for each in filled.log_ins]
    assert not Client().login(username=first.email, password=first.password), "passwords are made anew"
    assert Client().login(username=first.email, password=again.log_ins[0].password)


def test_what_was_done_some_days_ago_is_kept_under_its_day(actor: Callable[..., object]) -> None:
    from strandline.web import audit

    today = timezone.localdate()
    head = actor(Role.HEAD_OF_SERVICE)
    with days_ago(21):
        audit.record(by=head, action="decisions.scheme_ended", subject=("x", "1"))  # type: ignore[arg-type]
        assert (today - timezone.localdate()).days == 21
    assert timezone.localdate() == today
    assert (timezone.now() - AuditRow.objects.get(action="decisions.scheme_ended").at).days == 21
    with days_ago(21, not_before=today):
        assert timezone.localdate() == today


def test_the_command_of_the_keeper_prints_the_log_ins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from strandline.web.home.demonstration import LogIn

    one = LogIn(role="Officer", authority="Northwold", reaches="a caseload", email="o@n.example", password="four-five")
    made = Filled(authorities=("Northwold",), log_ins=(one,))
    monkeypatch.setattr("strandline.web.home.management.commands.demo.fill", lambda _folder, **_: made)
    management.call_command("demo", str(tmp_path))
    assert capsys.readouterr().out == "Officer, Northwold (a caseload): o@n.example  four-five\n"


@pytest.mark.django_db(transaction=True)
def test_the_check_of_the_demo_signs_in_as_a_browser_does(live_server: object, person: Callable[..., User]) -> None:
    user = person(Role.HEAD_OF_SERVICE)
    address = f"{live_server.url}/"  # type: ignore[attr-defined]
    demo_desk.sign_in(address, email=user.email, password="tide-line-2026")
    with pytest.raises(UserError, match="Nobody could sign in"):
        demo_desk.sign_in(address, email=user.email, password="wrong-wrong-wrong")


def test_a_port_that_somebody_listens_on_is_passed_over() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind((demo_desk.HOST, 0))
        taken.listen()
        number = taken.getsockname()[1]
        assert demo_desk.free_port(number) != number
    assert demo_desk.free_port(number) == number


@pytest.mark.parametrize(
    ("typed", "said"),
    [(".venv/bin/strandline", ".venv/bin/strandline"), ("-c", "strandline"), ("pytest", "strandline")],
)
def test_the_command_to_open_the_desk_is_the_one_that_was_typed(
    typed: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", [typed])
    assert demo_desk.own_name() == said
