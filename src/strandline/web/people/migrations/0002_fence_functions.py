"""The functions that every fence asks."""

from __future__ import annotations

from django.db import migrations

from strandline.web.people.row_security import MakeFenceFunctions


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [MakeFenceFunctions()]
