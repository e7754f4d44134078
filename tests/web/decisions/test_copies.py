"""A scheme is cloned, its copy diverges, is tried, and is adopted: through the pages."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from strandline.runs import packs
from strandline.web.audit.models import AuditRow
from strandline.web.decisions import actions
from strandline.web.decisions.actions.copies import Change
from strandline.web.decisions.actions.schemes import NotADraft
from strandline.web.decisions.models import DeskRun, Proposal, Scheme, SchemeAmendment, WhatIf
from strandline.web.decisions.presenters.copies import value_named
from strandline.web.decisions.queries.schemes import pack_choices, values_of
from strandline.web.people.models import User
from strandline.web.people.queries import actor_for
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

HOSTILE = ("Cohorts of nine: £5 & \"quotes\" 'single' <script>alert(1)</script> #:- {x} " * 160)[:9_990].strip()


@pytest.fixture(autouse=True)
def no_pack_stays(runs_home: Path) -> object:
    """The home is shared by the tests of this room: what one copies is gone afterwards."""
    yield
    shutil.rmtree(runs_home / "packs", ignore_errors=True)


@pytest.fixture
def head(as_role: Callable[..., Client]) -> Client:
    """Sandmouth's head of service in the browser."""
    return as_role(Role.HEAD_OF_SERVICE, authority=990, email="head.of.copies@example.org")


def sent(**values: object) -> dict[str, str]:
    """A form as a browser sends it."""
    return {"form_key": str(uuid.uuid4())} | {name: str(value) for name, value in values.items()}


