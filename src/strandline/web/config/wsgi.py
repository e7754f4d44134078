"""The application that gunicorn serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from strandline.web.config.leftovers import HearsOut

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strandline.web.config.settings")
application = HearsOut(get_wsgi_application())
