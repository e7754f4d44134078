"""What the documentation prints of the desk: no database is touched, no secret of this machine is read or made."""

from __future__ import annotations

import os


def permissions_page() -> str:
    """The table of permissions in Markdown, from the code."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("STRANDLINE_SECRET_KEY", "for the documentation: no session is ever signed with it")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strandline.web.config.settings")
        django.setup()
    from strandline.web.people.table import page

    return page()
