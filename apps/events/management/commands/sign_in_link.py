"""`manage.py sign_in_link CODE NAME`: a one-time address that signs a host or moderator in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.refusal import Refusal

from ... import actions, queries
from ...models import Crew


class Command(BaseCommand):
    help = "Print a one-time sign-in address for somebody of the crew; makes them crew if they are not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("name", nargs="?", default="Host")
        parser.add_argument("--role", choices=[role.value for role in Crew.Role])
        parser.add_argument("--base", default="", help="printed before the path, such as http://192.168.0.7:8000")

    def handle(self, *, code: str, name: str, role: str | None, base: str, **options: Any) -> None:
        try:
            member = actions.add_crew(queries.find_event(code), name, role)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(base.rstrip("/") + actions.new_sign_in_address(member))
