import django.db.models.deletion
from django.db import migrations, models

import apps.keepsake.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("events", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(default=apps.keepsake.models.new_token, max_length=32, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="public_link", to="events.event"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Headcount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("in_room", models.PositiveIntegerField()),
                ("remote", models.PositiveIntegerField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="headcounts", to="events.event"
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [models.UniqueConstraint(fields=("event", "at"), name="headcount_is_one_per_minute")],
            },
        ),
    ]
