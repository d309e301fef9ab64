"""`manage.py erase_event CODE`: everything of one event, for good, whatever its day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core import traces
from apps.core.refusal import Refusal

from ... import actions, queries


class Command(BaseCommand):
    help = "Erase an event: what people typed, their pictures, the programme. Nothing brings it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--confirm", metavar="CODE", help="the code once more, instead of being asked for it")

    def handle(self, *, code: str, confirm: str | None, **options: Any) -> None:
        try:
            event = queries.find_event(code)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        if confirm is None:
            people = event.attendees.count()
            self.stdout.write(f"{event.title}: {people} people, and everything they typed. Nothing brings it back.")
            confirm = input(f"Type {event.code} to erase it: ")
        if confirm.strip().upper() != event.code:
            raise CommandError("Nothing was erased.")
        actions.erase_event(event)
        self.stdout.write(f"{event.code} is erased.")
        if not traces.wash_now():
            self.stdout.write("Its traces in the database's files go as soon as nobody reads them.")
