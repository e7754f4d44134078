"""What a question to the API may carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Schema
from pydantic import AfterValidator, Field

MOST_ITEMS = 500
Urn = Annotated[int, Path(ge=10_000, le=9_999_999, description="The school's URN")]
Number = Annotated[int, Path(ge=1, le=2_147_483_647)]


def _printable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("the text holds a character that no name has")
    return text


def _not_ahead(day: date | None) -> date | None:
    if day is not None and day > timezone.localdate():
        raise ValueError("the day lies ahead: nothing is known of it")
    return day


PastDay = Annotated[date | None, AfterValidator(_not_ahead)]
Words = Annotated[str, AfterValidator(_printable)]


class DayQuery(Schema):
    """A day."""

    as_at: PastDay = Field(None, description="The day that the answer speaks of; today where it is left out")

    @property
    def on(self) -> date:
        """The day asked for, or today."""
        return self.as_at or timezone.localdate()


class PageQuery(DayQuery):
    """A day and a page."""

    page: int = Field(1, ge=1, le=1_000_000)
    per: int = Field(100, ge=1, le=MOST_ITEMS, description="How many on a page")


class SchoolsQuery(PageQuery):
    """Which schools."""

    q: Words = Field("", max_length=200, description="Words of the name; mistyped ones are found as well")
    sector: Words = Field("", max_length=60)
    legal_form: Words = Field("", max_length=60)
    trust_uid: Words = Field("", max_length=100)
    category: Words = Field("", max_length=60, description="The code of a published category")


class DecisionsQuery(PageQuery):
    """Which published decisions."""

    since: date | None = Field(None, description="Only those published on or after this day")
    urn: int | None = Field(None, ge=10_000, le=9_999_999)


Day = Annotated[DayQuery, Query()]


def page_of(
    request: HttpRequest,
    asked: PageQuery,
    rows: QuerySet[Any, Any],
    *,
    shown: Callable[[Sequence[Any]], list[dict[str, Any]]],
    on: date | None = None,
) -> dict[str, Any]:
    """One page of rows as the answer has it. A page beyond the last is empty, not an error."""
    pages = Paginator(rows, asked.per)
    beyond = asked.page > pages.num_pages
    chosen: Sequence[Any] = [] if beyond else list(pages.page(asked.page).object_list)
    return {
        "as_at": on or asked.on,
        "count": pages.count,
        "page": asked.page,
        "pages": pages.num_pages,
        "next": _address(request, asked.page + 1) if asked.page < pages.num_pages else None,
        "previous": _address(request, min(asked.page - 1, pages.num_pages)) if asked.page > 1 else None,
        "items": shown(chosen),
    }


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
