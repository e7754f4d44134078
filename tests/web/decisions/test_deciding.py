"""Agreeing, overriding, judging, approving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from strandline.web.audit.models import AuditRow
from strandline.web.audit.versions import StaleRecord
from strandline.web.decisions import actions
from strandline.web.decisions.actions.deciding import Given, NotDecidable, NotYours, Settlement
from strandline.web.decisions.actions.schemes import SchemeLapsed, Ways, months_after
from strandline.web.decisions.models import Decision, DeskRun, EvidenceSource, Kind, Proposal, Scheme, State
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor

OVERRIDE = Settlement(
    kind=Kind.OVERRIDDEN,
    category="maximising",
    reason="A new head since January has steadied results",
    evidence=(Given(source=EvidenceSource.OFFICER, statement="Three visits this term"),),
)


def decide(by: Actor, proposal: Proposal, settlement: Settlement) -> Decision:
    proposal.refresh_from_db()
    return actions.decide(by=by, proposal_pk=proposal.pk, version=proposal.version, settlement=settlement)


def test_agreeing_with_the_rules_needs_no_second_person(officer: Actor, proposal: Proposal) -> None:
    made = decide(officer, proposal, Settlement(kind=Kind.AGREED))
    assert (made.state, made.category, made.approved_by_id) == (State.APPROVED, "inconsistent", officer.user.pk)


def test_an_override_keeps_its_reason_its_typed_evidence_and_its_end(officer: Actor, proposal: Proposal) -> None:
    made = decide(officer, proposal, OVERRIDE)
    assert made.state == State.PROPOSED
    assert made.expires_on == months_after(timezone.localdate(), 12)
    assert [(each.source, each.statement) for each in made.evidence.all()] == [("officer", "Three visits this term")]


@pytest.mark.parametrize("kind", [Kind.OVERRIDDEN, Kind.JUDGED])
def test_a_departure_without_a_reason_is_refused_by_the_database_itself(
    officer: Actor, proposal: Proposal, scheme: Scheme, kind: Kind
) -> None:
    with pytest.raises(IntegrityError, match="decision_departure_has_reason"), transaction.atomic():
        Decision.objects.create(
            school=proposal.school, scheme=scheme, proposal=proposal, kind=kind, category="great", label="Great",
            place=5, reason="", expires_on=date(2030, 1, 1), proposed_by=officer.user,
        )  # fmt: skip


def test_an_override_without_evidence_is_refused(officer: Actor, proposal: Proposal) -> None:
    bare = Settlement(kind=Kind.OVERRIDDEN, category="great", reason="Because")
    with pytest.raises(NotDecidable, match="rests on evidence"):
        decide(officer, proposal, bare)


def test_whoever_proposed_an_override_cannot_approve_it(officer: Actor, proposal: Proposal) -> None:
    made = decide(officer, proposal, OVERRIDE)
    with pytest.raises(NotYours):
        actions.approve(by=officer, decision_pk=made.pk, version=made.version)
    with pytest.raises(IntegrityError, match="decision_approved_by_another"), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(
            state=State.APPROVED, approved_by=officer.user, approved_at=timezone.now()
        )


def test_a_colleague_approves_it(officer: Actor, head_of_service: Actor, proposal: Proposal) -> None:
    made = decide(officer, proposal, OVERRIDE)
    assert actions.approve(by=head_of_service, decision_pk=made.pk, version=made.version).state == State.APPROVED


def test_where_the_authority_says_so_one_person_is_enough(
    officer: Actor, head_of_service: Actor, proposal: Proposal, scheme: Scheme
) -> None:
    actions.change(by=head_of_service, scheme_pk=scheme.pk, version=scheme.version, ways=Ways(second_person="never"))
    assert decide(officer, proposal, OVERRIDE).state == State.APPROVED


def test_where_the_authority_says_so_even_agreement_wants_a_second_person(
    officer: Actor, head_of_service: Actor, proposal: Proposal, scheme: Scheme
) -> None:
    actions.change(by=head_of_service, scheme_pk=scheme.pk, version=scheme.version, ways=Ways(second_person="every"))
    assert decide(officer, proposal, Settlement(kind=Kind.AGREED)).state == State.PROPOSED


def test_the_second_of_two_officers_is_told_who_was_first(
    officer: Actor, proposal: Proposal, actor: Callable[..., Actor]
) -> None:
    colleague = actor(Role.SERVICE_MANAGER, authority=990)
    decide(officer, proposal, OVERRIDE)
    with pytest.raises(StaleRecord):
        actions.decide(by=colleague, proposal_pk=proposal.pk, version=1, settlement=Settlement(kind=Kind.AGREED))


def test_an_undecided_school_is_settled_by_judgement_only(ardenshire: DeskRun, actor: Callable[..., Actor]) -> None:
    officer = actor(Role.OFFICER, authority=991)
    undecided = Proposal.objects.filter(run=ardenshire, state="undecided").first()
    assert undecided is not None
    with pytest.raises(NotDecidable):
        decide(officer, undecided, Settlement(kind=Kind.AGREED))
    evidence = (Given(source=EvidenceSource.SCHOOL_DATA, statement="The school's own tracking"),)
    judged = Settlement(kind=Kind.JUDGED, category="3B", reason="Improving on every measure", evidence=evidence)
    assert decide(officer, undecided, judged).state == State.PROPOSED


def test_a_scheme_that_nobody_renewed_decides_nothing(
    officer: Actor, head_of_service: Actor, proposal: Proposal, scheme: Scheme, today: Callable[..., None]
) -> None:
    lapsing = scheme.expires_on + timedelta(days=1)
    today(lapsing)
    with pytest.raises(SchemeLapsed, match="nobody has renewed it"):
        decide(officer, proposal, Settlement(kind=Kind.AGREED))
    actions.renew(by=head_of_service, scheme_pk=scheme.pk, version=scheme.version, evaluation="It found them early")
    assert decide(officer, proposal, Settlement(kind=Kind.AGREED)).state == State.APPROVED


def test_a_scheme_expires_twelve_months_after_its_adoption(scheme: Scheme) -> None:
    assert scheme.expires_on == months_after(scheme.starts_on, 12) - timedelta(days=1)


def test_agreeing_with_many_at_once_settles_each_with_its_own_audit_row(officer: Actor, sandmouth: DeskRun) -> None:
    chosen = list(Proposal.objects.filter(run=sandmouth).values_list("pk", flat=True)[:20])
    made = actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=chosen)
    assert len(made) == 20
    assert AuditRow.objects.filter(action="decisions.agreed").count() == 20
    assert actions.agree_all(by=officer, run_pk=sandmouth.pk, proposals=chosen) == ()


def test_no_decision_is_kept_where_its_audit_row_cannot_be(
    officer: Actor, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("strandline.web.audit.record", broken)
    with pytest.raises(RuntimeError):
        decide(officer, proposal, Settlement(kind=Kind.AGREED))
    assert not Decision.objects.exists()


def test_a_returned_decision_is_in_the_queue_again(
    officer: Actor, head_of_service: Actor, proposal: Proposal, sandmouth: DeskRun
) -> None:
    from strandline.web.decisions.queries.queue import to_agree

    made = decide(officer, proposal, OVERRIDE)
    assert proposal not in to_agree(officer, sandmouth)
    actions.return_to_proposer(
        by=head_of_service, decision_pk=made.pk, version=made.version, reason="Say which results"
    )
    assert proposal in to_agree(officer, sandmouth)
