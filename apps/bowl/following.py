"""What the bowl does when the event moves on or people go: receivers of the events' signals, in their transaction."""

from typing import Any

from apps.events.editing import Change
from apps.events.models import Attendee, Event, Segment

from . import actions
from .models import Bowl

KIND = "open_mic"


def lock(event: Event, **news: Any) -> None:
    """Before anybody publishes: who puts a name in holds the bowl and waits to publish."""
    list(Bowl.objects.select_for_update(of=("self",), no_key=True).filter(segment__event=event).order_by("pk"))


def event_started(event: Event, **news: Any) -> None:
    for segment in event.segments.filter(kind=KIND):
        if segment.options.get("bowl_opens") != "by_host":
            open_unless_revealed(event, segment)


def programme_edited(event: Event, change: Change, **news: Any) -> None:
    """Bowls open with the event: one that was added since opens now. Of a removed segment there was an empty one."""
    actions.forget_bowls(event, [segment for segment, kind in change.gone.items() if kind == KIND])
    if event.started_at and not event.ended_at:
        for segment in event.segments.filter(kind=KIND, bowl=None, entered_at=None):
            if segment.options.get("bowl_opens") != "by_host":
                actions.open_bowl(event, segment)


def segment_entered(event: Event, segment: Segment, **news: Any) -> None:
    if segment.kind == KIND and (hasattr(segment, "bowl") or segment.options.get("bowl_opens") != "by_host"):
        open_unless_revealed(event, segment)


def segment_left(event: Event, segment: Segment, **news: Any) -> None:
    if segment.kind == KIND:
        actions.close_bowl(event, segment)


def attendee_gone(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.erase(event, attendee)


def attendee_edited(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.follow_remote(event, attendee)


def stage_renewed(event: Event, **news: Any) -> None:
    lock(event)
    actions.follow_stage(event)


def open_unless_revealed(event: Event, segment: Segment) -> None:
    bowl = getattr(segment, "bowl", None)
    if bowl is None or bowl.revealed_at is None:
        actions.open_bowl(event, segment)
