"""Each authority sees its own register."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [("triggers", "0001_initial"), ("people", "0002_fence_functions"), ("schools", "0001_initial")]
    operations = [
        FenceRows("Entry", by="school"),
        FenceRows("Occasion", by="entry"),
        FenceRows("TriggerDecision", by="entry"),
        FenceRows("Scan", by="authority"),
    ]
