"""The checks before production: everything that is wrong is said at once, and the desk does not start."""

from __future__ import annotations

from strandline.kernel.errors import DataError, Problem
from strandline.web.config.environment import LOOPBACK, PRODUCTION, Environment

SHORTEST_SECRET = 40
KNOWN_SECRETS = ("changeme", "change-me", "secret", "django-insecure", "default", "example", "password")


class NotForProduction(DataError):
    """The desk is set up in a way that would not be safe for people's records."""


def require_safe(environment: Environment) -> None:
    """Refuse what is unsafe in production. Raises: NotForProduction with every reason."""
    if environment.mode != PRODUCTION:
        return
    if problems := tuple(_problems(environment)):
        raise NotForProduction("The desk does not start in production as it is set up", problems=problems)


def require_private(environment: Environment, *, host: str) -> None:
    """Refuse to be reached from other machines outside production. Raises: NotForProduction."""
    if environment.mode == PRODUCTION or host in (*LOOPBACK, "::1"):
        return
    problem = Problem(
        what=f"Other machines could reach the desk at {host} without encryption",
        what_to_do="Leave --host out, or set STRANDLINE_MODE=production with what it asks for",
    )
    raise NotForProduction("The desk does not open itself to other machines", problems=(problem,))


def _problems(environment: Environment) -> list[Problem]:
    found = []
    secret = environment.secret_key
    if not environment.secret_is_own or len(secret) < SHORTEST_SECRET or _is_known(secret):
        found.append(
            Problem(
                what="The secret key is missing, short or a known one",
                file="STRANDLINE_SECRET_KEY",
                what_to_do='Make one: python -c "import secrets; print(secrets.token_urlsafe(48))"',
            )
        )
    if environment.debug:
        found.append(
            Problem(
                what="Debug pages are on and would show records", file="STRANDLINE_DEBUG", what_to_do="Leave it out"
            )
        )
    if not environment.https:
        found.append(
            Problem(
                what="Session cookies would travel over plain HTTP",
                file="STRANDLINE_HTTPS",
                what_to_do="Leave it out, and let a proxy speak HTTPS and pass X-Forwarded-Proto",
            )
        )
    if not environment.hosts or "*" in environment.hosts:
        found.append(
            Problem(
                what="The names under which the desk is reached are not given",
                file="STRANDLINE_HOSTS",
                what_to_do="Write them, separated by commas: desk.example.gov.uk",
            )
        )
    return found


def _is_known(secret: str) -> bool:
    return any(word in secret.lower() for word in KNOWN_SECRETS) or len(set(secret)) < 12
