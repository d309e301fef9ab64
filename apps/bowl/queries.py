"""Looking bowls up; nothing here writes."""

from typing import TypeAlias

from apps.events import stage
from apps.events.models import Event, Segment
from apps.events.queries import not_here
from apps.live import streams

from . import documents
from .documents import Document
from .models import Bowl, Draw, Frozen, Slip

Documents: TypeAlias = dict[str, dict[str, Document | None]]


def find_bowl(event: Event, segment: str, *, to_write: bool = False) -> Bowl:
    """The bowl of this event's segment; refuses `not_here` (404)."""
    bowls = Bowl.objects.select_related("segment").filter(segment__event=event, segment__public_id=segment)
    found = (bowls.select_for_update(of=("self",)) if to_write else bowls).first()
    if found is None:
        raise not_here()
    return found


def draws_of(bowl: Bowl) -> list[Draw]:
    return list(bowl.draws.select_related("slip", "turn"))


def frozen_of(bowl: Bowl) -> Frozen | None:
    return Frozen.objects.prefetch_related("stirs").filter(bowl=bowl).first()


def open_draw(slip: Slip) -> Draw | None:
    """The draw that calls this slip, or in which it tells its story."""
    return slip.draws.filter(outcome__in=[Draw.Outcome.CALLED, Draw.Outcome.SPEAKING]).first()


def told_elsewhere(bowl: Bowl) -> set[int]:
    """Database ids of attendees who told a story in another bowl of the event."""
    told = Slip.objects.filter(
        state=Slip.State.TOLD, bowl__segment__event=bowl.segment.event_id, attendee__isnull=False
    )
    return set(told.exclude(bowl=bowl).values_list("attendee_id", flat=True))


def public_document(bowl: Bowl) -> Document:
    waiting = bowl.slips.filter(state=Slip.State.IN).count()
    return documents.bowl(bowl, waiting, draws_of(bowl), frozen_of(bowl))


def documents_of_slip(code: str, slip: Slip) -> Documents:
    """What the crew and the owner are told of one slip, by stream."""
    told: Documents = {streams.crew(code): {f"slips/{slip.public_id}": documents.slip_for_crew(slip)}}
    if slip.attendee:
        told[streams.attendee(code, slip.attendee.public_id)] = {key_of(slip.bowl): own_document(slip)}
    return told


def own_document(slip: Slip) -> Document | None:
    """What its owner is told; whoever speaks from afar sees the stage for as long as they are called or speak."""
    called = open_draw(slip)
    address = stage.address(slip.bowl.segment.event) if called and slip.remote else None
    return documents.slip(slip, called, address)


def key_of(bowl: Bowl) -> str:
    return f"bowl/{bowl.segment.public_id}"


def all_documents(code: str) -> Documents:
    """Every document of this app for one event, from the tables alone."""
    told: Documents = {streams.public(code): {}, streams.crew(code): {}}
    for bowl in Bowl.objects.select_related("segment").filter(segment__event__code=code):
        told[streams.public(code)][key_of(bowl)] = public_document(bowl)
        for slip in bowl.slips.select_related("attendee", "bowl__segment__event").exclude(state=Slip.State.OUT):
            for stream, keyed in documents_of_slip(code, slip).items():
                told.setdefault(stream, {}).update(keyed)
    return told


def stories(event: Event) -> list[tuple[Segment, str, str]]:
    """(segment, name, title) of every story whose teller gave it a title for keeping, in the order they were told."""
    told = Slip.objects.select_related("bowl__segment").filter(
        bowl__segment__event=event, state=Slip.State.TOLD, draws__outcome=Draw.Outcome.TOLD
    )
    kept = told.exclude(title="").exclude(name="").order_by("bowl__segment__position", "draws__number")
    return [(slip.bowl.segment, slip.name, slip.title) for slip in kept]
