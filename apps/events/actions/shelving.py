"""Whether an event is on the public list, and putting it away for good or for now."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal
from apps.live import publish, streams

from .. import documents
from ..models import Crew, Event
from .crewing import acted
from .rights import at_the_door, held


@transaction.atomic
def archive(event: Event, *, by: Crew) -> Event:
    """Out of the lists; nobody joins, and nothing about it changes. Twice is once.

    Refuses `not_allowed` (403) and `still_live` (409).
    """
    at_the_door(event, to_shut=True)
    # What attendees have begun is done first, in the order of rows in `rights.py`; what they begin later is refused.
    list(event.attendees.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    event = held(event, by, "archive_event")
    if event.archived_at:
        return event
    if event.started_at and not event.ended_at:
        raise Refusal("still_live", _("This event is running. End it first."))
    event.archived_at = clock.now()
    return shelved(event, by, "event.archived", "archive_event")


@transaction.atomic
def unarchive(event: Event, *, by: Crew) -> Event:
    """As it was before. Twice is once; refuses `not_allowed` (403)."""
    event = held(event, by, "archive_event")
    if event.archived_at is None:
        return event
    event.archived_at = None
    return shelved(event, by, "event.unarchived", "archive_event")


def shelved(event: Event, by: Crew, because: str, deed: str) -> Event:
    event.save(update_fields=["archived_at"])
    acted(event, by, deed, archived=event.archived_at is not None)
    publish.publish(streams.public(event.code), because, {"now": documents.now(event)})
    return event


@transaction.atomic
def set_listed(event: Event, listed: bool, *, by: Crew) -> Event:
    """On the public list or off it. Twice is once; refuses `not_allowed` (403) and `archived` (409)."""
    event = held(event, by, "list_event")
    if event.listed != listed:
        event.listed = listed
        event.save(update_fields=["listed"])
        acted(event, by, "list_event", listed=listed)
    return event
