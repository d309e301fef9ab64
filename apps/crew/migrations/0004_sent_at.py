from django.db import migrations, models

# Of those that stand until now it is not known, and they were said to be sent.
SENT = "UPDATE crew_invitation SET sent_at = made_at WHERE mail <> ''"


class Migration(migrations.Migration):
    dependencies = [("crew", "0003_one_mailbox")]

    operations = [
        migrations.AddField("invitation", "sent_at", models.DateTimeField(null=True)),
        migrations.AddField("invitation", "sending_at", models.DateTimeField(null=True)),
        migrations.RunSQL(SENT, migrations.RunSQL.noop),
    ]
