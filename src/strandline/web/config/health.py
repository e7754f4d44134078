"""Is the desk well? One line for the machine that asks."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from strandline.web.people.permits import public


@public("A load balancer asks without signing in; the answer names nobody and nothing.")
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """200 where the database answers, 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "well"})
