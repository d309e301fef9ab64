from django.db import migrations

# Of accounts with one address the first one was sent the links all along: it keeps the address.
KEEP_FIRST = """
    UPDATE auth_user SET email = '' WHERE email <> '' AND is_active AND EXISTS (
        SELECT 1 FROM auth_user earlier
        WHERE earlier.id < auth_user.id AND earlier.is_active AND UPPER(earlier.email) = UPPER(auth_user.email)
    )
"""


class Migration(migrations.Migration):
    """A mailbox belongs to one account, compared as `queries.account_of_mail` does. The table is Django's own, so that
    no model of ours can say it.
    """

    dependencies = [("crew", "0002_consoles"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunSQL(KEEP_FIRST, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE UNIQUE INDEX crew_mailbox_of_one_account ON auth_user (UPPER(email)) WHERE email <> '' AND is_active",
            "DROP INDEX crew_mailbox_of_one_account",
        ),
    ]
