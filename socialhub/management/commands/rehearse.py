"""`manage.py rehearse`: an evening with simulated people, and what failed of it. `make rehearse` calls it."""

import asyncio
import logging
import sys
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.rehearsal.evening import WholeEvening
from apps.rehearsal.faults import CannotBegin
from apps.rehearsal.ground import own_server, room_for
from apps.rehearsal.interruption import Interrupted, Interruption
from apps.rehearsal.journal import Journal
from apps.rehearsal.report import report

from ...static import collect

FOUNDING = Path("apps/events/programmes/open-collaboration-social.toml")
BAR = 24


class Command(BaseCommand):
    help = "Rehearse an evening with simulated people, over real HTTP and websockets, and say what failed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=200)
        parser.add_argument("--speed", type=float, default=30, help="so many times as fast as the programme")
        parser.add_argument("--seed", default="rehearsal", help="the same seed, the same people")
        parser.add_argument("--programme", type=Path, default=settings.BASE_DIR / FOUNDING)
        parser.add_argument(
            "--at",
            metavar="ADDRESS",
            help="at a running server: a one-time sign-in address of a host (sign_in_link CODE --base ADDRESS)."
            " A copy of their event is rehearsed, and erased. Without it, a server of its own is started.",
        )

    def handle(self, *, people: int, speed: float, seed: str, programme: Path, at: str | None, **options: Any) -> None:
        if people < 2 or speed <= 0:
            raise CommandError("A rehearsal needs two people and a speed above 0.")
        logging.getLogger("httpx").setLevel(logging.WARNING)
        told = {"speed": speed, "seed": seed, "tell": Progress(self, people)}
        with Interruption() as interruption:
            try:
                room_for(people)
                collect()
                ground: AbstractContextManager[str] = nullcontext(at) if at else own_server(programme)
                with ground as address:
                    verdict = asyncio.run(interruption.of(WholeEvening.at(address, people, **told).run()))
            except CannotBegin as why:
                raise CommandError(str(why)) from why
            except Interrupted as ended:
                self.stderr.write("\nThe rehearsal was stopped before its end: there is no verdict.")
                sys.exit(128 + ended.number)
        self.stdout.write("\n" + report(verdict, people, speed))
        sys.exit(0 if verdict.is_good else 1)


class Progress:
    """A bar that stays in its line on a terminal, and a line for every tenth elsewhere."""

    def __init__(self, command: Command, people: int) -> None:
        self.command, self.people, self.last = command, people, -1

    def __call__(self, part: float, _segment: int, doing: str, journal: Journal) -> None:
        done = int(part * BAR)
        faults = journal.faults.counts.total()
        line = (
            f"[{'#' * done:<{BAR}}] {part:4.0%}  {doing}: {len(journal.people)} of {self.people} people,"
            f" {journal.counts['writes']} things done, {journal.counts['frames']} messages, {faults} faults"
        )
        if self.command.stdout.isatty():
            self.command.stdout.write(f"\r{line:<140}", ending="")
            self.command.stdout.flush()
        elif (tenth := int(part * 10)) > self.last:
            self.last = tenth
            self.command.stdout.write(line)
            self.command.stdout.flush()
