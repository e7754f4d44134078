"""Each authority sees its own tags."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [("officers", "0003_tags"), ("people", "0002_fence_functions"), ("schools", "0001_initial")]
    operations = [FenceRows("PriorityTag", by="school")]
