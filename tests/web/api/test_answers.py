"""What the API answers: pages, days, unchanged answers, failures in one shape."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from strandline.web.people.roles import Role

ANALYST = {"role": Role.ANALYST}


@pytest.fixture
def get(ask: Callable) -> Callable:
    return ask(**ANALYST)


def error(answer: object, status: int) -> dict:
    assert answer.status_code == status, answer.content
    told = answer.json()["error"]
    assert set(told) == {"status", "message", "what_to_do", "request_id", "problems"}
    assert told["status"] == status
    assert told["message"]
    assert told["what_to_do"]
    return told


def test_the_schools_come_in_pages_that_lead_to_one_another(get: Callable) -> None:
    first = get("/schools", {"per": 10}).json()
    second = get("/schools", {"per": 10, "page": 2}).json()
    assert len(first["items"]) == 10
    assert first["previous"] is None
    assert first["next"].endswith("per=10&page=2")
    assert second["previous"].endswith("page=1")
    assert {row["urn"] for row in first["items"]}.isdisjoint({row["urn"] for row in second["items"]})
    assert first["pages"] == -(-first["count"] // 10)
    assert get("/schools", {"page": 999_999}).json()["items"] == []


def test_the_list_is_found_by_words_and_filters(get: Callable, desk: object) -> None:
    whole = get("/schools", {"per": 500}).json()
    one = next(row for row in whole["items"] if row["urn"] == desk.published[0])
    assert one["category"]["published_on"] == timezone.localdate().isoformat()
    assert one["figures"]["pupils_on_roll"] is None or one["figures"]["pupils_on_roll"] > 0
    assert [row["urn"] for row in get("/schools", {"q": str(one["urn"])}).json()["items"]] == [one["urn"]]
    assert {row["trust_uid"] for row in get("/schools", {"trust_uid": "T1"}).json()["items"]} == {"T1"}
    coded = get("/schools", {"category": one["category"]["code"]}).json()["items"]
    assert one["urn"] in {row["urn"] for row in coded}


def test_a_list_takes_a_fixed_number_of_queries(get: Callable, django_assert_max_num_queries: Callable) -> None:
    get("/schools", {"per": 1})
    with django_assert_max_num_queries(16):
        get("/schools", {"per": 500})


def test_a_school_tells_figures_with_their_release_and_reasons_for_missing_ones(get: Callable, desk: object) -> None:
    told = get(f"/schools/{desk.published[0]}").json()
    known = {each["release_id"] for each in told["releases"]}
    assert told["figures"]
    assert {each["release_id"] for each in told["figures"].values()} - {None} <= known
    assert told["missing"]
    assert all(each["reason"] for each in told["missing"].values())
    assert set(told["missing"]).isdisjoint(told["figures"])


def test_a_category_comes_with_its_explanation(get: Callable, desk: object) -> None:
    listed = {row["urn"]: row for row in get("/categories").json()["items"]}
    assert set(listed) == set(desk.published)
    told = get(f"/categories/{desk.published[0]}").json()
    assert told["category"] == listed[told["urn"]]["category"]
    assert told["sentences"]
    assert told["criteria"]
    assert told["decided_by"].startswith("Decided by the head of service")


def test_a_school_without_a_published_category_has_none(get: Callable, desk: object) -> None:
    error(get(f"/categories/{desk.other}"), 404)
    assert get(f"/schools/{desk.other}").json()["category"] is None


def test_decisions_totals_and_runs_agree(get: Callable, ask: Callable) -> None:
    get = ask(role=Role.SERVICE_MANAGER)
    decisions = get("/decisions").json()
    assert decisions["count"] == 2
    assert sum(each["schools"] for each in get("/totals").json()["items"]) == 2
    run = get("/runs").json()["items"][0]
    whole = get(f"/runs/{run['id']}").json()
    assert whole["run_id"] == decisions["items"][0]["run_id"]
    assert whole["categories"]
    assert whole["releases"]
    error(get("/runs/2147483647"), 404)


def test_yesterday_nothing_had_been_published(get: Callable, desk: object) -> None:
    yesterday = {"as_at": (timezone.localdate() - timedelta(days=1)).isoformat()}
    assert get("/categories", yesterday).json()["items"] == []
    assert get("/decisions", yesterday).json()["count"] == 0
    assert get(f"/schools/{desk.published[0]}", yesterday).json()["category"] is None
    assert get("/decisions", {"since": (timezone.localdate() + timedelta(days=1)).isoformat()}).json()["count"] == 0


def test_an_unchanged_answer_is_not_sent_again(get: Callable) -> None:
    first = get("/categories")
    mark = first.headers["ETag"]
    again = get("/categories", **{"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assert get("/categories", {"per": 1}, **{"If-None-Match": mark}).status_code == 200
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in first.headers["Vary"]


def test_what_cannot_be_read_is_named(get: Callable) -> None:
    told = error(get("/schools", {"as_at": "last week", "per": 5000}), 422)
    assert {each["where"] for each in told["problems"]} == {"query.as_at", "query.per"}
    error(get("/schools", {"q": "a\x00b"}), 422)
    error(get("/schools/1"), 422)
    ahead = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "lies ahead" in error(get("/decisions", {"as_at": ahead}), 422)["problems"][0]["what"]


def test_every_failure_has_the_one_shape(get: Callable) -> None:
    error(get("/nowhere/at/all"), 404)
    error(get("/"), 404)
    error(get("/schools/9999999"), 404)
    error(Client().get("/api/v1/schools"), 401)
    error(Client().get("/api/v1/nowhere"), 401)
    assert error(Client().post("/api/v1/schools"), 405)["what_to_do"] == "Use GET"
    assert Client().get("/api/v1/schools").headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_asks_without_pause_is_asked_to_wait(get: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    from strandline.web.api.tokens import PerToken

    monkeypatch.setattr(PerToken, "parse_rate", lambda *_: (2, 60))
    from strandline.web.api.service import api

    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                for throttle in operation.throttle_objects:
                    monkeypatch.setattr(throttle, "num_requests", 2)
    assert [get("/totals").status_code for _ in range(3)] == [200, 200, 429]
    told = get("/totals")
    assert int(told.headers["Retry-After"]) > 0
    error(told, 429)


def test_the_description_is_open_and_names_every_address(db: None) -> None:
    described = Client().get("/api/v1/openapi.json").json()
    page = Client().get("/api/").content.decode()
    assert len(described["paths"]) == 8
    assert [path for path in described["paths"] if path not in page] == []
