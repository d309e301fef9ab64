"""`manage.py dump_programme CODE`: an event's programme as a file that loads to an equal one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.refusal import Refusal

from ... import actions, queries
from ...programme import dump


class Command(BaseCommand):
    help = "Print the programme of an event as TOML."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")

    def handle(self, *, code: str, **options: Any) -> None:
        try:
            event = queries.find_event(code)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(dump(actions.programme_of(event)), ending="")
