"""The rows of an export's tables, one at a time; `tables.py` says what each of their columns means."""

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from django.db.models import Count

from apps.bowl import queries as bowl
from apps.bowl.documents import name_of
from apps.bowl.models import Draw
from apps.core.clock import iso
from apps.crew.models import Deed
from apps.events.models import Event
from apps.matching.models import Seat
from apps.pictures.models import Picture
from apps.pictures.rules import State as PictureState
from apps.tips.models import Decision, Theme, Tip
from apps.tips.moderation import State

Row: TypeAlias = dict[str, Any]


def segments(event: Event) -> Iterator[Row]:
    for one in event.segments.all():
        yield {
            "id": one.public_id,
            "position": one.position,
            "kind": one.kind,
            "title": one.title,
            "minutes": one.minutes,
            "starts_at_local": one.starts_at_local,
            "entered_at": iso(one.entered_at),
            "left_at": iso(one.left_at),
        }


def moves(event: Event) -> Iterator[Row]:
    for one in event.moves.select_related("by").iterator():
        yield {
            "step": one.step,
            "verb": one.verb,
            "by": one.by.name if one.by else None,
            "at": iso(one.at),
            "undone_at": iso(one.undone_at),
        }


def attendance(event: Event) -> Iterator[Row]:
    for one in event.attendees.order_by("joined_at", "pk").iterator():
        yield {
            "id": one.public_id,
            "name": one.shown_name if one.name else None,
            "remote": one.remote,
            "joined_at": iso(one.joined_at),
            "last_heard_at": iso(one.seen_at),
            "left_at": iso(one.left_at),
            "removed_at": iso(one.removed_at),
        }


def present(event: Event) -> Iterator[Row]:
    for one in event.headcounts.iterator():
        yield {"at": iso(one.at), "in_room": one.in_room, "remote": one.remote}


def rounds(event: Event) -> Iterator[Row]:
    for one in event.rounds.select_related("segment", "prompt").iterator():
        yield {
            "number": one.number,
            "segment": one.segment.public_id,
            "prompt": one.prompt.text if one.prompt else None,
            "opened_at": iso(one.opened_at),
            "closed_at": iso(one.closed_at),
            "undone_at": iso(one.undone_at),
            "smallest": one.smallest,
            "largest": one.largest,
            "mix_sides": one.mix_sides,
            "repeats": one.repeats,
            "unavoidable": one.unavoidable,
            "algorithm": one.algorithm,
            "seed": one.seed,
            "history_digest": one.history_digest,
            "roster": one.roster,
        }


def groups(event: Event) -> Iterator[Row]:
    seats = Seat.objects.filter(round__event=event).select_related("round", "group", "attendee")
    for one in seats.order_by("round__number", "group__number", "seated_at", "pk").iterator():
        yield {
            "round": one.round.number,
            "group": one.group.number,
            "attendee": one.attendee.public_id,
            "name": one.attendee.shown_name if one.attendee.name else None,
            "remote": one.attendee.remote,
            "late": one.late,
            "seated_at": iso(one.seated_at),
            "found_at": iso(one.found_at),
            "left_at": iso(one.left_at),
            "why_left": one.why_left,
        }


def draws(event: Event) -> Iterator[Row]:
    made = Draw.objects.filter(bowl__segment__event=event).select_related("bowl__segment", "slip", "turn")
    for one in made.order_by("bowl__segment__position", "number").iterator():
        turn = getattr(one, "turn", None)
        yield {
            "segment": one.bowl.segment.public_id,
            "number": one.number,
            "at": iso(one.at),
            "name": name_of(one),
            "remote": one.slip.remote and name_of(one) is not None,
            "among": len(one.digests),
            "outcome": one.outcome,
            "accepted_at": iso(one.accepted_at),
            "decided_at": iso(one.decided_at),
            "turn_started_at": iso(turn.started_at) if turn else None,
            "turn_ended_at": iso(turn.ended_at) if turn else None,
            "hash": one.hash,
        }


def stories(event: Event) -> Iterator[Row]:
    for segment, name, title in bowl.stories(event):
        yield {"segment": segment.public_id, "name": name, "title": title}


def themes(event: Event) -> Iterator[Row]:
    for one in Theme.objects.filter(wall__segment__event=event).select_related("wall__segment").iterator():
        yield {
            "id": one.public_id,
            "segment": one.wall.segment.public_id,
            "name": one.name,
            "position": one.position,
        }


def tips(event: Event) -> Iterator[Row]:
    found = Tip.objects.filter(wall__segment__event=event).exclude(state=State.WITHDRAWN)
    for one in found.select_related("wall__segment", "theme").annotate(count=Count("votes")).iterator():
        yield {
            "id": one.public_id,
            "segment": one.wall.segment.public_id,
            "state": one.state,
            "text": one.text,
            "original": one.original or None,
            # Who did not sign is not named, whoever asks; the crew's cards keep to the same.
            "by": one.author_name if one.signed or names_authors(one) else None,
            "theme": one.theme.public_id if one.theme else None,
            "pinned": one.pinned,
            "votes": one.count,
            "reason": one.reason or None,
            "words": one.words or None,
            "written_at": iso(one.written_at),
            "approved_at": iso(one.approved_at),
        }


def names_authors(tip: Tip) -> bool:
    return bool(tip.wall.segment.options.get("authors_for_crew", False))


def decisions(event: Event) -> Iterator[Row]:
    made = Decision.objects.filter(wall__segment__event=event).select_related("by")
    for one in made.iterator():
        yield {
            "tip": one.tip_public_id,
            "verb": one.verb,
            "by": one.by.name if one.by else None,
            "at": iso(one.at),
            "before": one.before,
            "after": one.after,
            "reason": one.reason or None,
            "undone_at": iso(one.undone_at),
        }


def deeds(event: Event) -> Iterator[Row]:
    for one in Deed.objects.filter(event=event).select_related("by").order_by("at", "pk").iterator():
        yield {
            "at": iso(one.at),
            "by": one.by.name if one.by else None,
            "deed": one.deed,
            "about": json.dumps(one.about, sort_keys=True),
        }


def pictures(event: Event) -> Iterator[Row]:
    for one in Picture.objects.filter(event=event).exclude(state=PictureState.DELETED).iterator():
        yield {
            "id": one.public_id,
            "state": one.state,
            "by": one.author_name if one.signed else None,
            "caption": one.caption or None,
            "width": one.width,
            "height": one.height,
            "sent_at": iso(one.sent_at),
            "approved_at": iso(one.approved_at),
            "reason": one.reason or None,
        }
