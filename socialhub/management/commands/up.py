"""`manage.py up`: from an empty folder to a served event, and what to tell people. `make up` calls it."""

import socket
import sys
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from apps.events import actions, stage
from apps.events.models import Crew, Event
from apps.live.server import bound
from apps.screens.addresses import local_network_address

from ...static import collect
from ...workers import run, stop_when_told

FIRST_PROGRAMME = Path("apps/events/programmes/open-collaboration-social.toml")


class Command(BaseCommand):
    help = "Set up what is missing, print the addresses, and serve. What happened before is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="0.0.0.0")  # noqa: S104 - phones in the room must get in
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        stop_when_told()
        listening = listen(host, port)
        call_command("migrate", verbosity=0)
        collect()
        event = newest_event()
        self.tell(event, host, listening.getsockname()[1])
        sys.stdout.flush()
        sys.exit(run(listening, settings.WORKERS))

    def tell(self, event: Event, host: str, port: int) -> None:
        base = settings.ORIGINS[0] if settings.ORIGINS else f"http://{facing(host)}:{port}"
        join = f"{base}/{event.code}/"
        lines = [
            f"{event.title}\n",
            f"Join     {join}",
            f"Stage    {base}{stage.address(event)}",
            f"Console  {base}{actions.new_sign_in_address(a_host(event))}",
            "\nThe console link signs in once; `make up` prints a new one. Ctrl-C stops; what happened is kept.",
        ]
        self.stdout.write("")
        if "utf" in (getattr(sys.stdout, "encoding", "") or "").lower():
            segno.make(join, error="l").terminal(border=2, compact=True)
        self.stdout.write("\n".join(lines))


def listen(host: str, port: int) -> socket.socket:
    try:
        listening = bound(host, port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"{host}:{port} cannot be served: {reason}. Try another one: make up PORT=8080") from error
    listening.listen()
    return listening


def newest_event() -> Event:
    """The event made last; the founding one is made where there is none."""
    for_people = Event.objects.filter(rehearsal="")
    if not for_people.exists():
        call_command("load_programme", settings.BASE_DIR / FIRST_PROGRAMME, stdout=StringIO())
    return for_people.latest("pk")


def a_host(event: Event) -> Crew:
    return event.crew.filter(role="host", revoked_at=None).first() or actions.add_crew(event, "Host", "host")


def facing(host: str) -> str:
    """The address under which others reach us."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104
        return f"[{host}]" if ":" in host else host
    return local_network_address() or "localhost"
