"""The people pages."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from strandline.web.audit import presenters as audit_presenters
from strandline.web.audit import queries as audit_queries
from strandline.web.audit.actions import claim
from strandline.web.people import actions, presenters, queries
from strandline.web.people.forms import AcceptForm, AssignForm, EndForm, InviteForm, SignInForm
from strandline.web.people.models import Draft, Organisation
from strandline.web.people.permits import permit, public, signed_in
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor

ROWS = 100
SHOWN_ONCE = "invitation_address"
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@permit(Module.PEOPLE, Level.SEES)
def index(request: HttpRequest) -> HttpResponse:
    """Who may do what."""
    actor = actor_of(request)
    text, role = request.GET.get("q", "").replace("\x00", "").strip()[:100], request.GET.get("role", "")
    page = Paginator(queries.listed_people(actor, text=text, role=role), ROWS).get_page(request.GET.get("page"))
    people = [presenters.person_row(user) for user in page.object_list]
    invitations = [presenters.invitation_row(row) for row in queries.open_invitations(actor)]
    acts = actor.can(Module.PEOPLE, Level.ACTS)
    context = {
        "page": page,
        "people": presenters.people_table(people, narrowed=bool(text or role)),
        "invitations": presenters.invitations_table(invitations, may_act=acts) if invitations else None,
        "roles": presenters.role_choices(role),
        "text": text,
        "address": request.session.pop(SHOWN_ONCE, None),
    }
    return render(request, "people/index.html", context)


@page_and_form
@permit(Module.PEOPLE, Level.ACTS)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person."""
    actor = actor_of(request)
    form = InviteForm(request.POST or None, authority=actor.authority)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        invitation, token = actions.invite(
            by=actor,
            email=kept["email"],
            name=kept["name"],
            wanted=form.wanted(),
            authority=actor.authority,
            organisation=kept["organisation"] or _named_organisation(kept),
        )
        address = request.build_absolute_uri(reverse("people:accept", args=[token]))
        actions.send_invitation(invitation, address=address)
        request.session[SHOWN_ONCE] = {"name": invitation.name, "address": address}
        messages.success(request, f"{invitation.name} is invited.")
        return redirect("people:index")
    return render(request, "people/invite.html", {"form": form})


@page_and_form
@permit(Module.PEOPLE, Level.ACTS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    actor = actor_of(request)
    invitation = get_object_or_404(queries.open_invitations(actor), pk=pk)
    if request.method == "POST":
        actions.withdraw(by=actor, invitation=invitation)
        messages.success(request, f"The invitation of {invitation.name} is withdrawn.")
        return redirect("people:index")
    return render(request, "people/withdraw.html", {"invitation": presenters.invitation_row(invitation)})


@page_and_form
@public("Whoever was invited has no account yet; the secret in the address is the key.")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation."""
    try:
        invitation = actions.open_invitation(token)
    except actions.NotInvited as error:
        return render(request, "people/failures/refused.html", {"error": error}, status=404)
    own = bool(getattr(settings, "SOCIALACCOUNT_PROVIDERS", {})["openid_connect"]["APPS"])
    through_own = own and request.POST.get("with") == "own"
    form = AcceptForm(request.POST if request.method == "POST" and not through_own else None)
    if request.method == "POST" and (through_own or form.is_valid()):
        actions.accept(token=token, password=None if through_own else form.cleaned_data["password"])
        messages.success(request, "Your account is made. Sign in with it now.")
        return redirect("account_login")
    context = {"form": form, "invitation": presenters.invitation_row(invitation), "own": own}
    return render(request, "people/accept.html", context)


@require_safe
@permit(Module.PEOPLE, Level.SEES)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what they hold, held, and what was done about it."""
    actor = actor_of(request)
    user = get_object_or_404(queries.listed_people(actor), pk=pk)
    rows = audit_queries.rows_about_person(by=actor, user=user)
    shown = presenters.person_row(user)
    context = {
        "person": shown,
        "held": presenters.held_table(shown, may_act=actor.can(Module.PEOPLE, Level.ACTS)),
        "events": [audit_presenters.event(audit_presenters.line(row, reader=actor)) for row in rows],
    }
    return render(request, "people/person.html", context)


@page_and_form
@permit(Module.PEOPLE, Level.ACTS)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    actor = actor_of(request)
    user = get_object_or_404(queries.people_of(actor), pk=pk)
    form = AssignForm(request.POST or None, authority=actor.authority)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.assign(by=actor, user=user, wanted=form.wanted(), starts_on=kept["starts_on"], ends_on=kept["ends_on"])
        messages.success(request, f"{user.name} has the role.")
        return redirect("people:person", user.pk)
    return render(request, "people/assign.html", {"form": form, "person": presenters.person_row(user)})


@page_and_form
@permit(Module.PEOPLE, Level.ACTS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role."""
    actor = actor_of(request)
    assignment = get_object_or_404(queries.assignments_in(actor), pk=pk)
    form = EndForm(request.POST or None, initial={"version": assignment.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.end(by=actor, assignment=assignment, version=kept["version"], on=kept["on"], reason=kept["reason"])
        messages.success(request, "The role is ended.")
        return redirect("people:person", assignment.user_id)
    return render(request, "people/end.html", {"form": form, "held": presenters.held_row(assignment)})


@page_and_form
@permit(Module.PEOPLE, Level.ACTS)
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a person's sign-in, or allow it again."""
    actor = actor_of(request)
    user = get_object_or_404(queries.people_of(actor), pk=pk)
    form = SignInForm(request.POST or None, initial={"version": user.version})
    if request.method == "POST" and form.is_valid():
        version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
        if user.is_active:
            actions.stop_sign_in(by=actor, user=user, version=version, reason=reason)
        else:
            actions.allow_sign_in(by=actor, user=user, version=version)
        messages.success(request, f"{user.name}: done.")
        return redirect("people:person", user.pk)
    return render(request, "people/sign_in.html", {"form": form, "person": presenters.person_row(user)})


@require_safe
@signed_in("One's own account.")
def me(request: HttpRequest) -> HttpResponse:
    """One's own account: roles, password, second factor, authority."""
    actor = actor_of(request)
    context = {
        "held": [presenters.held_words(held) for held in actor.assignments],
        "authorities": queries.authorities_of(actor.user),
    }
    return render(request, "people/me.html", context)


@require_POST
@signed_in("One's own choice among one's own authorities.")
def switch(request: HttpRequest) -> HttpResponse:
    """Work in another of one's authorities."""
    actor = actor_of(request)
    wanted = request.POST.get("authority", "")
    if wanted in {str(code) for code, _ in queries.authorities_of(actor.user)}:
        request.session[queries.AUTHORITY_IN_SESSION] = int(wanted)
    return redirect("/")


@page_and_form
@signed_in("One's own text, kept when the session ended.")
def kept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was written when the session ended: send it now, or let it go."""
    draft = get_object_or_404(Draft, pk=pk, user=actor_of(request).user)
    if request.method == "POST":
        _let_go(actor_of(request), draft)
        messages.success(request, "The kept text is let go.")
        return redirect("/")
    return render(request, "people/kept.html", {"draft": draft, "shown": presenters.draft_fields(draft)})


@transaction.atomic
def _let_go(actor: Actor, draft: Draft) -> None:
    """Away with a kept text, once however often it is asked: no audit holds what nobody sent."""
    if actor.key:
        claim(actor)
    draft.delete()


def _named_organisation(kept: dict[str, str]) -> Organisation | None:
    if not kept["new_organisation"]:
        return None
    return actions.organisation_named(kept["new_organisation"], kind=kept["new_kind"])
