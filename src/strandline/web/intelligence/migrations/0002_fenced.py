"""Each authority sees its own local intelligence."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0001_initial"), ("people", "0002_fence_functions"), ("schools", "0001_initial")]
    operations = [FenceRows("Item", by="school"), FenceRows("Review", by="item")]
