"""Text as HTML by the short way, for what a page has hundreds of: cells, options, rows."""

from __future__ import annotations

import html
from typing import Any

from django.utils.html import conditional_escape


def escaped(text: Any) -> str:
    """Text as HTML; what is HTML already stays. Plain text needs none of the questions that lazy text does."""
    return html.escape(text) if type(text) is str else str(conditional_escape(text))
