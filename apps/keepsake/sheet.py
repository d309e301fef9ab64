"""What stands on a keepsake: plain values, the same for the page, the file, the print and the Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Tip:
    text: str
    by: str | None = None  # only of who signed


@dataclass(frozen=True, slots=True)
class Theme:
    """`name` is "" for the tips that lie in the tray, under no theme."""

    name: str
    tips: Sequence[Tip]


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of the programme with what came of it."""

    title: str
    hue: str
    time: str = ""
    headline: str = ""
    prompts: Sequence[str] = ()
    stories: Sequence[Story] = ()
    themes: Sequence[Theme] = ()
    links: Sequence[Link] = ()

    @property
    def has_more(self) -> bool:
        """Whether there is more to tell of it than that it took place."""
        return bool(self.prompts or self.stories or self.themes or self.links)


@dataclass(frozen=True, slots=True)
class Picture:
    """`source` is its address on the page, a data URI in the file; sizes in pixels."""

    source: str
    width: int
    height: int
    caption: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody you met; `line` is the contact that the two of you swapped."""

    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Logo:
    """`source` as of a picture; `ground` is what it is to lie on, `paper` or `ink`, or "" for any."""

    source: str
    alt: str
    width: int
    height: int
    ground: str


@dataclass(frozen=True, slots=True)
class Sheet:
    code: str
    title: str
    subtitle: str
    language: str
    hosts: Sequence[str]
    # Of one kind, with the times of its parts: as planned or as it was. Local times of `timezone`; "" is any clock.
    day: date | None
    starts_at_local: str
    ends_at_local: str
    timezone: str
    parts: Sequence[Part]
    seen_at: datetime
    # The room that the event is in.
    palette: str = ""
    logo: Logo | None = None
    pictures: Sequence[Picture] = ()
    people: Sequence[Person] = ()
    # Until when the server keeps what people typed; copies on devices go with it.
    erased_on: date | None = None
    # Pictures that did not fit into a file of bounded size.
    left_out: int = 0

    @property
    def zone(self) -> str:
        return self.timezone or "UTC"

    @property
    def times(self) -> str:
        """`18:00–20:00 Europe/Vienna`."""
        hours = "–".join(time for time in (self.starts_at_local, self.ends_at_local) if time)
        return f"{hours} {self.timezone}".rstrip() if hours else ""

    @property
    def chapters(self) -> list[Part]:
        return [part for part in self.parts if part.has_more]


def public(sheet: Sheet) -> Sheet:
    """Without anybody's personal part: no names of those who came, no faces, no contacts."""
    return replace(sheet, parts=[without_names(part) for part in sheet.parts], pictures=(), people=(), left_out=0)


def without_names(part: Part) -> Part:
    return replace(
        part,
        stories=[replace(story, by=None) for story in part.stories],
        themes=[replace(theme, tips=[replace(tip, by=None) for tip in theme.tips]) for theme in part.themes],
    )
