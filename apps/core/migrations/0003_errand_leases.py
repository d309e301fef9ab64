from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_errand"),
    ]

    operations = [
        migrations.RenameField("errand", "claimed_at", "held_until"),
        migrations.AddField("errand", "failures", models.PositiveSmallIntegerField(default=0)),
    ]
