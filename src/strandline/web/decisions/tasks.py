"""What the desk does in the background: make a run or take one in, make letters."""

from __future__ import annotations

from django_tasks import task

from strandline.web.people import scope
from strandline.web.people.models import User
from strandline.web.people.queries import actor_for
from strandline.web.people.scope import Actor


def letters_for(decisions: list[int], *, user_id: int, authority: int) -> None:
    """Have the letters of these decisions made."""
    make_letters.enqueue(decisions, user_id=user_id, authority=authority)


@task()
def import_run(run_id: str, *, user_id: int, authority: int) -> list[int]:
    """Take a run to the desk for the person who asked."""
    from strandline.web.decisions import actions

    return [each.pk for each in actions.import_run(by=_actor(user_id, authority), run_id=run_id)]


def order_for(order: int, *, user_id: int, authority: int) -> None:
    """Have a run made that somebody asked for."""
    make_run.enqueue(order, user_id=user_id, authority=authority)


@task()
def make_run(order: int, *, user_id: int, authority: int) -> str:
    """Make a run that somebody asked for, and take it to the desk. Gives how it ended."""
    from strandline.web.decisions import actions

    by = _actor(user_id, authority)
    with scope.acting(by):
        return str(actions.make_ordered_run(by=by, order_pk=order).state)


@task()
def make_letters(decisions: list[int], *, user_id: int, authority: int) -> int:
    """Make the letters of published decisions in the name of the person who published them."""
    from strandline.web.decisions import actions

    with scope.everywhere("letters of decisions that a permitted person has published"):
        return actions.make_letters(by=_actor(user_id, authority), decisions=decisions)


def _actor(user_id: int, authority: int) -> Actor:
    return actor_for(User.objects.get(pk=user_id), authority=authority)
