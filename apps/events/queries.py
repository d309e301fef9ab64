"""Looking things up; nothing here writes."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import orjson
from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.codes import normal_code
from apps.core.refusal import Refusal
from apps.live import queries as live
from apps.live import streams

from . import documents, retention, stage
from .models import Attendee, Crew, Event, Logo, Move, Prompt, Segment

Documents: TypeAlias = dict[str, object]

# Duplicates of an event say the same prompts again: so many rows are looked at for each one that is offered.
LOOK_FURTHER = 20


def not_here() -> Refusal:
    return Refusal("not_here", _("There is nothing here."), status=404)


def event_of(code: str) -> Event | None:
    return Event.objects.select_related("segment", "prompt").filter(code=normal_code(code)).first()


def find_event(code: str) -> Event:
    """The event of a join code as typed; refuses `not_here` (404)."""
    event = event_of(code)
    if event is None:
        raise Refusal("not_here", _("No event has this code. Please check the letters."), status=404)
    return event


def listed() -> list[Event]:
    """What the public list has: events that are on it and still to come or running, the next one first."""
    found = Event.objects.filter(listed=True, archived_at=None, ended_at=None)
    return list(found.order_by(F("starts_on").asc(nulls_last=True), "starts_at_local", "pk"))


def at_home(user: User) -> list[Documents]:
    """The events whose crew the account is of, the newest first."""
    return [
        documents.at_home(one, one.people)
        for one in places().filter(user=user, event__rehearsal="").order_by("-event__created_at", "-pk")
    ]


def one_at_home(member: Crew) -> Documents:
    one = places().get(pk=member.pk)
    return documents.at_home(one, one.people)


def places() -> QuerySet[Any]:
    """Places on crews, each with its event and `people`, how many have joined that."""
    here = Count("event__attendees", filter=Q(event__attendees__removed_at=None))
    return Crew.objects.filter(revoked_at=None).select_related("event__segment").annotate(people=here)


def due() -> list[Event]:
    """Events whose day of erasing has come."""
    moment = clock.now()
    return [
        event
        for event in Event.objects.all()
        if retention.is_due(event.erased_on, created_at=event.created_at, timezone=event.timezone, at=moment)
    ]


def segments_of(event: Event) -> list[Segment]:
    return list(event.segments.prefetch_related("prompts"))


def logo_bytes(event: Event) -> bytes:
    """Refuses `not_here` (404)."""
    found = Logo.objects.filter(event=event).first()
    if found is None:
        raise not_here()
    return bytes(found.data)


def bank(user: User, typed: str, most: int) -> list[Documents]:
    """Prompts with all these words, from the events whose crew the account is of: the latest first, each text once."""
    theirs = Crew.objects.filter(user=user, revoked_at=None).values("event")
    found = Prompt.objects.filter(segment__event__in=theirs).select_related("segment__event").order_by("-pk")
    for word in typed.split():
        found = found.filter(text__icontains=word)
    once: dict[str, Documents] = {}
    for prompt in found[: most * LOOK_FURTHER]:
        event = prompt.segment.event
        once.setdefault(prompt.text, {"text": prompt.text, "title": event.title, "language": event.language})
    return list(once.values())[:most]


def opened_and_held(event: Event) -> tuple[set[int], set[int]]:
    """Keys of the segments of which some activity keeps rows, and of those with rows that hang on these: what people
    have given, or what was drawn up for them. Read off the models, because no activity is known here.
    """
    opened: set[int] = set()
    held: set[int] = set()
    for relation in Segment._meta.related_objects:
        model = relation.related_model
        if model in (Event, Prompt):
            continue
        name = relation.field.name
        opened |= set(model._default_manager.filter(**{f"{name}__event": event}).values_list(f"{name}_id", flat=True))
        for inner in model._meta.related_objects:
            path = f"{inner.field.name}__{name}"
            rows = inner.related_model._default_manager.filter(**{f"{path}__event": event})
            held |= set(rows.order_by().values_list(f"{path}_id", flat=True).distinct())
    return opened, held


def segment_of(event: Event, segment: str, kind: str) -> Segment:
    """The event's segment of this public id and kind; refuses `not_here` (404)."""
    found = event.segments.filter(public_id=segment, kind=kind).first()
    if found is None:
        raise not_here()
    return found


def attendees_of(event: Event) -> QuerySet[Attendee]:
    return event.attendees.filter(removed_at=None)


def names_of_crew(event: Event) -> list[str]:
    """Of those who run the event, and of those the programme announces as hosts."""
    return [*event.hosts, *event.crew.filter(revoked_at=None).values_list("name", flat=True)]


def last_move(event: Event) -> Move | None:
    return event.moves.select_related("by", "undone_by").order_by("-step").first()


def public_documents(event: Event, segments: list[Segment]) -> Documents:
    return {
        "event": documents.event(event),
        "programme": documents.programme(segments),
        "now": documents.now(event),
    }


def crew_documents(event: Event, segments: list[Segment]) -> Documents:
    move = last_move(event)
    return {
        "timeline": documents.timeline(segments),
        "stage": {"address": stage.address(event)},
        **({"last_move": documents.move(move)} if move else {}),
    }


def all_documents(code: str) -> dict[str, Documents]:
    """Every stream of one event with its documents, from the tables alone: `{full stream name: {key: document}}`."""
    event = Event.objects.select_related("segment", "prompt").filter(code=code).first()
    if event is None:
        return {}
    segments = segments_of(event)
    crew = crew_documents(event, segments)
    everything = {
        streams.public(code): public_documents(event, segments),
        streams.crew(code): crew,
        streams.stage(code, event.stage_id): {},
    }
    for member in event.crew.filter(revoked_at=None):
        crew[documents.member_key(member)] = documents.member(member)
        everything[streams.member(code, member.public_id)] = {"member": documents.member(member)}
    for attendee in attendees_of(event):
        crew[f"attendees/{attendee.public_id}"] = documents.attendee_for_crew(attendee)
        everything[streams.attendee(code, attendee.public_id)] = {"attendee": documents.attendee(attendee)}
    return everything


def snapshots(mine: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """`{"public": {"epoch", "version", "documents"}, ...}` of an identity's streams, for `orjson.dumps`.

    Bodies are put in as the JSON texts they are stored as.
    """
    found = live.snapshots(mine.values())
    return {
        alias: {
            "epoch": found[name].epoch,
            "version": found[name].version,
            "documents": {key: orjson.Fragment(body) for key, body in found[name].documents.items()},
        }
        for alias, name in mine.items()
    }
