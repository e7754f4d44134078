"""Each authority sees its own letters to regulators."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):
    dependencies = [("triggers", "0003_referrals"), ("people", "0002_fence_functions"), ("schools", "0001_initial")]
    operations = [FenceRows("Referral", by="school")]
