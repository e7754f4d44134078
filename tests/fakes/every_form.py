"""Every form that stands on a page of the desk, found by following its links as each role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve

LEFT_OUT = ("/account/", "/components/", "/static/", "/api/v1/")
WRITTEN_IN = ("text", "search", "email", "tel", "url", "")
OF_THE_FORM = ("csrfmiddlewaretoken", "form_key", "version")


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

    @property
    def written(self) -> tuple[str, ...]:
        """The fields that a person types words into."""
        return (*self.lines, *self.areas)

    @property
    def versioned(self) -> bool:
        """Whether it says which state of a record the person saw."""
        return "version" in self.values

    def filled(self, line: str, area: str = "", **changed: str) -> dict[str, Any]:
        """The form with words in every field that takes words."""
        sent: dict[str, Any] = {name: list(values) for name, values in self.values.items()}
        sent |= dict.fromkeys(self.lines, line) | dict.fromkeys(self.areas, area or line)
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

    def sheets(self, start: Iterable[str] = ("/",)) -> Iterator[Sheet]:
        """Every form on every page that can be reached by links."""
        left = list(start)
        while left:
            path = left.pop(0)
            if not self._is_new(path):
                continue
            answer = self.client.get(path)
            if answer.status_code in (301, 302):
                left.append(answer.headers["Location"])
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                continue
            page = lxml.html.fromstring(answer.content.decode())
            left += [str(link) for link in page.xpath("//a/@href") if str(link).startswith("/")]
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
    typed: dict[str, list[str]] = {"textarea": [], "line": [], "file": []}
    for each in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name] | .//button[@name]"):
        kind = _kind(each)
        if each.get("disabled") is not None:
            continue
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
        values[name] = (value,)
