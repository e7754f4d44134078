"""Each authority sees its own tokens."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial"), ("people", "0002_fence_functions")]
    operations = [FenceRows("Token", by="authority")]
