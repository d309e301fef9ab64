import django.db.models.deletion
from django.db import migrations, models

import apps.core.codes
import apps.tips.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("events", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=apps.core.codes.new_id, max_length=12, unique=True)),
                ("name", models.CharField(max_length=400)),
                ("name_key", models.CharField(max_length=400)),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("sun", "sun"),
                            ("leaf", "leaf"),
                            ("coral", "coral"),
                            ("sky", "sky"),
                            ("violet", "violet"),
                            ("rose", "rose"),
                            ("sea", "sea"),
                            ("sand", "sand"),
                        ],
                        max_length=6,
                    ),
                ),
                ("position", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=apps.core.codes.new_id, max_length=12, unique=True)),
                ("author_name", models.CharField(max_length=400)),
                ("signed", models.BooleanField()),
                ("text", models.TextField(blank=True)),
                ("original", models.TextField(blank=True)),
                ("flags", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "pending"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("taken_down", "taken_down"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField(blank=True)),
                ("pinned", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tips", to="events.attendee"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="tips", to="tips.theme"
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="events.crew"),
                ),
                (
                    "tip",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claim", to="tips.tip"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField()),
                ("revealed", models.BooleanField(default=True)),
                ("moderated", models.BooleanField(default=True)),
                ("themes_on_stage", models.BooleanField(default=False)),
                ("votes", models.JSONField(default=dict)),
                ("votes_stale", models.BooleanField(default=False)),
                ("suggestions", models.JSONField(default=apps.tips.models.nothing_suggested)),
                ("suggestions_stale", models.BooleanField(default=False)),
                ("suggested_at", models.DateTimeField(null=True)),
                (
                    "segment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wall", to="events.segment"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="tip",
            name="wall",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tips", to="tips.wall"),
        ),
        migrations.AddField(
            model_name="theme",
            name="wall",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="tips.wall"),
        ),
        migrations.CreateModel(
            name="RefusedSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("group", "Group"), ("guess", "Guess"), ("pair", "Pair")], max_length=5),
                ),
                ("tips", models.JSONField()),
                ("theme", models.CharField(blank=True, max_length=12)),
                ("key", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="events.crew"
                    ),
                ),
                (
                    "wall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="refused", to="tips.wall"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tip_public_id", models.CharField(max_length=12)),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("edit", "edit"),
                            ("withdraw", "withdraw"),
                            ("approve", "approve"),
                            ("decline", "decline"),
                            ("rewrite", "rewrite"),
                            ("take_down", "take_down"),
                            ("put_back", "put_back"),
                            ("reconsider", "reconsider"),
                            ("remove", "remove"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("before", models.CharField(max_length=10)),
                ("after", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="events.crew"
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="decisions", to="tips.tip"
                    ),
                ),
                (
                    "wall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="tips.wall"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="events.attendee"
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="tips.tip"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tip", "attendee"), name="vote_is_one_per_attendee_and_tip")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(fields=["wall", "state"], name="tips_tip_wall_id_04676e_idx"),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "approved", "declined", "taken_down", "withdrawn"])),
                name="tip_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("state", "withdrawn"), _connector="OR"),
                name="tip_has_words_until_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="tip_approved_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="tip_declined_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.UniqueConstraint(fields=("wall", "name_key"), name="theme_has_a_name_of_its_own"),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.CheckConstraint(
                condition=models.Q(("colour__in", ("sun", "leaf", "coral", "sky", "violet", "rose", "sea", "sand"))),
                name="theme_colour_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedsuggestion",
            constraint=models.UniqueConstraint(fields=("wall", "key"), name="suggestion_is_refused_once"),
        ),
    ]
