"""Looking pictures up; nothing here writes."""

from collections.abc import Iterable
from typing import TypeAlias

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from apps.events.identity import Identity
from apps.events.models import Attendee, Event
from apps.events.queries import not_here
from apps.events.roles import may
from apps.live import streams

from . import documents
from .models import Picture
from .rules import State

Documents: TypeAlias = dict[str, dict[str, object | None]]

SIZES = ("large", "small")


def shown(event: Event) -> list[Picture]:
    """The approved pictures of an event, in the order in which they were approved."""
    return list(event.pictures.filter(state=State.APPROVED).order_by("approved_at", "pk"))


def file(picture: Picture, size: str) -> FieldFile:
    """The JPEG file of a picture that is not deleted, "large" (at most 1920 pixels long) or "small" (640)."""
    return picture.large if size == "large" else picture.small


def takes_pictures(event: Event) -> bool:
    """Whether a closing of its programme asks for pictures."""
    return any(options.get("pictures") for options in event.segments.values_list("options", flat=True))


def pictures_of(event: Event) -> QuerySet[Picture]:
    return event.pictures.select_related("author", "author_crew", "decided_by")


def find(event: Event, picture_id: str, **more: object) -> Picture:
    """The event's picture, locked until the transaction ends; refuses `not_here` (404)."""
    found = pictures_of(event).select_for_update(of=("self",)).filter(public_id=picture_id, **more).first()
    if found is None:
        raise not_here()
    found.event = event
    return found


def lock_those_of(event: Event, attendee: Attendee) -> None:
    """Until the transaction ends, in the order of the database."""
    list(event.pictures.select_for_update().filter(author=attendee).order_by("pk"))


def find_visible(identity: Identity, picture_id: str) -> Picture:
    """Approved ones for all who hear the event, others for the crew and for who sent them; else `not_here` (404)."""
    picture = pictures_of(identity.event).exclude(state=State.DELETED).filter(public_id=picture_id).first()
    if picture is None or not may_see(identity, picture):
        raise not_here()
    return picture


def may_see(identity: Identity, picture: Picture) -> bool:
    if not may(identity.role, "hear_public"):
        return False
    is_own = identity.attendee is not None and picture.author_id == identity.attendee.pk
    return picture.state == State.APPROVED or may(identity.role, "moderate_pictures") or is_own


def picture_documents(event: Event, pictures: Iterable[Picture]) -> Documents:
    """What everybody concerned is told of these pictures, by stream; None for what they may no longer see."""
    told: Documents = {streams.public(event.code): {}, streams.crew(event.code): {}}
    public, crew = told.values()
    for picture in pictures:
        card = documents.card(picture)
        is_waiting = picture.state == State.PENDING
        # Nothing public happens to a picture that was never shown: nobody can even count those that wait.
        if picture.approved_at:
            public[f"pictures/{picture.public_id}"] = documents.shown(picture)
        crew[f"picture_queue/{picture.public_id}"] = card if is_waiting else None
        crew[f"picture_board/{picture.public_id}"] = None if is_waiting else card
        # A removed attendee's stream is closed.
        if picture.author and picture.author.removed_at is None:
            mine = told.setdefault(streams.attendee(event.code, picture.author.public_id), {})
            mine[f"own_pictures/{picture.public_id}"] = documents.own(picture, event.language)
    return told


def all_documents(code: str) -> Documents:
    """Every document of this app for one event, from the tables alone."""
    event = Event.objects.filter(code=code).first()
    if event is None:
        return {}
    return {
        stream: {key: body for key, body in keyed.items() if body is not None}
        for stream, keyed in picture_documents(event, pictures_of(event)).items()
    }
