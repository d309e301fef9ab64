"""`manage.py load_programme FILE`: a new event from a programme file, or a new programme for one before its start."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.core.refusal import Refusal

from ... import actions, queries, stage
from ...programme import MOST_BYTES, BadProgramme, Programme, parse


class Command(BaseCommand):
    help = "Make an event from a programme file (TOML, see apps/events/PROGRAMME.md). A bad file writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--code", help="the join code of the new event; a random one without")
        parser.add_argument("--replace", action="store_true", help="give the event of --code this programme instead")
        parser.add_argument("--host", help="somebody who hosts it; prints their one-time sign-in address")

    def handle(self, *, file: Path, code: str | None, replace: bool, host: str | None, **options: Any) -> None:
        programme = read(file)
        if replace and not code:
            raise CommandError("--replace needs --code")
        try:
            with transaction.atomic():
                if replace:
                    event = actions.replace_programme(queries.find_event(code or ""), programme)
                else:
                    event = actions.create_event(programme, code)
                member = actions.add_crew(event, host, "host") if host else None
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(event.code)
        self.stdout.write(stage.address(event))
        if member:
            self.stdout.write(actions.new_sign_in_address(member))


def read(file: Path) -> Programme:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: cannot be read: {error.strerror}") from error
    try:
        return parse(content)
    except BadProgramme as bad:
        lines = [f"{file}: {key}: {reason}" if key else f"{file}: {reason}" for key, reason in bad.faults]
        raise CommandError("\n".join(lines)) from bad
