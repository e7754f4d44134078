"""What the pages of casework share: finding a row within reach, and the page of a form."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from strandline.web.audit.models import AuditRow
from strandline.web.audit.versions import StaleRecord
from strandline.web.concerns.models import Case, Notice
from strandline.web.people.failures import written
from strandline.web.people.scope import Actor

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


def case_of(actor: Actor, pk: int, *, sent: bool = False) -> Case:
    """
    The case, or 404.

    Raises: StaleRecord where a form was `sent` about a case that somebody deleted meanwhile.
    """
    rows = Case.objects.for_actor(actor).select_related("school", "officer", "opened_by", "closed_by")
    row = rows.filter(pk=pk).first()
    if row is not None:
        return row
    gone = AuditRow.objects.for_actor(actor).filter(
        action="concerns.deleted", subject_type=Case._meta.label_lower, subject_id=str(pk)
    )
    if sent and (deleted := gone.first()):
        raise StaleRecord(row=Case(pk=pk), changes=(deleted,))
    raise Http404


def notice_of(actor: Actor, pk: int) -> Notice:
    """The notice, or 404."""
    rows = Notice.objects.for_actor(actor).select_related("case__school", "follows", "drafted_by")
    return get_object_or_404(rows, pk=pk)


def closed_words(case: Case) -> str:
    """Why nothing is written in a case any more; empty while it is open."""
    return "The case is closed, and kept. Open a new one if there is something new." if case.closed_on else ""


def form_page(
    request: HttpRequest,
    *,
    title: str,
    caption: str,
    button: str,
    form: BaseForm,
    back: tuple[str, str],
    **more: Any,
) -> HttpResponse:
    """
    A form on a page of its own; `lines` are listed above it, and without `allowed` there is no form.

    Where it was sent and is allowed no more, what was written is given back.
    """
    context = {"title": title, "caption": caption, "button": button, "form": form, "allowed": True, **more}
    context |= {"back_href": back[0], "back_text": back[1]}
    if request.method == "POST" and not context["allowed"]:
        context["written"] = written(request, form)
        return render(request, "concerns/form.html", context, status=422)
    return render(request, "concerns/form.html", context)


def to_case(case: Case) -> tuple[str, str]:
    """The way back to a case."""
    return reverse("concerns:case", args=[case.pk]), case.title


def to_notice(notice: Notice) -> tuple[str, str]:
    """The way back to a notice."""
    return reverse("concerns:notice", args=[notice.pk]), "The notice"
