"""What becomes of moves as people come and go: receivers of the events' signals, in their transaction."""

from typing import Any

from apps.core import idempotency
from apps.events.models import Attendee, Event


def attendee_joined(event: Event, attendee: Attendee, **news: Any) -> None:
    """A phone that was left is somebody's again: it need not be told any more where its last one went."""
    event.handovers.filter(left_hash=attendee.device_hash).update(left_hash="")


def attendee_removed(event: Event, attendee: Attendee, **news: Any) -> None:
    attendee_erased(event, attendee)


def attendee_erased(event: Event, attendee: Attendee, **news: Any) -> None:
    """What the phones they had before were answered may hold their words, as that of the last one does."""
    for owner in attendee.handovers.values_list("answers_of", flat=True):
        idempotency.forget_device(owner)
    attendee.handovers.all().delete()
