"""What pictures do when people or the event go: receivers of the events' signals, in their transaction."""

from typing import Any

from apps.events.editing import Change
from apps.events.models import Attendee, Event

from . import actions, files, queries


def attendee_changing(event: Event, attendee: Attendee, **news: Any) -> None:
    queries.lock_those_of(event, attendee)


def attendee_removed(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.take_down_all(event, attendee)


def attendee_erased(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.erase(event, attendee)


def attendee_edited(event: Event, attendee: Attendee, **news: Any) -> None:
    actions.rename(event, attendee)


def programme_edited(event: Event, change: Change, **news: Any) -> None:
    if change.speaks:
        actions.follow_language(event)


def event_erased(event: Event, **news: Any) -> None:
    actions.erase_event(event)


def day_turned(**news: Any) -> int:
    return files.remove_orphans()
