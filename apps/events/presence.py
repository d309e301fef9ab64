"""Present is heard from lately, not merely joined."""

from datetime import timedelta
from typing import Any

from apps.core import clock
from apps.live.streams import owner

from .models import Attendee

# Sockets are noted every 10 seconds: one note may be lost or late.
LATELY = timedelta(seconds=25)


def present(code: str) -> int:
    """How many attendees of the event were heard from lately."""
    here = Attendee.objects.filter(event__code=code, left_at=None, removed_at=None)
    return here.filter(seen_at__gte=clock.now() - LATELY).count()


def note_heard(streams: list[str], **_signal: Any) -> None:
    """Receiver of `apps.live.signals.heard`: the owners of these personal streams are here, in one UPDATE."""
    owners = [owner(name) for name in streams]
    heard = [mine[1] for mine in owners if mine and mine[0] == "attendee"]
    if heard:
        Attendee.objects.filter(public_id__in=heard).update(seen_at=clock.now())
