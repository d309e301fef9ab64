"""`manage.py revoke_crew CODE NAME`: no longer crew of this event; their sockets close within a second."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.refusal import Refusal

from ... import actions, queries


class Command(BaseCommand):
    help = "Take somebody off the crew of an event."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("name")

    def handle(self, *, code: str, name: str, **options: Any) -> None:
        try:
            event = queries.find_event(code)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        members = list(event.crew.filter(name=name, revoked_at=None))
        if not members:
            raise CommandError(f"Nobody on the crew of {event.code} is called {name}.")
        for member in members:
            actions.revoke(member)
