"""What people add to a school's record: watch, consortium, agreements, contacts, documents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from strandline.kernel.errors import UserError
from strandline.web.design.parts import Crumb
from strandline.web.people.permits import permit
from strandline.web.people.requests import actor_of, whole_number
from strandline.web.people.roles import Level, Module
from strandline.web.schools import actions
from strandline.web.schools.forms import ConsortiumForm, ContactForm, DocumentForm, EndForm, SharingForm
from strandline.web.schools.models import ContactBody, Document, SharedPart
from strandline.web.schools.presenters.overview import frame
from strandline.web.schools.queries import record as queries
from strandline.web.schools.queries.record import Record

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@permit(Module.SCHOOLS)
def watch(request: HttpRequest, urn: int) -> HttpResponse:
    """Put a school on the watchlist, or take it off."""
    seen = _seen(request, urn)
    if request.POST.get("off"):
        actions.unwatch(by=seen.actor, school=seen.school)
        messages.success(request, f"{seen.school.name} is off your watchlist.")
    else:
        actions.watch(by=seen.actor, school=seen.school)
        messages.success(request, f"{seen.school.name} is on your watchlist.")
    return redirect("schools:school", urn)


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def consortium(request: HttpRequest, urn: int) -> HttpResponse:
    """Place a school in a consortium."""
    seen = _seen(request, urn)
    start = {"consortium": seen.school.consortium, "version": seen.school.version}
    form = ConsortiumForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.place_in_consortium(by=seen.actor, school=seen.school, **form.cleaned_data)
        messages.success(request, "The consortium is kept.")
        return redirect("schools:school", urn)
    return form_page(request, seen, form, title="Consortium", button="Keep")


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def sharing(request: HttpRequest, urn: int) -> HttpResponse:
    """Record what a school agrees to share."""
    seen = _seen(request, urn)
    if seen.school.maintained:
        raise Http404
    form = SharingForm(request.POST or None, initial={"part": request.GET.get("part", ""), "from_on": seen.on})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.record_sharing(by=seen.actor, school=seen.school, **{**kept, "part": SharedPart(kept["part"])})
        messages.success(request, "The agreement is recorded.")
        return redirect("schools:section", urn, "contacts")
    return form_page(request, seen, form, title="What the school shares", button="Record", section="contacts")


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def add_contact(request: HttpRequest, urn: int) -> HttpResponse:
    """Add a person to turn to."""
    seen = _seen(request, urn)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = dict(form.cleaned_data)
        try:
            actions.add_contact(by=seen.actor, school=seen.school, body=ContactBody(kept.pop("body")), **kept)
        except UserError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{kept['name']} is added.")
            return redirect("schools:section", urn, "contacts")
    return form_page(request, seen, form, title="Add a contact", button="Add", section="contacts")


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def contact(request: HttpRequest, urn: int, pk: int) -> HttpResponse:
    """Correct a contact."""
    seen = _seen(request, urn)
    one = queries.contact(seen, pk)
    names = ("role", "name", "email", "telephone", "note", "starts_on", "version")
    form = ContactForm(request.POST or None, is_new=False, initial={name: getattr(one, name) for name in names})
    if request.method == "POST" and form.is_valid():
        kept = dict(form.cleaned_data)
        kept["version"] = kept["version"] or 0  # a form that says none was not opened here
        actions.change_contact(by=seen.actor, school=seen.school, pk=pk, **kept)
        messages.success(request, "The contact is corrected.")
        return redirect("schools:section", urn, "contacts")
    more = {"end_pk": pk}
    return form_page(request, seen, form, title=f"{one.name}, {one.role}", button="Keep", section="contacts", **more)


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def end_contact(request: HttpRequest, urn: int, pk: int) -> HttpResponse:
    """Say that a contact no longer holds."""
    seen = _seen(request, urn)
    one = queries.contact(seen, pk)
    form = EndForm(request.POST or None, initial={"ends_on": seen.on, "version": one.version})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        actions.end_contact(by=seen.actor, school=seen.school, pk=pk, version=kept["version"], on=kept["ends_on"])
        messages.success(request, f"{one.name} is ended as a contact.")
        return redirect("schools:section", urn, "contacts")
    return form_page(request, seen, form, title=f"End {one.name} as a contact", button="End", section="contacts")


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def add_document(request: HttpRequest, urn: int) -> HttpResponse:
    """Keep a file with the school."""
    seen = _seen(request, urn)
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"dated": seen.on})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        try:
            actions.add_document(
                by=seen.actor,
                school=seen.school,
                upload=kept["file"],
                title=kept["title"],
                kind=kept["kind"],
                dated=kept["dated"],
                for_service_only=not kept["shown_to_school"],
            )
        except UserError as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"“{kept['title']}” is kept.")
            return redirect("schools:section", urn, "documents")
    return form_page(request, seen, form, title="Keep a document", button="Keep", section="documents", has_file=True)


@require_safe
@permit(Module.SCHOOLS)
def document(request: HttpRequest, urn: int, pk: int) -> HttpResponseBase:
    """The file, always as a download: nothing that was sent is ever run on this desk's own address."""
    one = _document(_seen(request, urn), pk)
    response = FileResponse(
        one.file.open("rb"), as_attachment=True, filename=one.file_name, content_type=one.media_type
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@page_and_form
@permit(Module.SCHOOLS, Level.ACTS)
def withdraw_document(request: HttpRequest, urn: int, pk: int) -> HttpResponse:
    """Take a document off the page."""
    seen = _seen(request, urn)
    one = _document(seen, pk, gone=request.method == "POST")  # who comes second is told by whom it was withdrawn
    if request.method == "POST":
        version = whole_number(request.POST.get("version", "")) or 0
        actions.withdraw_document(by=seen.actor, school=seen.school, pk=pk, version=version)
        messages.success(request, f"“{one.title}” is withdrawn.")
        return redirect("schools:section", urn, "documents")
    return form_page(
        request,
        seen,
        None,
        title=f"Withdraw “{one.title}”?",
        button="Withdraw",
        section="documents",
        version=one.version,
    )


def _seen(request: HttpRequest, urn: int) -> Record:
    return queries.record(actor_of(request), urn)


def _document(seen: Record, pk: int, *, gone: bool = False) -> Document:
    """A document of the school; those that were withdrawn only where `gone`. Raises: Http404."""
    shared = queries.agreements(seen)[SharedPart.DOCUMENTS].agreed
    rows = queries.documents(seen, withdrawn=gone)
    found = next((one for one in rows if one.pk == pk), None) if shared else None
    if found is None:
        raise Http404
    return found


def form_page(
    request: HttpRequest, seen: Record, form: Form | None, *, title: str, button: str, section: str = "", **more: Any
) -> HttpResponse:
    """A form on a page of its own, with the way back to the section of the record that it belongs to."""
    about = frame(seen, section)
    context = {**about, **more, "form": form, "title": title, "button": button}
    last = about["breadcrumbs"][-1]
    href = request.path.rpartition(str(seen.school.urn))[0] + f"{seen.school.urn}/{section}{'/' if section else ''}"
    context["breadcrumbs"] = [*about["breadcrumbs"][:-1], Crumb(label=last.label, href=href), Crumb(label=title)]
    return render(request, "schools/form.html", context)
