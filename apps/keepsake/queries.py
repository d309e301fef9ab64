"""What a keepsake shows, gathered from the apps below at the moment it is asked for: nothing is kept twice."""

import base64
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.files import File
from django.urls import reverse

from apps.bowl import queries as bowl
from apps.core import clock
from apps.events import documents
from apps.events.models import Attendee, Event, Segment
from apps.events.queries import logo_bytes, segments_of
from apps.farewell import queries as farewell
from apps.pictures import queries as pictures
from apps.pictures.models import Picture as StoredPicture
from apps.tips import queries as tips

from .sheet import Link, Logo, Part, Person, Picture, Sheet, Story, Theme, Tip

SIZE = "small"

# As the screens dress them (screens/parts/now.js).
HUE_OF_KIND = {"icebreaker": "coral", "open_mic": "leaf", "group_exercise": "sun", "closing": "sky", "break": "sand"}


def sheet_of(event: Event, attendee: Attendee | None = None) -> Sheet:
    """The keepsake as it is now; with an attendee, the people they met who agreed stand on it too."""
    when = when_of(event)
    return Sheet(
        code=event.code,
        title=event.title,
        subtitle=event.subtitle,
        language=event.language,
        hosts=event.hosts,
        day=when.day,
        starts_at_local=when.starts,
        ends_at_local=when.ends,
        timezone=when.timezone,
        parts=parts_of(event),
        seen_at=clock.now(),
        palette=event.palette,
        logo=logo_of(event),
        pictures=[picture_of(event, one) for one in pictures.shown(event)],
        people=[Person(name, line) for name, line in farewell.swapped(attendee)] if attendee else [],
        erased_on=event.erased_on,
    )


def logo_of(event: Event) -> Logo | None:
    told = documents.logo(event)
    return Logo(told["address"], told["alt"], told["width"], told["height"], told["ground"]) if told else None


def with_logo_inside(sheet: Sheet, event: Event) -> Sheet:
    """For a file that fetches nothing."""
    if sheet.logo is None:
        return sheet
    inside = base64.b64encode(logo_bytes(event)).decode()
    return replace(sheet, logo=replace(sheet.logo, source=f"data:image/webp;base64,{inside}"))


@dataclass(frozen=True, slots=True)
class When:
    day: date | None
    starts: str
    ends: str
    timezone: str


def when_of(event: Event) -> When:
    """As the programme has it where it names the day, else as it was; never the day of one with hours of the other."""
    if is_told_as_planned(event):
        return When(event.starts_on, event.starts_at_local, event.ends_at_local, event.timezone)
    zone = zone_of(event)
    assert event.started_at, "else as planned"
    day = event.started_at.astimezone(zone).date()
    return When(day, local(event.started_at, zone), local(event.ended_at, zone), zone.key)


def is_told_as_planned(event: Event) -> bool:
    return event.starts_on is not None or event.started_at is None


def zone_of(event: Event) -> ZoneInfo:
    return ZoneInfo(event.timezone or "UTC")


def local(instant: datetime | None, zone: ZoneInfo) -> str:
    """`18:05`, "" for None."""
    return f"{instant.astimezone(zone):%H:%M}" if instant else ""


def parts_of(event: Event) -> list[Part]:
    told: dict[int, list[Story]] = {}
    for segment, name, title in bowl.stories(event):
        told.setdefault(segment.pk, []).append(Story(title, name))
    return [part_of(event, segment, told.get(segment.pk, [])) for segment in segments_of(event)]


def part_of(event: Event, segment: Segment, stories: list[Story]) -> Part:
    return Part(
        title=segment.title,
        hue=segment.options.get("hue") or HUE_OF_KIND.get(segment.kind, "sea"),
        time=time_of(event, segment),
        headline=segment.headline or segment.goal,
        prompts=[prompt.text for prompt in segment.prompts.all()],
        stories=stories,
        themes=[Theme(one.name, [Tip(tip.text, tip.by) for tip in one.tips]) for one in tips.board(segment)],
        links=[Link(one["label"], one["url"]) for one in segment.options.get("links", [])],
    )


def time_of(event: Event, segment: Segment) -> str:
    return segment.starts_at_local if is_told_as_planned(event) else local(segment.entered_at, zone_of(event))


def picture_of(event: Event, one: StoredPicture) -> Picture:
    by = one.author_name if one.signed else None
    return Picture(source_of(event, one), one.width, one.height, one.caption, by)


def source_of(event: Event, one: StoredPicture) -> str:
    """The small one: wide enough for a page, and for a third of A4."""
    return reverse("picture-file", args=[event.code, one.public_id, SIZE])


def picture_files(event: Event) -> dict[str, File]:
    """The stored files of the shown pictures, by the source the page has for them."""
    return {source_of(event, one): pictures.file(one, SIZE) for one in pictures.shown(event)}
