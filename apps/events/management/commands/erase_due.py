"""`manage.py erase_due`: what the server does once a day by itself, at once: erase every event whose day has come."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.core import traces

from ... import actions, queries


class Command(BaseCommand):
    help = "Erase the events whose day has come, and tidy up. A running server does this once a day by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say which events those are, and erase nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        for event in queries.due():
            self.stdout.write(f"{event.code} {event.title}")
        if not dry_run:
            actions.turn_day()
            traces.wash_now()
