"""What was published or sent is never altered, and each authority sees its own."""

from django.db import migrations

from strandline.web.decisions.immutable import lay, lift
from strandline.web.people.row_security import FenceRows

FENCED = {
    "Scheme": "authority",
    "SchemeRenewal": "scheme",
    "DeskRun": "authority",
    "RunCategory": "run",
    "Proposal": "school",
    "Criterion": "proposal",
    "Suggestion": "proposal",
    "Decision": "school",
    "Evidence": "decision",
    "Letter": "decision",
    "LetterFile": "letter",
    "Reply": "decision",
    "Challenge": "decision",
    "RiskAssessment": "school",
    "WhatIf": "scheme",
}


class Migration(migrations.Migration):
    """Lay the triggers and the fences."""

    dependencies = [("decisions", "0001_initial"), ("people", "0002_fence_functions")]

    operations = [
        migrations.RunPython(lay, lift),
        *(FenceRows(model, by=by) for model, by in FENCED.items()),
    ]
