"""What a draft changes of the pack that it was copied from, and why; what a category stands for."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0004_asked_for_on_the_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='scheme',
            name='base',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='runcategory',
            name='tags',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name='SchemeAmendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('number', 'Number'), ('choice', 'Choice')], max_length=10)),
                ('name', models.CharField(max_length=100)),
                ('title', models.TextField()),
                ('before', models.TextField()),
                ('after', models.TextField()),
                ('reason', models.TextField(max_length=10000)),
                ('by_role', models.CharField(max_length=30)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='decisions.scheme')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='amendment_says_why')],
            },
        ),
        FenceRows("SchemeAmendment", by="scheme"),
    ]
