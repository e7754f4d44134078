"""Named officers: lists, one school, proposing, declaring, moving."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from strandline.web.officers import actions, queries
from strandline.web.officers.forms import (
    DeclareForm,
    EndForm,
    ProposeForm,
    ReallocateForm,
    ReasonForm,
    ReplyForm,
    SafeguardForm,
)
from strandline.web.officers.models import Allocation, AllocationState, Reallocation, SchoolView
from strandline.web.officers.presenters import allocations as shown
from strandline.web.officers.presenters import visiting as shown_visits
from strandline.web.officers.presenters import work as shown_work
from strandline.web.officers.queries import AskedOfficers
from strandline.web.people import scope
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of, whole_number
from strandline.web.people.roles import Level, Module
from strandline.web.schools.models import Contact, ContactBody, School

ROWS = 100
OUTSIDE = (ContactBody.INSPECTORATE, ContactBody.DEPARTMENT, ContactBody.OTHER)
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.OFFICERS, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """Every school and its named officer."""
    actor = actor_of(request)
    asked = _asked(request)
    page = Paginator(queries.schools_with_officers(by=actor, asked=asked), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "table": shown.schools_table(page.object_list, narrowed=bool(request.GET)),
        "people": queries.caseloads(by=actor),
        "asked": asked,
        "uncovered": queries.uncovered(by=actor),
        "may_act": actor.can(Module.OFFICERS, Level.ACTS),
        "works": actor.can(Module.SCHOOLS, Level.ACTS),
    }
    return render(request, "officers/index.html", context)


@require_safe
@permit(Module.OFFICERS, Level.SEES)
def uncovered(request: HttpRequest) -> HttpResponse:
    """The report of schools without a named officer (WAL-10)."""
    actor = actor_of(request)
    page = Paginator(queries.without_officer(by=actor), ROWS).get_page(request.GET.get("page"))
    table = shown.uncovered_table(page.object_list, may_act=actor.can(Module.OFFICERS, Level.ACTS))
    return render(request, "officers/uncovered.html", {"page": page, "table": table})


@require_safe
@permit(Module.OFFICERS, Level.SEES)
def caseloads(request: HttpRequest) -> HttpResponse:
    """How many schools each officer has."""
    table = shown.caseload_table(queries.caseloads(by=actor_of(request)))
    return render(request, "officers/caseloads.html", {"table": table})


@require_safe
@permit(Module.OFFICERS, Level.SEES)
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """Who works with a school, who comes from outside, what is to be done there."""
    actor = actor_of(request)
    row = _school(request, urn)
    rows = list(queries.history_of(by=actor, urn=urn))
    may_act = actor.can(Module.OFFICERS, Level.ACTS)
    today = timezone.localdate()
    contacts = Contact.objects.for_actor(actor).filter(school=urn, body__in=OUTSIDE, starts_on__lte=today)
    offered = shown.waiting(rows)
    context = {
        "school": row,
        "officer": shown.officer_rows(
            shown.current(rows), may_act=may_act, may_reply=actor.can(Module.LETTERS, Level.ACTS)
        ),
        "waiting": offered,
        "interest": offered is not None and offered.declaration is not None,
        "is_mine": offered is not None and offered.officer_id == actor.user.pk,
        "history": shown.history(rows, with_interests=may_act),
        "contacts": shown.contacts_table(contacts.exclude(ends_on__lt=today)),
        "may_act": may_act,
        "works": actor.can(Module.SCHOOLS, Level.ACTS),
        "standing": shown_visits.summary(queries.visit_standings(by=actor, schools=[row])[row.urn]),
    }
    if actor.is_of_the_service:
        context |= {
            "tasks": shown_work.tasks_table(
                queries.tasks(by=actor, urn=urn), with_school=False, may_act=actor.can(Module.SCHOOLS, Level.ACTS)
            ),
            "visits": shown_work.visits_table(
                queries.visits_of(by=actor, urn=urn), may_act=actor.can(Module.SCHOOLS, Level.ACTS)
            ),
            "inspections": shown_work.inspections_table(queries.inspections_of(by=actor, urn=urn)),
        }
    return render(request, "officers/school.html", context)


@page_and_form
@permit(Module.OFFICERS, Level.ACTS)
def propose(request: HttpRequest, urn: int) -> HttpResponse:
    """Propose a named officer."""
    actor = actor_of(request)
    row = _school(request, urn)
    form = ProposeForm(request.POST or None, people=queries.allocatable(actor))
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        made = actions.propose(
            by=actor, school=row, officer=kept["officer"], starts_on=kept["starts_on"], reason=kept["reason"]
        )
        _say(request, made)
        return redirect("officers:school", urn)
    return render(request, "officers/propose.html", {"form": form, "school": row})


@require_safe
@permit(Module.SCHOOLS, Level.ACTS)
def offers(request: HttpRequest) -> HttpResponse:
    """The schools that one is proposed for: declare before one is named."""
    actor = actor_of(request)
    with scope.everywhere("a person sees the schools that they are offered"):
        rows = list(queries.offered_to(actor.user, authority=actor.authority).filter(declaration__isnull=True))
    return render(request, "officers/offers.html", {"rows": rows, "table": shown.offers_table(rows)})


@require_POST
@permit(Module.SCHOOLS, Level.ACTS)
def declare_several(request: HttpRequest) -> HttpResponse:
    """Declare no conflict for all that are not ticked; the ticked are declared one by one."""
    offered = _numbers(request.POST.getlist("offered"))
    ticked = _numbers(request.POST.getlist("interest"))
    made = _or_404(lambda: actions.declare_none(by=actor_of(request), allocations=offered - ticked))
    if made:
        messages.success(request, f"Declared for {len(made)} {'school' if len(made) == 1 else 'schools'}: no conflict.")
    first = min(ticked & offered, default=None)
    return redirect("officers:declare", first) if first is not None else redirect("officers:offers")


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare one's interests about one school."""
    actor = actor_of(request)
    with scope.everywhere("a person sees the school that they are offered"):
        row = get_object_or_404(queries.offered_to(actor.user, authority=actor.authority), pk=pk)
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        made = actions.declare(by=actor, allocation_pk=pk, conflict=kept["conflict"] == "yes", nature=kept["nature"])
        confirmed = made.state == AllocationState.CONFIRMED
        messages.success(
            request,
            f"You are the named officer of {row.school.name} from {shown.day(row.starts_on)}."
            if confirmed
            else "Your interest is declared. A manager decides whether you are named.",
        )
        return redirect("officers:offers")
    return render(request, "officers/declare.html", {"form": form, "row": row})


