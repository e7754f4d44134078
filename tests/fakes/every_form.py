"""Every form that stands on a page of the desk, found by following its links as each role."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

LEFT_OUT = ("/account/", "/components/", "/static/", "/api/v1/")
WRITTEN_IN = ("text", "search", "email", "tel", "url", "")
OF_THE_FORM = ("csrfmiddlewaretoken", "form_key", "version")
ADDRESSES = {"email": "somebody@example.org", "url": "https://example.org/"}
AHEAD = ("expires", "until", "review_by", "comply_by", "due_on", "answer_due_on")
"""Days that lie ahead; every other day that a form leaves open is taken to be today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One form: who saw it where, where it is sent, what it carries, and which of that is written by hand."""

    role: str
    page: str
    action: str
    name: str
    values: Mapping[str, tuple[str, ...]]
    lines: tuple[str, ...]
    areas: tuple[str, ...]
    files: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)

    @property
    def written(self) -> tuple[str, ...]:
        """The fields that a person types words into."""
        return (*self.lines, *self.areas)

    @property
    def versioned(self) -> bool:
        """Whether it says which state of a record the person saw."""
        return "version" in self.values

    def filled(self, line: str, area: str = "", *, valid: bool = False, **changed: str) -> dict[str, Any]:
        """The form with words in every field that takes words; `valid`: an address where an address is asked for."""
        sent: dict[str, Any] = {name: list(values) for name, values in self.values.items()}
        sent |= dict.fromkeys(self.lines, line) | dict.fromkeys(self.areas, area or line)
        sent |= self.addresses if valid else {}
        for name in self.files:
            sent[name] = SimpleUploadedFile("note.txt", b"Notes of a visit")
        return sent | changed


@dataclass(kw_only=True)
class Walk:
    """A walk over the desk as one role."""

    role: str
    client: Client
    of_each: int = 1  # pages of one address: two schools are like thirty
    seen: set[str] = field(default_factory=set)
    counted: Counter[str] = field(default_factory=Counter)
    pages: list[str] = field(default_factory=list)
    asks: set[str] = field(default_factory=set)

    def sheets(self, *, first: Iterable[str] = (), start: Iterable[str] = ("/",)) -> Iterator[Sheet]:
        """Every form on the pages that come first, and on every page that can be reached by links."""
        exempt = dict.fromkeys(first)
        left = [*exempt, *start]
        while left:
            path = left.pop(0)
            if path in exempt:
                del exempt[path]
                self.seen.add(path.partition("?")[0])
            elif not self._is_new(path):
                continue
            answer = self.client.get(path)
            if answer.status_code in (301, 302):
                left.append(answer.headers["Location"])
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                for close in answer._resource_closers:  # the answer's own close would end the test's connection too
                    close()
                continue
            self.pages.append(path)
            page = lxml.html.fromstring(answer.content.decode())
            links = [str(link) for link in page.xpath("//a/@href") if str(link).startswith("/")]
            left += links
            self.asks |= {name for link in links for name, _ in parse_qsl(urlsplit(link).query)}
            self.asks |= set(page.xpath("//form[not(@method='post')]//*[@name]/@name"))
            for form in page.xpath("//form[@method='post']"):
                found = sheet(form, role=self.role, page=path)
                if not found.action.startswith(LEFT_OUT):  # signing out, a second factor: not the desk's own
                    yield found

    def _is_new(self, path: str) -> bool:
        plain = path.partition("#")[0].partition("?")[0]
        if plain in self.seen or plain.startswith(LEFT_OUT):
            return False
        self.seen.add(plain)
        name = route(plain)
        self.counted[name] += 1
        return bool(name) and self.counted[name] <= self.of_each


def route(path: str) -> str:
    """The name of an address; empty where there is none."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def sheet(form: Any, *, role: str, page: str) -> Sheet:
    """A form as it stands on a page: choices that are open are taken, the first of each."""
    values: dict[str, tuple[str, ...]] = {}
    addresses: dict[str, str] = {}
    typed: dict[str, list[str]] = {"textarea": [], "line": [], "file": []}
    for each in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name] | .//button[@name]"):
        kind = _kind(each)
        if each.get("disabled") is not None:
            continue
        if (asked := str(each.get("type") or "")) in ADDRESSES:
            addresses[each.get("name")] = ADDRESSES[asked]
        if kind in typed:
            if each.get("name") not in typed[kind]:
                typed[kind].append(each.get("name"))
        else:
            _take(values, each, kind=kind)
    action = form.get("action") or page
    return Sheet(
        role=role,
        page=page,
        action=action,
        name=route(action),
        values=values,
        lines=tuple(typed["line"]),
        areas=tuple(typed["textarea"]),
        files=tuple(typed["file"]),
        addresses=addresses,
    )


def _kind(each: Any) -> str:
    """What a field is: a tag, a kind of choice, or a line to write on."""
    kind = str(each.get("type") or "").lower() if each.tag == "input" else each.tag
    return "line" if kind in WRITTEN_IN and each.get("inputmode") != "numeric" else kind


def _take(values: dict[str, tuple[str, ...]], each: Any, *, kind: str) -> None:
    name, value = each.get("name"), each.get("value") or ""
    if kind == "select":
        options = [option.get("value", option.text) for option in each.xpath(".//option")]
        chosen = [option.get("value", option.text) for option in each.xpath(".//option[@selected]")]
        values[name] = tuple(filter(None, chosen)) or tuple(filter(None, options))[:1]
    elif kind in ("radio", "checkbox"):
        if each.get("checked") is not None and kind == "checkbox":
            values[name] = (*values.get(name, ()), value or "on")
        elif each.get("checked") is not None or name not in values:
            values[name] = (value or "on",)
    elif kind == "button":
        values.setdefault(name, (value,))
    else:
        values[name] = (value or _day(name),)


def _day(name: str) -> str:
    """What is typed into an open part of a date; nothing into any other number that is left open."""
    plain, _, part = name.rpartition("_")
    day = timezone.localdate() + timedelta(days=30 if any(word in plain for word in AHEAD) else 0)
    return str(getattr(day, part)) if part in ("day", "month", "year") and plain else ""


def takes_posts(view: Any) -> bool:
    """Whether a view answers to a form: what does not say which methods it knows, does."""
    while view is not None:
        known = inspect.getclosurevars(view).nonlocals.get("request_method_list") if inspect.isfunction(view) else None
        if known is not None:
            return "POST" in known
        view = getattr(view, "__wrapped__", None)
    return True
