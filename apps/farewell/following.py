"""What happens to contacts as people meet and go: receivers of the events' signals, in their transaction.

Leaving changes nothing: people go home with what they swapped, and may still be offered a contact by who met them.
Whoever is removed or forgotten could never take a line back again, so everything between them and anybody goes at once,
on both sides.
"""

from typing import Any

from apps.events.models import Attendee, Event

from . import actions


def people_met(event: Event, pairs: list[tuple[Attendee, Attendee]], **news: Any) -> None:
    actions.meet(event, pairs)


def attendee_edited(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.tell_name(event, attendee)


def attendee_gone(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.erase(event, attendee)
