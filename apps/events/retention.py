"""When what was typed at an event is erased: rules about days, without a database and without a clock of their own."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

KEEP_DAYS = 30
MOST_KEEP_DAYS = 365
# An event that nobody dated and nobody started is not kept for ever either: somebody may have joined it.
UNDATED = timedelta(days=365)
# For so long a code is not given to another event: screens that slept through the end find nothing there, not others.
REMEMBERED = timedelta(days=1)
# Of a rehearsal's copy, which no other screens had than simulated ones: until every hub has heard of its end.
COPY_REMEMBERED = timedelta(seconds=10)


def erased_on(
    *, starts_on: date | None, created_at: datetime, started_at: datetime | None, timezone: str, keep_days: int
) -> date | None:
    """The day on which the event is erased, in its own time zone; None while nobody knows when it takes place.

    Counted from the day it started, or is going to. It does not move once the event runs: what people were told when
    they joined holds, whether or not anybody remembers to end it. A day that had passed when the event was made says
    nothing.
    """
    zone = zone_of(timezone)
    days = [day for day in (starts_on,) if day and day >= local_day(created_at, zone)]
    if started_at:
        days.append(local_day(started_at, zone))
    return max(days) + timedelta(days=keep_days) if days else None


def is_due(day: date | None, *, created_at: datetime, timezone: str, at: datetime) -> bool:
    """Whether an event with this `erased_on` is to be erased by now."""
    today = local_day(at, zone_of(timezone))
    return today >= (day or local_day(created_at + UNDATED, zone_of(timezone)))


def local_day(instant: datetime, zone: tzinfo) -> date:
    return instant.astimezone(zone).date()


def zone_of(name: str) -> tzinfo:
    return ZoneInfo(name) if name else UTC