def words(html: str) -> str:
    """The text of a page, with single spaces."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def cloned(head: Client, scheme: Scheme) -> Scheme:
    """A copy made through the page."""
    answer = head.post(f"/decisions/schemes/{scheme.pk}/clone/", sent(version=scheme.version, title="Our own way"))
    assert answer.status_code == 302
    return Scheme.objects.get(title="Our own way")


def changed(head: Client, copy: Scheme, *, value: object, reason: str, name: str = "strand_swing") -> object:
    """The answer to a value changed through the page."""
    copy.refresh_from_db()
    given = sent(version=copy.version, value=value, reason=reason)
    return head.post(f"/decisions/schemes/{copy.pk}/values/{name}/", given)


def test_a_scheme_is_cloned_changed_tried_and_adopted_through_its_pages(
    sandmouth: DeskRun, scheme: Scheme, head: Client, runs_home: Path
) -> None:
    """WAR-61: adopt a model from another authority with local changes; a scheme can be cloned and diverge."""
    copy = cloned(head, scheme)
    assert (copy.pack, copy.state, copy.cloned_from) == ("sefton-2010", "draft", scheme)
    listed = words(head.get(f"/decisions/schemes/{copy.pk}/values/").content.decode())
    assert "15 pp" in listed
    answer = changed(head, copy, value="5", reason="Cohorts are small here")
    assert answer.status_code == 302
    copy.refresh_from_db()
    assert copy.base == "sefton-2010"
    assert copy.pack.startswith("our-own-way-")
    own = packs.read(runs_home, which=copy.pack)
    assert [version.value for version in own.parameters["strand_swing"].values] == [5]
    assert (own.authority, own.title) == ("990", "Our own way")
    page = words(head.get(f"/decisions/schemes/{copy.pk}/").content.decode())
    assert "15 pp 5 percentage points Cohorts are small here" in page
    assert "Change from one year to the next" in page

    tried = head.post(f"/decisions/schemes/{copy.pk}/try/", sent(parameter_strand_swing="5"))
    assert tried.status_code == 302
    trial = WhatIf.objects.get(scheme=copy)
    moved = [each for each in trial.moves if each["before"] != each["after"]]
    assert moved
    result = words(head.get(tried["Location"]).content.decode())
    assert f"{len(moved)} of 80 schools would move" in result
    assert all(each["school_name"] in result for each in moved)
    before, after = trial.totals["days_before"], trial.totals["days_after"]
    assert f"{before[0]:g}" in result
    assert f"+{after[0] - before[0]:g}" in result
    unchanged = actions.try_what_if(
        by=_actor_of(head), scheme_pk=copy.pk, run_pk=sandmouth.pk, settings={}, parameters={"strand_swing": 15.0}
    )
    assert (unchanged.moves, unchanged.totals["counts_before"]) == ([], unchanged.totals["counts_after"])
    straight = actions.try_what_if(
        by=_actor_of(head), scheme_pk=scheme.pk, run_pk=sandmouth.pk, settings={}, parameters={"strand_swing": 5.0}
    )
    straight.refresh_from_db()
    assert trial.moves == straight.moves
    assert Proposal.objects.filter(run=sandmouth, category="inconsistent").count() == 15

    day = timezone.localdate()
    adopted = head.post(
        f"/decisions/schemes/{copy.pk}/adopt/",
        sent(version=copy.version, starts_on_day=day.day, starts_on_month=day.month, starts_on_year=day.year),
    )
    assert adopted.status_code == 302
    copy.refresh_from_db()
    scheme.refresh_from_db()
    assert (copy.state, scheme.state) == ("adopted", "ended")
    assert (scheme.pack, scheme.parameters) == ("sefton-2010", {})


def _actor_of(client: Client) -> Actor:
    return actor_for(User.objects.get(pk=client.session["_auth_user_id"]), authority=990)


REFUSED = (
    ("ks2_floor_attainment", "140", "140 percent, more than the whole"),
    ("ks2_floor_attainment", "-5", "never below zero"),
    ("strand_swing", "fifteen", "Write the value as a number"),
    ("strand_swing", "nan", "Write the value as a number"),
    ("strand_swing", "15", "is 15 pp already"),
)


def test_what_the_check_of_packs_refuses_is_said_in_a_sentence_and_changes_nothing(
    sandmouth: DeskRun, scheme: Scheme, head: Client, runs_home: Path
) -> None:
    copy = cloned(head, scheme)
    for name, value, said in REFUSED:
        answer = changed(head, copy, value=value, reason="A reason that is kept", name=name)
        page = unescape(answer.content.decode())
        assert answer.status_code == 200
        assert "There is a problem" in page
        assert said in page
        assert "A reason that is kept" in page
    for reason in ("", "   \n "):
        answer = changed(head, copy, value="5", reason=reason)
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
    copy.refresh_from_db()
    assert (copy.pack, copy.base, copy.parameters, copy.version) == ("sefton-2010", "", {}, 1)
    assert packs.own(runs_home) == frozenset()
    assert not SchemeAmendment.objects.exists()
    assert not AuditRow.objects.filter(action="decisions.scheme_amended").exists()


def test_a_hostile_reason_is_kept_as_written_a_form_sent_twice_counts_once_and_the_second_person_is_told(
    sandmouth: DeskRun,
    scheme: Scheme,
    head: Client,
    runs_home: Path,
    as_role: Callable[..., Client],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    copy = cloned(head, scheme)
    first = sent(version=1, value="5", reason=HOSTILE)
    address = f"/decisions/schemes/{copy.pk}/values/strand_swing/"
    answers = [head.post(address, first) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert SchemeAmendment.objects.get().reason == HOSTILE
    assert "<script>alert" not in head.get(f"/decisions/schemes/{copy.pk}/").content.decode()
    copy.refresh_from_db()
    assert packs.check(runs_home, which=copy.pack) == ()
    other = as_role(Role.SERVICE_MANAGER, authority=990)
    late = other.post(address, sent(version=1, value="7", reason="My own long reason"))
    assert late.status_code == 409
    assert "My own long reason" in late.content.decode()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert changed(head, copy, value="6", reason="Again").status_code == 302
    copy.refresh_from_db()
    assert packs.own(runs_home) == {copy.pack}


def test_an_adopted_scheme_does_not_diverge_its_clone_does_and_the_clones_clone_goes_on_from_there(
    sandmouth: DeskRun, scheme: Scheme, head: Client, runs_home: Path, as_role: Callable[..., Client]
) -> None:
    by = _actor_of(head)
    assert head.get(f"/decisions/schemes/{scheme.pk}/values/strand_swing/").status_code == 404
    assert "Clone it to change one" in head.get(f"/decisions/schemes/{scheme.pk}/values/").content.decode()
    about = value_named(values_of(by, scheme), "strand_swing")
    with pytest.raises(NotADraft):
        actions.amend(
            by=by, scheme_pk=scheme.pk, version=scheme.version, change=Change(about=about, value=5.0, reason="Why not")
        )
    copy = cloned(head, scheme)
    changed(head, copy, value="5", reason="Ours")
    copy.refresh_from_db()
    elsewhere = as_role(Role.HEAD_OF_SERVICE, authority=991)
    for path in ("", "values/", "values/strand_swing/", "clone/", "adopt/"):
        assert elsewhere.get(f"/decisions/schemes/{copy.pk}/{path}").status_code == 404
    assert copy.pack not in dict(pack_choices(actor_for(User.objects.get(pk=elsewhere.session["_auth_user_id"]))))
    assert copy.pack in dict(pack_choices(by))
    head.post(f"/decisions/schemes/{copy.pk}/clone/", sent(version=copy.version, title="2 Again!"))
    again = Scheme.objects.get(title="2 Again!")
    assert again.pack == copy.pack
    changed(head, again, value="8", reason="Ours again")
    again.refresh_from_db()
    assert again.base == copy.pack
    values = packs.read(runs_home, which=again.pack).parameters["strand_swing"].values
    assert [version.value for version in values] == [8]
    assert "figures as at" in words(head.get(f"/decisions/schemes/{again.pk}/try/").content.decode())
