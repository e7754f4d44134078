"""`{% form_start %}`: the hidden fields that every form on the desk begins with."""

from __future__ import annotations

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from strandline.web.people.queries import KEY_FIELD

register = template.Library()


@register.simple_tag(takes_context=True)
def form_start(context: dict[str, Any], *, version: int | None = None) -> SafeString:
    """The token against forgery, the key that makes a second sending harmless, and the version that was seen."""
    token = context.get("csrf_token") or get_token(context["request"])  # the page's own, made once for all its forms
    parts = [
        format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token),
        format_html('<input type="hidden" name="{}" value="{}">', KEY_FIELD, context["form_key"]),
    ]
    if version is not None:
        parts.append(format_html('<input type="hidden" name="version" value="{}">', version))
    return SafeString("".join(parts))
