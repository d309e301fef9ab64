"""What the wall does when the event moves on or people go: receivers of the events' signals, in their transaction."""

from typing import Any

from apps.events.editing import Change
from apps.events.models import Attendee, Event, Segment

from . import actions

KIND = "group_exercise"


def segment_entered(event: Event, segment: Segment, **news: Any) -> None:
    if segment.kind == KIND:
        actions.open_wall(segment)


def programme_edited(event: Event, change: Change, **news: Any) -> None:
    actions.forget_walls(event, [segment for segment, kind in change.gone.items() if kind == KIND])
    actions.follow_settings(event, change.settings)
    if change.speaks:
        actions.follow_language(event)


def attendee_removed(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.take_down_all(event, attendee)


def attendee_erased(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.erase(event, attendee)


def attendee_edited(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.rename(event, attendee)
