"""The event as a calendar file (RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeAlias
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from apps.core import clock
from apps.events.models import Event

Span: TypeAlias = tuple[date, date | None]

DAY = timedelta(days=1)


def calendar(event: Event, minutes: int, address: str) -> bytes | None:
    """The file, or None while nobody knows the day. `minutes`: the whole programme's; `address`: of the keepsake.

    A programme with a time zone gives its local times, the zone's rules included; without one they float, which
    calendars show as the wall clock of whoever reads. Without a day, what counts is when it was really started.
    """
    found = span(event, minutes)
    if found is None:
        return None
    made = Calendar()
    made.add("prodid", "-//socialhub//keepsake//EN")
    made.add("version", "2.0")
    entry = Entry()
    entry.add("uid", f"{event.code}-{event.created_at:%Y%m%dT%H%M%S}@socialhub")
    entry.add("dtstamp", clock.now().replace(microsecond=0))
    entry.add("summary", event.title)
    if event.subtitle:
        entry.add("description", event.subtitle)
    entry.add("url", address)
    start, end = found
    entry.add("dtstart", start)
    if end is not None:
        entry.add("dtend", end)
    made.add_component(entry)
    # Of a zone's rules those that matter, not a century of them.
    made.add_missing_timezones(date(start.year - 1, 1, 1), date(start.year + 2, 1, 1))
    return bytes(made.to_ical())


def span(event: Event, minutes: int) -> Span | None:
    """From when to when, as the programme says or else as it was; None while nobody knows the day."""
    return planned(event, minutes) or actual(event, minutes)


def planned(event: Event, minutes: int) -> Span | None:
    """What the programme says; a day without a time is a whole day."""
    if event.starts_on is None:
        return None
    if not event.starts_at_local:
        return event.starts_on, event.starts_on + DAY
    zone = ZoneInfo(event.timezone) if event.timezone else None
    start = at(event.starts_on, event.starts_at_local, zone)
    if event.ends_at_local:
        # An evening that ends at 00:30 ends the day after.
        day = event.starts_on + (DAY if event.ends_at_local <= event.starts_at_local else timedelta())
        return start, at(day, event.ends_at_local, zone)
    return start, start + timedelta(minutes=minutes) if minutes else None


def actual(event: Event, minutes: int) -> Span | None:
    """When it was started and ended, in UTC; while it runs, the end is where the programme would end."""
    if event.started_at is None:
        return None
    start = event.started_at.astimezone(UTC).replace(microsecond=0)
    end = event.ended_at or start + timedelta(minutes=minutes)
    return start, max(end.astimezone(UTC).replace(microsecond=0), start + timedelta(minutes=1))


def at(day: date, local: str, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time.fromisoformat(local), zone)
