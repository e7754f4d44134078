"""Is the desk well? A few numbers for the machine that asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from strandline.web.people.permits import public

BEHIND = timedelta(minutes=15)
"""After so long in the queue a piece of background work says that nobody does it."""
RECENTLY = timedelta(days=1)


@require_safe
@public("A load balancer asks without signing in; the answer names nobody and nothing.")
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """200 where the database answers, 503 where it does not; with it how much background work waits."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        work = _background_work()
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    behind = work["oldest_seconds"] > BEHIND.total_seconds()
    return JsonResponse({"status": "background work waits" if behind else "well", "background_work": work})


def _background_work() -> dict[str, Any]:
    """How many pieces wait, for how many seconds the oldest has, and how many failed since yesterday."""
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    ready = DBTaskResult.objects.ready()
    oldest = ready.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return {
        "waiting": ready.count(),
        "oldest_seconds": max(int((now - oldest).total_seconds()), 0) if oldest else 0,
        "failed_since_yesterday": DBTaskResult.objects.failed().filter(finished_at__gte=now - RECENTLY).count(),
    }
