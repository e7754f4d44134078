"""Each authority reads and writes its own schools, beneath whatever the desk asks for."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial"), ("people", "0002_fence_functions")]
    operations = [
        FenceRows("School", by="la"),
        FenceRows("SchoolTerm", by="school"),
        FenceRows("Intake", by="authority"),
        FenceRows("Line", by="la"),
        FenceRows("Snapshot", by="school"),
        FenceRows("CategorySpell", by="school"),
        FenceRows("Contact", by="authority"),
        FenceRows("DataSharing", by="school"),
        FenceRows("Document", by="school"),
        FenceRows("Watch", by="school"),
        FenceRows("SavedList", by="authority"),
    ]
