"""The pages of the API: its description, its tokens."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from strandline.web.api import actions, presenters, queries
from strandline.web.api.forms import RevokeForm, TokenForm
from strandline.web.api.service import api
from strandline.web.people import reach
from strandline.web.people.permits import permit, public
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module

ROWS = 100
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@public("Says what may be asked; answers only to a token. Whoever writes the question may have no account.")
def docs(request: HttpRequest) -> HttpResponse:
    """What the API answers, in words."""
    context = {"endpoints": presenters.endpoints(api.get_openapi_schema()), "about": api.description}
    return render(request, "api/docs.html", context)


@require_safe
@public("The same for machines: no data stands in it.")
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The OpenAPI document."""
    return JsonResponse(api.get_openapi_schema())


@require_safe
@permit(Module.API, Level.ACTS)
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the authority."""
    page = Paginator(queries.tokens(actor_of(request)), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "table": presenters.tokens_table(page.object_list, on=timezone.localdate())}
    return render(request, "api/tokens.html", context)


@page_and_form
@permit(Module.API, Level.ACTS)
def make(request: HttpRequest) -> HttpResponse:
    """Make a token. The answer to the form is the only page that ever shows its secret."""
    form = TokenForm(request.POST if request.method == "POST" else None, maker=actor_of(request))
    if request.method == "POST" and form.is_valid():
        token, secret = actions.make(
            by=actor_of(request),
            name=form.cleaned_data["name"],
            wanted=form.wanted(),
            expires_on=form.cleaned_data["expires_on"],
        )
        context = {"token": token, "reach": reach.words(token), "secret": secret}
        answer = render(request, "api/made.html", context)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return render(request, "api/make.html", {"form": form})


@page_and_form
@permit(Module.API, Level.ACTS)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token now."""
    actor = actor_of(request)
    token = get_object_or_404(queries.tokens(actor), pk=pk)
    if request.method == "POST":
        form = RevokeForm(request.POST)
        if not form.is_valid():
            raise Http404
        actions.revoke(by=actor, token_pk=pk, version=form.cleaned_data["version"])
        messages.success(request, f"The token {token.name} opens nothing any more.")
        return redirect("api:tokens")
    context = {"token": token, "reach": reach.words(token)}
    return render(request, "api/revoke.html", context)
