"""What the wall does when the event moves on or people go: receivers of the events' signals, in their transaction."""

from typing import Any

from apps.events.models import Attendee, Event, Segment

from . import actions

KIND = "group_exercise"


def segment_entered(event: Event, segment: Segment, **news: Any) -> None:
    if segment.kind == KIND:
        actions.open_wall(segment)


def attendee_removed(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.take_down_all(event, attendee)


def attendee_erased(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.erase(event, attendee)


def attendee_edited(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.rename(event, attendee)
