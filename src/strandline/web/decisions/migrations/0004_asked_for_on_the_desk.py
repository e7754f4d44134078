"""Runs that are asked for on the desk, and which judgements counted on a proposal."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from strandline.web.people.row_security import FenceRows


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0003_fenced'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='judged',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name='RunOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.PositiveIntegerField()),
                ('pack', models.CharField(max_length=100)),
                ('as_at', models.DateField()),
                ('carry', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for its turn'), ('making', 'Being made'), ('made', 'Made'), ('failed', 'Not made')], default='waiting', max_length=10)),
                ('stage', models.CharField(blank=True, max_length=200)),
                ('stage_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('problem', models.TextField(blank=True, max_length=4000)),
                ('judgements', models.PositiveIntegerField(default=0)),
                ('items', models.PositiveIntegerField(default=0)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='decisions.deskrun')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'made'), _negated=True), ('run__isnull', False), _connector='OR'), name='order_made_has_its_run'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='order_failed_says_why')],
            },
        ),
        FenceRows("RunOrder", by="authority"),
    ]
