"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from strandline.web.home import pages
from strandline.web.people.permits import permit, signed_in
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module


@require_safe
@signed_in("Each person's own front page: what their roles let them see, and nothing else.")
def index(request: HttpRequest) -> HttpResponse:
    """What a person sees first: the page of their first role, or of the one they ask for."""
    actor = actor_of(request)
    named = request.GET.get("role", "")
    role = next((each for each in actor.roles if each.value == named), actor.role)
    template, context = pages.page_of(actor, role, on=timezone.localdate())
    return render(request, template, context)


@require_safe
@permit(Module.MODERATION, Level.SEES)
def attention(request: HttpRequest) -> HttpResponse:
    """Every school that wants attention, with every reason."""
    return render(request, "home/attention.html", pages.everything(actor_of(request), on=timezone.localdate()))
