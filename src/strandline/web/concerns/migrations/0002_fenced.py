"""Each authority sees its own casework."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_initial"), ("people", "0002_fence_functions"), ("schools", "0001_initial")]
    operations = [
        FenceRows("Case", by="school"),
        FenceRows("Narrative", by="case"),
        FenceRows("StepNote", by="case"),
        FenceRows("Notice", by="case"),
        FenceRows("Condition", by="notice"),
        FenceRows("CaseDecision", by="case"),
    ]
