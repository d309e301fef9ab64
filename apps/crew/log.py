"""Who did what, the newest first: deeds as they were written down, and the moves, which have a table of their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from apps.core.clock import iso
from apps.events.models import Attendee, Crew, Event, Move, Segment
from apps.events.queries import not_here

from . import sentences
from .documents import Document
from .models import Deed

PAGE = 50  # two screens of a laptop

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Place:
    """Between two entries: `at` alone would lose one of two in the same instant."""

    at: datetime
    id: str


def page(event: Event, before: str = "") -> tuple[list[Document], bool]:
    """Up to `PAGE` entries older than the one with the id `before`, and whether there are more.

    Refuses `not_here` (404): no entry of this event has that id.
    """
    place = place_of(event, before) if before else None
    deeds = older(event.deeds.select_related("by"), place)
    moves = older(event.moves.select_related("by"), place)
    found: list[Deed | Move] = sorted([*deeds, *moves], key=lambda one: (one.at, one.public_id), reverse=True)
    return told(event, found[:PAGE]), len(found) > PAGE


def place_of(event: Event, entry_id: str) -> Place:
    kinds: tuple[QuerySet[Any], ...] = (event.deeds.all(), event.moves.all())
    for entries in kinds:
        if found := entries.filter(public_id=entry_id).first():
            return Place(found.at, found.public_id)
    raise not_here()


def older(entries: QuerySet[Row], place: Place | None) -> QuerySet[Row]:
    if place:
        entries = entries.filter(Q(at__lt=place.at) | Q(at=place.at, public_id__lt=place.id))
    return entries.order_by("-at", "-public_id")[: PAGE + 1]


def told(event: Event, entries: list[Deed | Move]) -> list[Document]:
    deeds = [one for one in entries if isinstance(one, Deed)]
    names = names_of(
        event, {str(one.about[key]) for one in deeds for key in ("member", "attendee") if key in one.about}
    )
    segments = dict(Segment.objects.filter(event=event).values_list("public_id", "title"))
    return [
        {
            "id": one.public_id,
            "at": iso(one.at),
            "by": one.by.public_id if one.by else None,
            "text": text_of(one, names, segments),
            "undone_at": iso(one.undone_at) if isinstance(one, Move) else None,
        }
        for one in entries
    ]


def text_of(entry: Deed | Move, names: dict[str, str], segments: dict[str, str]) -> str:
    who = entry.by.name if entry.by else ""
    if isinstance(entry, Move):
        return sentences.of_move(entry.verb, who=who, segment=segments.get(entry.after.get("segment") or "", "–"))
    whom = entry.about.get("member") or entry.about.get("attendee")
    return sentences.of_deed(entry.deed, entry.about, who=who, whom=names.get(str(whom), ""))


def names_of(event: Event, ids: set[str]) -> dict[str, str]:
    """Looked up, not kept beside the deed: whoever asked to be forgotten has no name here either."""
    crew = Crew.objects.filter(event=event, public_id__in=ids)
    attendees = Attendee.objects.filter(event=event, public_id__in=ids).exclude(name="")
    return {one.public_id: one.name for one in crew} | {one.public_id: one.shown_name for one in attendees}
