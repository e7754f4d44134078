"""What was published or sent is never altered."""

from django.db import migrations

from strandline.web.decisions.immutable import lay, lift


class Migration(migrations.Migration):
    """Lay the triggers; the fences follow in 0003."""

    dependencies = [("decisions", "0001_initial")]

    operations = [migrations.RunPython(lay, lift)]
