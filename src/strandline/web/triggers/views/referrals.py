"""Notifying a regulator: writing, sending, keeping the answer, and the list of what is open."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.schools.models import School
from strandline.web.triggers import queries, referring
from strandline.web.triggers.forms import AnswerForm, ReferralForm, SentForm
from strandline.web.triggers.models import Referral, Regulator
from strandline.web.triggers.powers import powers_of
from strandline.web.triggers.presenters import referrals as shown
from strandline.web.triggers.views.powers import outside_the_strategy

ROWS = 100
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
READS = ((Module.LETTERS, Level.SEES),)
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.TRIGGERS, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """The letters to regulators: open, overdue for answer, answered."""
    actor = actor_of(request)
    which = request.GET.get("which", "open")
    which = which if which in shown.WHICH else "open"
    page = Paginator(queries.referrals(by=actor, which=which), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "which": shown.WHICH[which],
        "tabs": shown.tabs(which, counts=queries.referral_counts(by=actor)),
        "table": shown.referrals_table(page.object_list, may_read=actor.can(Module.LETTERS, Level.SEES)),
    }
    return render(request, "triggers/referrals.html", context)


@page_and_form
@permit(Module.TRIGGERS, Level.ACTS)
def write(request: HttpRequest, urn: int) -> HttpResponse:
    """Write a letter about a school that the Act does not reach."""
    actor = actor_of(request)
    school = get_object_or_404(School.objects.for_actor(actor), urn=urn)
    today = timezone.localdate()
    if not referring.may_be_referred(school, on=today):
        raise Http404
    standing = powers_of(school, today)
    scope = outside_the_strategy(actor, urn=urn)
    department = referring.addressee(Regulator.DEPARTMENT, on=today)
    form = ReferralForm(
        request.POST or None,
        department=department[:1].upper() + department[1:],
        initial={"letter": shown.draft(school, standing, scope=scope)},
    )
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        made = referring.write(by=actor, school=school, regulator=Regulator(kept["regulator"]), letter=kept["letter"])
        messages.success(request, "The letter is kept. Note the day when it is sent.")
        return redirect("triggers:referral", made.pk)
    return render(request, "triggers/write_referral.html", {"form": form, "school": school, "standing": standing})


@require_safe
@permit(Module.TRIGGERS, Level.SEES, also=READS)
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter, and what came back."""
    actor = actor_of(request)
    row = _referral(request, pk)
    context = {
        "row": row,
        "tag": shown.tag_of(row),
        "summary": shown.summary(row),
        "may_act": actor.can(Module.TRIGGERS, Level.ACTS),
    }
    return render(request, "triggers/referral.html", context)


@page_and_form
@permit(Module.TRIGGERS, Level.ACTS, also=READS)
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a letter was sent."""
    row = _referral(request, pk)
    today = timezone.localdate()
    initial = {"version": row.version, "answer_due_on": referring.answer_expected(today)}
    form = SentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        referring.send(
            by=actor_of(request),
            referral_pk=pk,
            version=kept["version"],
            sent_on=kept["sent_on"],
            answer_due_on=kept["answer_due_on"],
        )
        messages.success(request, "The sending is noted.")
        return redirect("triggers:referral", pk)
    return render(request, "triggers/referral_sent.html", {"form": form, "row": row})


@page_and_form
@permit(Module.TRIGGERS, Level.ACTS, also=READS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the regulator answered."""
    row = _referral(request, pk)
    form = AnswerForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        referring.keep_answer(
            by=actor_of(request),
            referral_pk=pk,
            version=kept["version"],
            answered_on=kept["answered_on"],
            answer=kept["answer"],
        )
        messages.success(request, "The answer is kept.")
        return redirect("triggers:referral", pk)
    return render(request, "triggers/referral_answer.html", {"form": form, "row": row})


@require_safe
@permit(Module.TRIGGERS, Level.SEES, also=READS)
def letter(request: HttpRequest, pk: int, format_: str) -> HttpResponse:
    """The letter as Word or PDF."""
    if format_ not in TYPES:
        raise Http404
    row = _referral(request, pk)
    response = HttpResponse(referring.letter_files(row)[format_], content_type=TYPES[format_])
    name = f"concern-{row.school_id}-{row.sent_on or row.written_on}-{row.regulator}.{format_}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _referral(request: HttpRequest, pk: int) -> Referral:
    rows = Referral.objects.for_actor(actor_of(request)).select_related("school", "written_by", "answer_kept_by")
    return get_object_or_404(rows, pk=pk)
