"""Each authority reads and writes its own decisions, beneath whatever the desk asks for."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_published_never_changes"),
        ("people", "0002_fence_functions"),
        ("schools", "0002_fenced"),
    ]
    operations = [
        FenceRows("Scheme", by="authority"),
        FenceRows("SchemeRenewal", by="scheme"),
        FenceRows("DeskRun", by="authority"),
        FenceRows("RunCategory", by="run"),
        FenceRows("Proposal", by="school"),
        FenceRows("Criterion", by="proposal"),
        FenceRows("Suggestion", by="proposal"),
        FenceRows("Decision", by="school"),
        FenceRows("Evidence", by="decision"),
        FenceRows("Letter", by="decision"),
        FenceRows("LetterFile", by="letter"),
        FenceRows("Reply", by="decision"),
        FenceRows("Challenge", by="decision"),
        FenceRows("RiskAssessment", by="school"),
        FenceRows("WhatIf", by="scheme"),
    ]
