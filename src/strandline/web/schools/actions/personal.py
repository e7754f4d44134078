"""What people keep for themselves: watchlists and saved lists."""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict

from strandline.web import audit
from strandline.web.people.scope import Actor
from strandline.web.schools.models import SavedList, School, Watch


@transaction.atomic
def watch(*, by: Actor, school: School) -> Watch:
    """Put a school on the actor's watchlist; one that is there stays."""
    kept, new = Watch.objects.get_or_create(user=by.user, school=school)
    if new:
        audit.record(by=by, action="schools.watched", subject=kept, school_urn=school.urn)
    return kept


@transaction.atomic
def unwatch(*, by: Actor, school: School) -> None:
    """Take a school off the actor's watchlist."""
    for kept in Watch.objects.for_actor(by).filter(user=by.user, school=school):
        audit.record(by=by, action="schools.unwatched", subject=kept, school_urn=school.urn)
        kept.delete()


@transaction.atomic
def save_list(*, by: Actor, name: str, query: str, shared: bool = False) -> SavedList:
    """Keep a list under a name; the same name again replaces what it kept. Only the service shares lists."""
    kept, _ = SavedList.objects.update_or_create(
        authority=by.authority,
        owner=by.user,
        name=name,
        defaults={"query": without_page(query), "shared": shared and by.is_of_the_service},
    )
    audit.record(by=by, action="schools.list_saved", subject=kept, after={"name": name, "query": kept.query})
    return kept


@transaction.atomic
def forget_list(*, by: Actor, kept: SavedList) -> None:
    """Remove a saved list."""
    audit.record(by=by, action="schools.list_removed", subject=kept, before={"name": kept.name, "query": kept.query})
    SavedList.objects.for_actor(by).filter(pk=kept.pk, owner=by.user).delete()


def without_page(query: str) -> str:
    """The address of a list without the page that it stood on."""
    kept = QueryDict(query, mutable=True)
    kept.pop("page", None)
    return kept.urlencode()
