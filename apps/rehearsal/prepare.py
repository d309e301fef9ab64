"""`python -m apps.rehearsal.prepare PROGRAMME BASE`: an empty database becomes an event with a host, in one process."""

import os
import sys
from io import StringIO


def main(programme: str, base: str) -> None:
    """Print a one-time sign-in address of the host."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialhub.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    told = StringIO()
    call_command("load_programme", programme, host="Host", stdout=told)
    sys.stdout.write(base + told.getvalue().split()[2])


if __name__ == "__main__":
    main(*sys.argv[1:])
