"""What was published or sent is never altered."""

from django.db import migrations

from strandline.web.decisions.immutable import lay, lift


class Migration(migrations.Migration):
    """Lay the triggers."""

    dependencies = [("decisions", "0001_initial")]

    operations = [migrations.RunPython(lay, lift)]
