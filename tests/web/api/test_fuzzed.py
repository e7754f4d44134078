"""The API is attacked by its own description: whatever is asked, the answer is one that the description names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import given as cases
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from strandline.web.api import actions
from strandline.web.people.reach import Wanted
from strandline.web.people.roles import Role

ATTACKS = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def connection_stays() -> Iterator[None]:
    """A request through WSGI ends with its connection; the test's own must stay, as Django's test client has it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("connection_stays")
def test_no_question_makes_the_api_fail(desk: object, maker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.wsgi import get_wsgi_application

    _, secret = actions.make(
        by=maker,
        name="fuzz",
        wanted=Wanted(role=Role.SERVICE_MANAGER),
        expires_on=timezone.localdate() + timedelta(days=1),
    )
    headers = {"Authorization": f"Bearer {secret}", "Host": "testserver"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=get_wsgi_application())
    asked: dict[str, int] = {}
    for operation in schema.get_all_operations():
        _attack(operation.ok(), headers=headers, asked=asked)
    assert len(asked) == 8
    assert sum(asked.values()) >= 32


def _attack(operation: Any, *, headers: dict[str, str], asked: dict[str, int]) -> None:
    @ATTACKS
    @cases(case=operation.as_strategy())
    def attack(case: Any) -> None:
        asked[case.path] = asked.get(case.path, 0) + 1
        case.call_and_validate(headers=headers, checks=CHECKS)

    attack()