@page_and_form
@permit(Module.OFFICERS, Level.ACTS)
def accept_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a declared interest with a safeguard."""
    actor = actor_of(request)
    row = _allocation(request, pk)
    if row.declaration is None or not row.declaration.conflict:
        raise Http404
    form = SafeguardForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        made = actions.accept_conflict(by=actor, allocation_pk=pk, version=kept["version"], safeguard=kept["safeguard"])
        _say(request, made)
        return redirect("officers:school", row.school_id)
    return render(request, "officers/accept_interest.html", {"form": form, "row": row})


@page_and_form
@permit(Module.OFFICERS, Level.ACTS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a proposal."""
    row = _allocation(request, pk)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.withdraw(by=actor_of(request), allocation_pk=pk, version=kept["version"], reason=kept["reason"])
        messages.success(request, "The proposal is withdrawn. The officer before stays.")
        return redirect("officers:school", row.school_id)
    return render(request, "officers/withdraw.html", {"form": form, "row": row})


@page_and_form
@permit(Module.OFFICERS, Level.ACTS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an officer's time with a school."""
    row = _allocation(request, pk)
    form = EndForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.end(
            by=actor_of(request), allocation_pk=pk, version=kept["version"], on=kept["on"], reason=kept["reason"]
        )
        messages.success(request, "It is ended. Name another officer from the day after.")
        return redirect("officers:school", row.school_id)
    return render(request, "officers/end.html", {"form": form, "row": row})


@page_and_form
@permit(Module.LETTERS, Level.ACTS)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The school's reply to its named officer: from the school itself, or noted by an officer."""
    actor = actor_of(request)
    row = _allocation(request, pk)
    if row.state == AllocationState.WITHDRAWN:
        raise Http404
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.reply(by=actor, allocation_pk=pk, view=SchoolView(kept["view"]), text=kept["text"])
        messages.success(request, "The reply is kept.")
        return redirect("officers:school", row.school_id)
    return render(request, "officers/reply.html", {"form": form, "row": row})


@page_and_form
@permit(Module.OFFICERS, Level.ACTS)
def reallocate(request: HttpRequest) -> HttpResponse:
    """Move several schools from a day."""
    actor = actor_of(request)
    asked = _asked(request)
    found = list(queries.schools_with_officers(by=actor, asked=asked))
    choices = shown.choices(found)
    form = ReallocateForm(request.POST or None, people=queries.allocatable(actor), schools=choices)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        chosen = set(kept["schools"])
        made = actions.reallocate(
            by=actor,
            schools=[each for each in found if str(each.urn) in chosen],
            officer=kept["officer"],
            effective_on=kept["effective_on"],
            reason=kept["reason"],
        )
        messages.success(request, f"{len(chosen)} schools are re-allocated, as far as declarations are in hand.")
        return redirect("officers:reallocation", made.pk)
    context = {"form": form, "people": queries.caseloads(by=actor), "asked": asked}
    return render(request, "officers/reallocate.html", context)


@require_safe
@permit(Module.OFFICERS, Level.ACTS)
def reallocation(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a re-allocation, school by school."""
    actor = actor_of(request)
    whole = get_object_or_404(Reallocation.objects.for_actor(actor).select_related("made_by"), pk=pk)
    rows = list(
        Allocation.objects.for_actor(actor)
        .filter(reallocation=whole)
        .select_related("school", "officer", "declaration")
        .order_by("school__name")
    )
    waiting = sum(row.state == AllocationState.PROPOSED for row in rows)
    context = {"whole": whole, "table": shown.moves_table(rows), "waiting": waiting, "count": len(rows)}
    return render(request, "officers/reallocation.html", context)


@require_POST
@permit(Module.OFFICERS, Level.ACTS)
def confirm_ready(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm those whose declarations have come in."""
    actor = actor_of(request)
    get_object_or_404(Reallocation.objects.for_actor(actor), pk=pk)
    made = actions.confirm_ready(by=actor, reallocation_pk=pk)
    messages.success(request, f"{len(made)} confirmed.")
    return redirect("officers:reallocation", pk)


def _asked(request: HttpRequest) -> AskedOfficers:
    officer = request.GET.get("officer", "")
    return AskedOfficers(
        officer=whole_number(officer),
        nobody=officer == "nobody",
        text=request.GET.get("q", "").replace("\x00", "").strip()[:100],
    )


def _numbers(values: Iterable[str]) -> set[int]:
    return {found for value in values if (found := whole_number(value)) is not None}


def _school(request: HttpRequest, urn: int) -> School:
    return get_object_or_404(School.objects.for_actor(actor_of(request)), urn=urn)


def _allocation(request: HttpRequest, pk: int) -> Allocation:
    rows = Allocation.objects.for_actor(actor_of(request)).select_related("school", "officer", "declaration")
    return get_object_or_404(rows, pk=pk)


def _say(request: HttpRequest, row: Allocation) -> None:
    if row.state == AllocationState.CONFIRMED:
        messages.success(request, f"{row.officer.name} is the named officer from {shown.day(row.starts_on)}.")
    else:
        messages.success(
            request, f"{row.officer.name} is proposed. They are named once they have declared their interests."
        )


def _or_404(action: Callable[[], tuple[Allocation, ...]]) -> tuple[Allocation, ...]:
    try:
        return action()
    except Allocation.DoesNotExist as error:
        raise Http404 from error
