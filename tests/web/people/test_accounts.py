"""Accounts come by invitation, sign-ins are recorded and limited, sessions end and keep what was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from strandline.kernel.errors import UserError
from strandline.web.audit.models import AuditRow, Submission
from strandline.web.config.serving import Invited, invite_head
from strandline.web.people.actions import accept
from strandline.web.people.models import Assignment, Draft, Invitation, User
from strandline.web.people.roles import Role
from strandline.web.schools.models import School

pytestmark = pytest.mark.django_db
PASSWORD = "tide-line-2026"


@pytest.fixture
def head(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.HEAD_OF_SERVICE)


def key_in(page: str) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', page)[1]


def invite(client: Client, **changed: str) -> None:
    form = {"name": "Ola Reader", "email": "ola@example.org", "role": "officer"} | changed
    response = client.post("/people/invite/", form)
    assert response.status_code == 302, response.content.decode()


def test_nobody_opens_an_account_alone() -> None:
    page = Client().get("/account/signup/")
    assert "made by invitation" in page.content.decode()
    Client().post("/account/signup/", {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


def test_an_invited_person_makes_an_account_and_signs_in(
    head: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invite(head)
    address = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    shown = head.get("/people/").content.decode()
    assert address in shown
    assert address not in head.get("/people/").content.decode(), "the address is shown once"
    guest = Client()
    assert "Ola Reader" in guest.get(address).content.decode()
    weak = guest.post(address, {"password": "short", "again": "short"})
    assert weak.status_code == 200
    assert "too short" in weak.content.decode()
    assert guest.post(address, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert guest.get(address).status_code == 404, "an invitation opens once"
    signed_in = guest.post("/account/login/", {"login": "OLA@example.org", "password": PASSWORD})
    assert signed_in.status_code == 302
    assert guest.get("/people/me/").status_code == 200
    assert "Successfully signed in" not in guest.get("/").content.decode(), "nothing stands before the front page"
    assert [row.action for row in AuditRow.objects.order_by("pk")] == [
        "people.invited",
        "people.invitation_accepted",
        "people.signed_in",
    ]


def test_the_secret_of_an_invitation_is_kept_nowhere(head: Client) -> None:
    invite(head)
    address = head.get("/people/").content.decode()
    secret = re.search(r"/people/invitation/([^/]+)/", address)[1]
    invitation = Invitation.objects.get()
    assert secret not in str(vars(invitation))
    assert secret not in str([vars(row) for row in AuditRow.objects.all()])


@pytest.mark.parametrize(
    ("email", "name", "said"), [("nonsense", "Ola", "not an e-mail address"), ("o@example.org", " ", "no name")]
)
def test_nobody_is_invited_without_a_name_or_an_address(email: str, name: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        invite_head(email=email, name=name, authority=850, council="", address="http://127.0.0.1:8000/")
    assert not Invitation.objects.exists()


def test_of_several_invitations_of_a_head_of_service_only_the_last_opens_anything() -> None:
    def invited(email: str) -> Invited:
        return invite_head(email=email, name="Ola", authority=850, council="", address="http://127.0.0.1:8000/")

    first, other, again = (invited(each) for each in ("o@example.org", "p@example.org", "O@example.org"))
    assert [each.replaced for each in (first, other, again)] == [0, 0, 1]
    told = [Client().get(each.address.partition(":8000")[2]).status_code for each in (first, other, again)]
    assert told == [404, 200, 200]
    assert AuditRow.objects.filter(action="people.invitation_withdrawn", authority=850).count() == 1
    accept(token=again.address.rstrip("/").rpartition("/")[2], password="tide-line-2026")
    with pytest.raises(UserError, match="head of service of authority 850 already"):
        invited("o@example.org")


def test_an_old_or_withdrawn_invitation_opens_nothing(head: Client) -> None:
    invite(head)
    address = re.search(r"/people/invitation/[^/]+/", head.get("/people/").content.decode())[0]
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(address).status_code == 404
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert Client().get(address).status_code == 200
    head.post(f"/people/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert Client().get(address).status_code == 404


def test_a_head_teacher_is_not_invited_without_a_school(head: Client) -> None:
    answer = head.post("/people/invite/", {"name": "H", "email": "h@example.org", "role": "head_teacher"})
    assert "Enter the URN of the school" in answer.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"role": "head_teacher", "school_urn": "999999"}, "No school of this authority has the URN 999999"),
        ({"role": "governor", "school_urn": "100004"}, "No school of this authority has the URN 100004"),
        ({"role": "trust", "cluster": "9999"}, "No school of this authority has a trust of the number “9999”"),
        ({"role": "diocese", "cluster": "Elsewhere"}, "has a diocese of the name “Elsewhere”"),
        ({"role": "consortium_lead", "cluster": "South"}, "has a consortium of the name “South”"),
    ],
)
def test_a_reach_in_which_the_authority_has_no_school_is_refused_in_words(
    head: Client, person: Callable, asked: dict[str, str], said: str
) -> None:
    School.objects.create(urn=100_004, name="Dell Infants", la=851, diocese="Elsewhere", sector="primary")
    answer = head.post("/people/invite/", {"name": "H", "email": "h@example.org"} | asked)
    assert said in answer.content.decode()
    assert not Invitation.objects.exists()
    today = timezone.localdate()
    day = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    user = person(Role.OFFICER)
    path = f"/people/{user.pk}/assign/"
    assert said in head.post(path, asked | day).content.decode()
    assert user.assignments.count() == 1


def test_a_reach_that_is_there_is_kept_as_its_schools_have_it(head: Client) -> None:
    School.objects.create(
        urn=100_001,
        name="Ash",
        la=850,
        trust_uid="5001",
        diocese="Diocese of Tide",
        consortium="North",
        sector="primary",
    )
    for number, asked in enumerate(
        (
            {"role": "head_teacher", "school_urn": "100001"},
            {"role": "trust", "cluster": "5001"},
            {"role": "diocese", "cluster": "diocese of tide"},
            {"role": "consortium_lead", "cluster": "north"},
        )
    ):
        invite(head, email=f"{number}@example.org", **asked)
    assert set(Invitation.objects.values_list("cluster", flat=True)) == {"", "5001", "Diocese of Tide", "North"}


def test_five_wrong_passwords_lock_the_account_for_a_while(person: Callable) -> None:
    user = person(Role.OFFICER)
    client = Client()
    for _ in range(5):
        client.post("/account/login/", {"login": user.email, "password": "wrong-wrong-wrong"})
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code in (200, 429)
    assert not client.session.get("_auth_user_id")
    assert AuditRow.objects.filter(action="people.sign_in_failed", subject_id=str(user.pk)).count() == 5


def test_a_person_whose_sign_in_was_stopped_is_out_at_once(head: Client, as_role: Callable[..., Client]) -> None:
    officer = as_role(Role.OFFICER)
    user = User.objects.get(name="Officer")
    assert officer.get("/people/me/").status_code == 200
    head.post(f"/people/{user.pk}/sign-in/", {"version": user.version, "reason": "left"})
    assert officer.get("/people/me/").status_code == 302
    answer = Client().post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert "inactive" in answer.url


def test_a_person_of_two_authorities_chooses_which_they_work_in(
    person: Callable, as_role: Callable[..., Client]
) -> None:
    other = person(Role.ANALYST, authority=851)
    client = as_role(Role.OFFICER)
    own = User.objects.get(pk=client.session["_auth_user_id"])
    Assignment.objects.filter(user=other).update(user=own)
    for wanted, opens in (("851", 403), ("850", 200), ("852", 200), ("²", 200), ("9" * 5_000, 200)):
        assert client.post("/people/me/authority/", {"authority": wanted}).status_code == 302
        assert client.get("/officers/tasks/").status_code == opens, wanted[:9]


def test_the_last_head_of_service_stays(head: Client) -> None:
    row = Assignment.objects.get(role="head_of_service")
    form = {"on_day": "1", "on_month": "9", "on_year": "2027", "reason": "moving", "version": row.version}
    answer = head.post(f"/people/assignments/{row.pk}/end/", form)
    assert answer.status_code == 422
    assert "last head of service" in answer.content.decode()
    assert "moving" in answer.content.decode(), "the text is not lost"
    row.refresh_from_db()
    assert row.ends_on is None


def test_a_session_ends_after_an_idle_hour_and_the_text_is_kept(head: Client) -> None:
    head.get("/people/me/")
    session = head.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=61)).timestamp()
    session.save()
    text = "Pounds £, <b>angles</b> & “quotes” " * 200
    form = {"name": text[:140], "email": "ola@example.org", "role": "officer", "note": text}
    answer = head.post("/people/invite/", form)
    assert answer.status_code == 302
    assert "/account/login/?next=/people/kept/" in answer.url
    assert not Invitation.objects.exists()
    draft = Draft.objects.get()
    user = User.objects.get(name="Head of service")
    assert draft.user == user
    signed_in = head.post(
        "/account/login/", {"login": user.email, "password": PASSWORD, "next": f"/people/kept/{draft.pk}/"}
    )
    assert signed_in.url == f"/people/kept/{draft.pk}/"
    page = head.get(signed_in.url)
    assert page.status_code == 200
    assert dict(page.context["draft"].fields)["note"] == text
    head.post("/people/invite/", dict(draft.fields))
    assert Invitation.objects.get().email == "ola@example.org"


def test_a_kept_text_is_shown_to_its_writer_only(person: Callable, as_role: Callable[..., Client]) -> None:
    writer = person(Role.HEAD_OF_SERVICE)
    draft = Draft.objects.create(user=writer, path="/people/invite/", fields=[["note", "mine"]])
    assert as_role(Role.SERVICE_MANAGER).get(f"/people/kept/{draft.pk}/").status_code == 404


def test_passwords_are_never_kept_as_text(head: Client) -> None:
    head.get("/people/me/")
    head.session.flush()
    head.post("/people/invite/", {"name": "x", "password": "secret-secret", "new_password": "y"})
    assert [dict(draft.fields) for draft in Draft.objects.all()] == [{"name": "x"}]


def test_a_form_sent_twice_does_its_work_once(head: Client) -> None:
    key = key_in(head.get("/people/invite/").content.decode())
    form = {"name": "Ola Reader", "email": "ola@example.org", "role": "officer", "form_key": key}
    first = head.post("/people/invite/", form)
    second = head.post("/people/invite/", form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == first.url
    assert Invitation.objects.count() == 1
    assert Submission.objects.get().location == "/people/"


def test_a_form_with_errors_keeps_its_key_for_the_sending_that_counts(head: Client) -> None:
    key = key_in(head.get("/people/invite/").content.decode())
    form = {"name": "Ola Reader", "email": "no address", "role": "officer", "form_key": key}
    page = head.post("/people/invite/", form)
    assert key_in(page.content.decode()) == key
    assert head.post("/people/invite/", form | {"email": "ola@example.org"}).status_code == 302
    assert Invitation.objects.count() == 1


def test_the_second_of_two_who_end_a_role_is_told_and_keeps_their_text(
    head: Client, person: Callable, as_role: Callable[..., Client]
) -> None:
    other = as_role(Role.HEAD_OF_SERVICE, email="other@example.org")
    officer = person(Role.OFFICER)
    row = Assignment.objects.get(user=officer)
    form = {"on_day": "1", "on_month": "9", "on_year": "2027", "reason": "left in summer", "version": row.version}
    address = f"/people/assignments/{row.pk}/end/"
    assert head.post(address, form).status_code == 302
    answer = other.post(address, form | {"reason": "my own reason, long and good", "on_day": "2"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "changed this record after you opened it" in text
    assert "left in summer" in text
    assert "my own reason, long and good" in text
    assert "2 September 2027" in text
    assert "On month" not in text
    row.refresh_from_db()
    assert row.version == 2


def test_a_form_opened_before_signing_in_again_elsewhere_is_kept(head: Client, person: Callable) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = head.cookies
    form = {"name": "typed at length"}
    refused = strict.post("/people/invite/", form)
    assert refused.status_code == 403, "a form from elsewhere is refused"
    kept = strict.post("/people/invite/", form, headers={"Sec-Fetch-Site": "same-origin"})
    assert kept.status_code == 302
    assert Draft.objects.get().fields == [["name", "typed at length"]]


def test_the_answer_carries_the_security_headers() -> None:
    headers = Client().get("/account/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'self'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_organisations_to_choose_from_are_those_of_ones_own_authority(head: Client) -> None:
    from fakes.permission_rows import Side, desk_models, fill

    side = Side(code=991, mark="Elsewhere", urn=7_000_002)
    for model in desk_models():
        fill(model, side)
    page = head.get("/people/invite/").content.decode()
    assert "Northwold Council" in page
    assert "Elsewhere" not in page
