from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tips", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="needs_name",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="theme",
            name="quoted",
            field=models.BooleanField(default=False),
        ),
    ]
