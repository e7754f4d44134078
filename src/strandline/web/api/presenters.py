"""What the pages of the API print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from strandline.kernel.dates import long_date
from strandline.web.api.models import Token
from strandline.web.design.parts import Action, EmptyState
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.people import reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address of the API as its page prints it."""

    path: str
    summary: str
    text: str
    parameters: tuple[tuple[str, str], ...]


def tokens_table(tokens: Iterable[Token], *, on: date) -> Table:
    """The tokens of the authority."""
    return Table(
        caption="Tokens",
        caption_hidden=True,
        columns=(
            Column(heading="What it is for", header=True),
            Column(heading="Sees what this role sees", kind="words"),
            Column(heading="Made by"),
            Column(heading="Works until", kind="date"),
            Column(heading="Last used", kind="date"),
            Column(heading="Now"),
        ),
        rows=[_token_row(each, on=on) for each in tokens],
        key="tokens",
        empty=EmptyState(
            title="No token has been made",
            text="A token lets a spreadsheet or another system read what a role may see.",
            action=Action(text="Make a token", href=reverse("api:make")),
        ),
    )


def _token_row(token: Token, *, on: date) -> Row:
    revoked = token.revoked_at is not None
    state = Cell(text="Revoked") if revoked else Cell(text="Expired")
    if token.is_open(on):
        state = Cell(text="Revoke", href=reverse("api:revoke", args=[token.pk]))
    used = Cell(text=long_date(token.used_on)) if token.used_on else Cell(missing="Never")
    return Row(
        cells=[
            Cell(text=token.name, hint=f"ends in {token.ending}"),
            f"{token.role_words}, {reach.words(token)}",
            token.made_by.name,
            long_date(token.expires_on),
            used,
            state,
        ]
    )


def endpoints(description: dict[str, Any]) -> tuple[Endpoint, ...]:
    """The addresses that the OpenAPI document describes."""
    return tuple(
        Endpoint(
            path=path,
            summary=asked["summary"],
            text=asked.get("description", ""),
            parameters=tuple((one["name"], _about(one)) for one in asked.get("parameters", ())),
        )
        for path, methods in description["paths"].items()
        for asked in methods.values()
    )


def _about(parameter: dict[str, Any]) -> str:
    schema = parameter.get("schema", {})
    return str(parameter.get("description") or schema.get("description") or "")
