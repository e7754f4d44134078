"""The people and the schools of the desk's own tests, for its requirements."""

from __future__ import annotations

from web.conftest import actor, as_role, council, made_up, person, sandmouth_home, tests_see_everything
from web.strategies.conftest import drafted, head_of_service, home, published, schools

__all__ = [
    "actor",
    "as_role",
    "council",
    "drafted",
    "head_of_service",
    "home",
    "made_up",
    "person",
    "published",
    "sandmouth_home",
    "schools",
    "tests_see_everything",
]
