"""Drafting, changing, approving, publishing; the consultation log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of
from strandline.web.people.roles import Level, Module
from strandline.web.strategies import actions, queries
from strandline.web.strategies.forms import (
    AnswerForm,
    ApproveForm,
    CommentForm,
    DraftForm,
    OutlineForm,
    PlanForm,
    ReasonForm,
)
from strandline.web.strategies.models import Comment, Group, LinkedPlan, PlanKind, StrategyVersion
from strandline.web.strategies.views.asked import seen, strategy

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@page_and_form
@permit(Module.RUNS, Level.ACTS)
def draft(request: HttpRequest) -> HttpResponse:
    """Draft the next version from a pack."""
    form = DraftForm(_posted(request), packs=queries.pack_choices())
    if _sent(request, form):
        row = actions.draft(by=actor_of(request), pack=form.cleaned_data["pack"])
        messages.success(request, f"{row} is drafted. Complete it, then have it approved.")
        return redirect("strategies:version", row.pk)
    return _form(request, form, title="Draft a version", button="Draft it")


@page_and_form
@permit(Module.RUNS, Level.ACTS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the authority says of a draft."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    names = ("title", "period_from", "period_until", "summary", "statement")
    form = OutlineForm(_posted(request), initial={name: getattr(row, name) for name in names})
    if _sent(request, form):
        actions.change(by=actor, strategy_pk=pk, version=seen(request, row), outline=form.outline())
        messages.success(request, "The draft is changed.")
        return redirect("strategies:version", pk)
    return _form(request, form, row, title=f"Change {row}", button="Save")


@page_and_form
@permit(Module.RUNS, Level.ACTS)
def take_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the pack of a draft again as it stands now."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    form = forms.Form(_posted(request))
    if _sent(request, form):
        actions.take_again(by=actor, strategy_pk=pk, version=seen(request, row))
        messages.success(request, "The draft holds the pack as it stands now.")
        return redirect("strategies:version", pk)
    text = "The rules, the offer and the lists of the draft are replaced by those of the pack as it stands now."
    return _form(request, form, row, title="Take the pack again", button="Take it", text=text)


@page_and_form
@permit(Module.RUNS, Level.ACTS)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a draft to a plan that it serves, or to a strategy beside it."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    form = PlanForm(_posted(request))
    if _sent(request, form):
        kept = form.cleaned_data
        actions.link(
            by=actor,
            strategy_pk=pk,
            kind=PlanKind(kept["kind"]),
            title=kept["title"],
            address=kept["address"],
            how=kept["how"],
        )
        messages.success(request, f"{kept['title']} is linked.")
        return redirect("strategies:version", pk)
    return _form(request, form, row, title="Link a plan or a strategy", button="Link it", seen=None)


@page_and_form
@permit(Module.RUNS, Level.ACTS)
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link off a draft."""
    actor = actor_of(request)
    plan = get_object_or_404(LinkedPlan.objects.for_actor(actor).select_related("strategy"), pk=pk)
    form = forms.Form(_posted(request))
    if _sent(request, form):
        actions.unlink(by=actor, plan_pk=pk)
        messages.success(request, f"The link to {plan.title} is taken off.")
        return redirect("strategies:version", plan.strategy_id)
    title = f"Take off the link to {plan.title}"
    return _form(request, form, plan.strategy, title=title, button="Take it off", seen=None)


@page_and_form
@permit(Module.PUBLICATION, Level.ACTS)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the approval of a draft."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    form = ApproveForm(_posted(request), initial={"approved_on": timezone.localdate()})
    if _sent(request, form):
        kept = form.cleaned_data
        actions.approve(
            by=actor,
            strategy_pk=pk,
            version=seen(request, row),
            approved_on=kept["approved_on"],
            where=kept["where"],
        )
        messages.success(request, f"The approval of {row} is recorded. It can be published now.")
        return redirect("strategies:version", pk)
    return _form(request, form, row, title=f"Record the approval of {row}", button="Record the approval")


@page_and_form
@permit(Module.PUBLICATION, Level.ACTS)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft again of what was approved and not published."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    form = ReasonForm(_posted(request))
    if _sent(request, form):
        actions.send_back(by=actor, strategy_pk=pk, version=seen(request, row), reason=form.cleaned_data["reason"])
        messages.success(request, f"{row} is a draft again.")
        return redirect("strategies:version", pk)
    return _form(request, form, row, title=f"Send {row} back", button="Send it back")


@page_and_form
@permit(Module.PUBLICATION, Level.ACTS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish an approved version to every school."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    form = forms.Form(_posted(request))
    if _sent(request, form):
        actions.publish(by=actor, strategy_pk=pk, version=seen(request, row))
        messages.success(request, f"{row} is published to the schools.")
        return redirect("strategies:receipts", pk)
    text = (
        "Every open school of the authority receives it today, and those of its people who have an account are told by "
        "e-mail. It never changes afterwards: a later version supersedes it."
    )
    return _form(request, form, row, title=f"Publish {row}", button="Publish it to the schools", text=text)


@page_and_form
@permit(Module.RUNS, Level.ACTS)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Log what a group said."""
    actor = actor_of(request)
    row = strategy(actor, pk)
    form = CommentForm(_posted(request))
    if _sent(request, form):
        kept = form.cleaned_data
        actions.log_comment(
            by=actor,
            strategy_pk=pk,
            group=Group(kept["group"]),
            said=kept["said"],
            heard_on=kept["heard_on"],
            heard_where=kept["heard_where"],
        )
        messages.success(request, "It is in the log. Say what was done about it when that is known.")
        return redirect("strategies:consultation", pk)
    return _form(request, form, row, title="Log what was said", button="Log it", back="consultation", seen=None)


@page_and_form
@permit(Module.RUNS, Level.ACTS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done about a comment."""
    actor = actor_of(request)
    row = get_object_or_404(Comment.objects.for_actor(actor).select_related("strategy"), pk=pk)
    form = AnswerForm(_posted(request))
    if _sent(request, form):
        actions.answer(by=actor, comment_pk=pk, version=seen(request, row), did=form.cleaned_data["did"])
        messages.success(request, "The answer is in the log.")
        return redirect("strategies:consultation", row.strategy_id)
    title = f"Answer {row.get_group_display().lower()}"
    context = {"seen": seen(request, row), "quoted": row.said}
    return _form(request, form, row.strategy, title=title, button="Save the answer", back="consultation", **context)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _sent(request: HttpRequest, form: forms.Form) -> bool:
    return request.method == "POST" and form.is_valid()


def _form(
    request: HttpRequest, form: forms.Form, row: StrategyVersion | None = None, *, title: str, button: str, **more: Any
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "strategy": row, "title": title, "button": button, "back": "version"}
    if row is not None:
        context["seen"] = seen(request, row)
    return render(request, "strategies/form.html", context | more)
