"""What was published is never altered, and each authority sees its own strategy."""

from django.db import migrations

from strandline.web.people.row_security import FenceRows
from strandline.web.strategies.immutable import lay, lift

FENCED = {
    "StrategyVersion": "authority",
    "LinkedPlan": "strategy",
    "Comment": "strategy",
    "Receipt": "school",
}


class Migration(migrations.Migration):
    """Lay the triggers and the fences."""

    dependencies = [
        ("strategies", "0001_initial"),
        ("people", "0002_fence_functions"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(lay, lift),
        *(FenceRows(model, by=by) for model, by in FENCED.items()),
    ]
