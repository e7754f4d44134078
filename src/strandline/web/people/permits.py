"""Every view says what it asks for: `permit`, `signed_in` or `public`. A view that says nothing is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from strandline.kernel.errors import UserError
from strandline.web.people.roles import Level, Module
from strandline.web.people.scope import Actor

Parameters = ParamSpec("Parameters")
Response = TypeVar("Response", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """
    What a view asks for: a level in a module, and in others `also`, all under one and the same assignment.

    No module and a `reason`: open to everyone, or to everyone who has signed in. `by_token`: the role is the token's.
    """

    module: Module | None = None
    level: Level = Level.OFF
    also: tuple[tuple[Module, Level], ...] = ()
    reason: str = ""
    anonymous: bool = False
    by_token: bool = False

    @property
    def wanted(self) -> tuple[tuple[Module, Level], ...]:
        """Every module asked for, with its level."""
        return () if self.module is None else ((self.module, self.level), *self.also)


class Closed(PermissionDenied):
    """A person has signed in and may not do this."""


class SecondFactorWanted(UserError):
    """A person of the service has signed in with a password alone where the authority wants more."""


def permit(
    module: Module, level: Level = Level.SEES, *, also: tuple[tuple[Module, Level], ...] = ()
) -> Callable[[View[Parameters]], View[Parameters]]:
    """
    Open a view to those whose assignments reach `level` in `module`; `request.actor` reaches only their schools.

    An export asks for two: `permit(Module.TRIGGERS, also=((Module.EXPORTS, Level.ACTS),))`.
    """
    return _asking(Permit(module=module, level=level, also=also))


def signed_in(reason: str) -> Callable[[View[Parameters]], View[Parameters]]:
    """Open a view to everyone who has signed in: their own account, their front page."""
    return _asking(Permit(reason=reason))


def public(reason: str) -> Callable[[View[Parameters]], View[Parameters]]:
    """Open a view to everyone, and say why."""
    return _asking(Permit(reason=reason, anonymous=True))


def permit_of(view: Any) -> Permit | None:
    """The permit that a view carries."""
    found = getattr(view, "permit", None)
    return found if isinstance(found, Permit) else None


def _asking(asked: Permit) -> Callable[[View[Parameters]], View[Parameters]]:
    def decorate(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
            if asked.anonymous:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            actor = admit(request, asked, has_object=names_object(kwargs))
            return _sent_before(actor) or view(request, *args, **kwargs)

        guarded.permit = asked  # type: ignore[attr-defined]
        return cast("View[Parameters]", guarded)

    return decorate


NAMES_NO_OBJECT = frozenset({"form"})
"""Arguments of an address that say how a page is wanted, not what it is about: `schools/export.csv`."""


def names_object(arguments: Iterable[str]) -> bool:
    """Whether an address with these arguments names an object."""
    return not NAMES_NO_OBJECT.issuperset(arguments)


def _sent_before(actor: Actor) -> HttpResponseBase | None:
    """A form sent twice goes where its first sending led, before anything finds that the record has moved on."""
    from strandline.web.audit.actions import led_to

    location = led_to(actor)
    return HttpResponseRedirect(location) if location else None


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page, and back again afterwards; what was written is kept meanwhile."""
    from strandline.web.people import drafts

    after = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        draft = drafts.keep(request) if request.method == "POST" else None
        after = reverse("people:kept", args=[draft.pk]) if draft else "/"
    return redirect_to_login(after, reverse("account_login"))


def admit(request: HttpRequest, asked: Permit, *, has_object: bool = False) -> Actor:
    """
    The actor of a request, put in force for the rest of it.

    Raises: Http404 where the address names an object, Closed (403) where it names a page, SecondFactorWanted.
    """
    from strandline.web.people.queries import actor_of

    actor = actor_of(request)
    request.actor = actor  # type: ignore[attr-defined] # also the page of a refusal knows whose it is
    if asked.wanted:
        _want_second_factor(request, actor)
        actor = actor.under(*asked.wanted)
        if not actor.reaching:
            if has_object:
                raise Http404
            raise Closed
    request.actor = actor  # type: ignore[attr-defined]
    request.in_force(actor)  # type: ignore[attr-defined] # set by PermitMiddleware, which closes it again
    return actor


def _want_second_factor(request: HttpRequest, actor: Actor) -> None:
    """Where STRANDLINE_SECOND_FACTOR=required, people of the service need one: their own or their organisation's."""
    if not settings.SECOND_FACTOR_REQUIRED or not actor.is_of_the_service:
        return
    from allauth.mfa.utils import is_mfa_enabled

    records = request.session.get("account_authentication_methods", [])
    if any(record.get("method") in ("mfa", "socialaccount") for record in records) or is_mfa_enabled(actor.user):
        return
    raise SecondFactorWanted(
        "Your authority wants a second factor from people of the service",
        what_to_do="Add one, then go on",
    )
