"""Past lists, pages and letters, as they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.test import Client

from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Given, Settlement
from strandline.web.decisions.models import DeskRun, EvidenceSource, Kind, LetterFile, Proposal, Scheme
from strandline.web.people.models import User
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

EVIDENCE = (Given(source=EvidenceSource.OFFICER, statement="Visits"),)
PRINTED = re.compile(rb'<time class="desk-printed".*?</time>', re.DOTALL)
OF_THE_FORM = re.compile(rb'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"')


def main(reader: User, address: str) -> bytes:
    """What a page says: its main part, without the time at which it was printed and the secrets of forms."""
    client = Client()
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(address)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not answer["Content-Type"].startswith("text/html"):
        return bytes(content)
    found = re.search(rb"<main.*?</main>", content, re.DOTALL)
    assert found
    return OF_THE_FORM.sub(b"", PRINTED.sub(b"", found.group()))


def test_a_year_later_past_lists_pages_and_letters_are_the_same_byte_for_byte(
    sandmouth: DeskRun,
    scheme: Scheme,
    proposal: Proposal,
    officer: Actor,
    head_of_service: Actor,
    actor: Callable[..., Actor],
    person: Callable[..., User],
    today: Callable[..., None],
) -> None:
    """Acceptance 7, by twelve months of history: agree, publish, reply, answer, challenge, settle, override, lapse."""
    reader = person(Role.SERVICE_MANAGER, authority=990)
    head = actor(Role.HEAD_TEACHER, authority=990, school_urn=proposal.urn)
    start = scheme.starts_on

    def on(months: int, day: int = 0) -> date:
        from datetime import timedelta

        return start + timedelta(days=months * 30 + day)

    def decided(settlement: Settlement) -> int:
        proposal.refresh_from_db()
        made = actions.decide(by=officer, proposal_pk=proposal.pk, version=proposal.version, settlement=settlement)
        if made.state == "proposed":
            made = actions.approve(by=head_of_service, decision_pk=made.pk, version=made.version)
        return actions.publish(by=head_of_service, decisions=[made.pk])[0].pk

    seen: dict[str, bytes] = {}

    def look(day: date) -> None:
        for address in (
            f"/decisions/schools/{proposal.urn}/?as_at={day}",
            f"/decisions/?as_at={day}",
            f"/decisions/appendix/?as_at={day}",
            f"/decisions/counts/?as_at={day}",
            f"/decisions/fairness/?as_at={day}",
            f"/decisions/appendix/schools.csv?as_at={day}",
            f"/schools/?as_at={day}&q={proposal.urn}",
            f"/schools/?as_at={day}&per=100",
            f"/schools/export.csv?as_at={day}",
            f"/schools/{proposal.urn}/?as_at={day}",
            f"/schools/{proposal.urn}/history/?as_at={day}",
        ):
            seen[address] = main(reader, address)

    today(on(1))
    first = decided(Settlement(kind=Kind.AGREED))
    actions.make_letters(by=head_of_service, decisions=[first])
    today(on(1, 1))
    look(on(1))
    answered = actions.reply(by=head, decision_pk=first, view="inaccurate", text="31, not 32")
    challenged = actions.challenge(by=head, decision_pk=first, grounds="One cohort")
    today(on(1, 2))
    look(on(1, 1))
    actions.answer(by=officer, reply_pk=answered.pk, version=1, text="The register says 32")
    today(on(2))
    actions.settle(by=head_of_service, challenge_pk=challenged.pk, version=1, outcome="upheld", reason="Agreed")
    ends = on(8)
    override = Settlement(
        kind=Kind.OVERRIDDEN, category="great", reason="As settled", evidence=EVIDENCE, expires_on=ends
    )
    second = decided(override)
    actions.make_letters(by=head_of_service, decisions=[second])
    today(on(3))
    look(on(2))
    look(on(2, 15))
    today(on(9))
    actions.lapse_overrides()
    look(on(8))
    look(on(8, 1))
    letters = {
        f"/decisions/letters/{file.letter_id}/{file.format}/": bytes(file.content) for file in LetterFile.objects.all()
    }
    today(on(11))
    decided(Settlement(kind=Kind.AGREED))
    today(on(12))
    assert len(seen) == 66
    for address, then in seen.items():
        assert main(reader, address) == then, address
    assert len(letters) == 8
    for address, content in letters.items():
        assert main(reader, address) == content, address
    assert b"being considered" in seen[f"/decisions/schools/{proposal.urn}/?as_at={on(1, 1)}"]
    lapsed = seen[f"/decisions/schools/{proposal.urn}/?as_at={on(8, 1)}"]
    assert b"The override to strand great" in lapsed
    assert b"counts no more" in lapsed


def test_a_letter_made_again_from_the_same_decision_is_the_same_letter(
    proposal: Proposal, officer: Actor, head_of_service: Actor
) -> None:
    from strandline.runs.letters import category_letter
    from strandline.web.decisions.models.correspondence import Recipient
    from strandline.web.decisions.presenters.letters import letter_of

    made = actions.decide(by=officer, proposal_pk=proposal.pk, version=1, settlement=Settlement(kind=Kind.AGREED))
    published = actions.publish(by=head_of_service, decisions=[made.pk])[0]
    actions.make_letters(by=head_of_service, decisions=[published.pk])
    for recipient in Recipient:
        again = category_letter(letter_of(published, recipient))
        kept = LetterFile.objects.filter(letter__decision=published, letter__recipient=recipient)
        assert {each.format: bytes(each.content) for each in kept} == again


def test_a_day_that_has_not_come_is_answered_by_a_sentence(sandmouth: DeskRun, as_role: Callable[..., Client]) -> None:
    client = as_role(Role.OFFICER, authority=990)
    for asked, said in (("2199-01-01", "1 January 2199 lies ahead"), ("yesterday", "“yesterday” is not a date")):
        answer = client.get("/decisions/", {"as_at": asked})
        assert answer.status_code == 422
        assert said in answer.content.decode()
