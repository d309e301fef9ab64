"""Looking contacts up; nothing here writes."""

from collections.abc import Iterable
from typing import TypeAlias

from django.db.models import Q, QuerySet

from apps.events.models import Attendee, Event
from apps.events.queries import not_here
from apps.live import streams

from . import documents
from .documents import Document
from .models import Contact
from .rules import Side, State, seen

Documents: TypeAlias = dict[str, dict[str, Document]]


def swapped(attendee: Attendee) -> list[tuple[str, str]]:
    """(name, line) of everybody this attendee has swapped contacts with, in the order in which they met."""
    # Both sides in one look: somebody may be forgotten between two.
    both = list(sides(attendee.event_id).filter(Q(giver=attendee) | Q(to=attendee)))
    given = {one.giver_id: one.side for one in both if one.to_id == attendee.pk}
    told = [(one.to.shown_name, seen(one.side, given[one.to_id])) for one in both if one.giver_id == attendee.pk]
    return [(name, one.theirs or "") for name, one in told if one.state is State.SWAPPED]


def pair(event: Event, attendee: Attendee, other_id: str) -> tuple[Contact, Contact]:
    """(mine, theirs) of two who met; refuses `not_here` (404): only who was met can be named."""
    mine = sides(event.pk).filter(giver=attendee, to__public_id=other_id).first()
    if mine is None:
        raise not_here()
    return mine, sides(event.pk).get(giver=mine.to, to=attendee)


def sides(event: int) -> QuerySet[Contact]:
    return Contact.objects.filter(event=event).select_related("giver", "to")


def told(code: str, mine: Iterable[Contact], everything: Iterable[Contact]) -> Documents:
    """The documents of these sides, by stream; `everything` has the sides of who stands opposite."""
    opposite: dict[tuple[int, int], Side] = {(one.giver_id, one.to_id): one.side for one in everything}
    found: Documents = {}
    for one in mine:
        stream = streams.attendee(code, one.giver.public_id)
        found.setdefault(stream, {})[key_of(one)] = documents.contact(one, opposite[one.to_id, one.giver_id])
    return found


def key_of(mine: Contact) -> str:
    return f"contacts/{mine.to.public_id}"


def all_documents(code: str) -> Documents:
    """Every document of this app for one event, from the tables alone."""
    event = Event.objects.filter(code=code).first()
    everything = list(sides(event.pk)) if event else []
    return told(code, everything, everything)
