"""Each authority sees its own officers, tasks and visits."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [("officers", "0001_initial"), ("people", "0002_fence_functions"), ("schools", "0001_initial")]
    operations = [
        FenceRows("Declaration", by="school"),
        FenceRows("Reallocation", by="authority"),
        FenceRows("Allocation", by="school"),
        FenceRows("SchoolReply", by="allocation"),
        FenceRows("InspectionEvent", by="school"),
        FenceRows("Task", by="school"),
        FenceRows("Visit", by="school"),
    ]
