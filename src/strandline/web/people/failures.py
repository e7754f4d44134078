"""Pages for what went wrong: each says what happened and what to do, and loses nothing that was written."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, UnreadablePostError
from django.shortcuts import redirect, render

from strandline.kernel.errors import UserError
from strandline.web.audit.versions import StaleRecord
from strandline.web.design.written import form_of, sent_names, typed
from strandline.web.people import drafts
from strandline.web.people.permits import public
from strandline.web.people.requests import actor_of

HIDDEN = frozenset({"csrfmiddlewaretoken", "form_key", "version", "chosen"})


@public("Shown where the browser's token is old: also to people who are not signed in.")
def forged(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose token is old: kept and offered again if it stood on our own page, refused otherwise."""
    del reason  # says how the check works; a forger may not read it
    if request.user.is_authenticated and drafts.is_from_our_own_page(request):
        draft = drafts.keep(request)
        if draft is not None:
            return redirect("people:kept", draft.pk)
    return render(request, "people/failures/forged.html", status=403)


def stale(request: HttpRequest, error: StaleRecord) -> HttpResponse:
    """Somebody was quicker: who changed what, and one's own text beside it."""
    from strandline.web.audit.presenters import line
    from strandline.web.audit.queries import school_names

    names = school_names(row.school_urn for row in error.changes)
    context = {
        "error": error,
        "changes": [line(row, reader=actor_of(request), schools=names) for row in error.changes],
        "written": written(request),
        "back": request.headers.get("Referer", request.path),
    }
    return render(request, "people/failures/stale.html", context, status=409)


def refused(request: HttpRequest, error: UserError) -> HttpResponse:
    """What was asked cannot be done: the sentence, and one's own text."""
    context = {"error": error, "written": written(request)}
    return render(request, "people/failures/refused.html", context, status=422)


def written(request: HttpRequest, form: BaseForm | None = None) -> list[tuple[str, str]]:
    """
    What the person had typed, in the words of the form: under each field's label, a choice as the page offered it.

    Without `form`, the form that read the request; what no form asked for is named as it was sent. Numbers and marks
    of the page itself are left out.
    """
    form = form or form_of(request.POST)
    told = typed(form) if form is not None and form.is_bound else []
    asked = {name for field in form for name in sent_names(field)} if form is not None else set()
    rest = ((name, value) for name, values in request.POST.lists() if name not in asked for value in values)
    told += [(name.replace("_", " ").capitalize(), value) for name, value in rest if name not in HIDDEN]
    return [(label, value) for label, value in told if value.strip()]


@public("The page for an address that leads nowhere.")
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what does not exist and for what is not yours; what somebody had written is given back."""
    del exception  # may name what is not yours
    context = {"written": _still_there(request)}
    return render(request, "people/failures/not_found.html", context, status=404)


def _still_there(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person who has signed in had written; nothing where it cannot be read."""
    if request.method != "POST" or not request.user.is_authenticated:
        return []
    try:
        return written(request)
    except (SuspiciousOperation, UnreadablePostError):
        request.POST = QueryDict()
        return []


@public("The page for an action that is not yours.")
def closed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    del exception
    return render(request, "people/failures/closed.html", status=403)


@public("The page for our own fault.")
def broken(request: HttpRequest) -> HttpResponse:
    """500, with the number by which the log finds it."""
    context = {"number": getattr(request, "id", "")}
    return render(request, "people/failures/broken.html", context, status=500)


@public("The page for a request that cannot be read.")
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """400; 413 for a form with more text than is read at once."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, most_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    request.POST = QueryDict()  # what could not be read is not read again for the page's own header
    return render(request, "people/failures/unreadable.html", status=400)


@public("The page for a request that is too large: refused before it is known who sends it.")
def too_large(request: HttpRequest, *, most_bytes: int = 0) -> HttpResponse:
    """413; `most_bytes` where it was the text of a form."""
    request.POST = QueryDict()
    context = {
        "text": most_bytes // 1024 // 1024,
        "megabytes": settings.LARGEST_REQUEST_BYTES // 1024 // 1024,
    }
    return render(request, "people/failures/too_large.html", context, status=413)
