"""Looking walls and tips up; nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Count, QuerySet

from apps.events.models import Attendee, Event, Segment
from apps.events.queries import not_here
from apps.live import streams

from . import documents
from .documents import Document
from .models import Claim, Decision, Theme, Tip, Vote, Wall
from .moderation import State

Documents: TypeAlias = dict[str, dict[str, object | None]]


@dataclass(frozen=True, slots=True)
class ShownTip:
    """A tip as everybody may read it; `by` is the name of an author who signed it."""

    text: str
    by: str | None
    votes: int
    pinned: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A theme's name, "" for the unsorted tips, and what gathered under it."""

    name: str
    tips: tuple[ShownTip, ...]


def board(segment: Segment) -> tuple[Heading, ...]:
    """What the room found out: the themes in their order, the unsorted tips last; nothing while the wall is covered.

    Under a heading pinned tips come first, then those with most votes, then the oldest. Empty headings are left out.
    """
    wall = walls().filter(segment=segment, revealed=True).first()
    if wall is None:
        return ()
    under: dict[int | None, list[ShownTip]] = {}
    shown = wall.tips.filter(state=State.APPROVED).annotate(count=Count("votes"))
    for tip in shown.order_by("-pinned", "-count", "approved_at", "pk"):
        by = tip.author_name if tip.signed else None
        under.setdefault(tip.theme_id, []).append(ShownTip(tip.text, by, tip.count, tip.pinned))
    headings = [*((theme.name, theme.pk) for theme in wall.themes.all()), ("", None)]
    return tuple(Heading(name, tuple(under[key])) for name, key in headings if key in under)


def find_wall(event: Event, segment: str) -> Wall:
    """The open wall of this event's segment; refuses `not_here` (404)."""
    return one_wall(walls(), event, segment)


def lock_wall(event: Event, segment: str) -> Wall:
    """The same, locked until the transaction ends; its tips are locked after it."""
    return one_wall(walls().select_for_update(of=("self",)), event, segment)


def walls() -> QuerySet[Wall]:
    """What was last told of all tips is as long as the wall is full, and read where it is needed only."""
    return Wall.objects.select_related("segment__event").defer("votes", "suggestions")


def one_wall(among: QuerySet[Wall], event: Event, segment: str) -> Wall:
    found = among.filter(segment__event=event, segment__public_id=segment).first()
    if found is None:
        raise not_here()
    return found


def tips_of(wall: Wall) -> QuerySet[Tip]:
    """Its tips; each has this very wall as its own."""
    return wall.tips.select_related("author", "theme")


def find_tip(wall: Wall, tip_id: str, **more: object) -> Tip:
    """The wall's tip, locked until the transaction ends; refuses `not_here` (404)."""
    locked = tips_of(wall).select_for_update(of=("self",)).filter(public_id=tip_id, **more).first()
    if locked is None:
        raise not_here()
    return locked


def find_tips(wall: Wall, tip_ids: Iterable[str]) -> QuerySet[Tip]:
    """Those of them that are the wall's, locked until the transaction ends.

    In the order of the database, so that two of the crew cannot wait for each other in a circle.
    """
    return tips_of(wall).select_for_update(of=("self",)).filter(public_id__in=set(tip_ids)).order_by("pk")


def find_theme(wall: Wall, theme_id: str) -> Theme:
    """Locked until the transaction ends; refuses `not_here` (404)."""
    found = wall.themes.select_for_update().filter(public_id=theme_id).first()
    if found is None:
        raise not_here()
    return found


def last_decisions(tips: Iterable[Tip]) -> dict[int, Decision]:
    """By the tip's database id."""
    made = Decision.objects.select_related("by").filter(tip__in=[tip.pk for tip in tips]).order_by("pk")
    return {one.tip_id: one for one in made if one.tip_id}


def claims_on(tips: Iterable[Tip]) -> dict[int, Claim]:
    return {one.tip_id: one for one in Claim.objects.select_related("by").filter(tip__in=[tip.pk for tip in tips])}


PARTS = ("wall", "themes", "votes", "suggestions")


def wall_documents(code: str, wall: Wall, parts: Iterable[str] = PARTS) -> Documents:
    """What stands about the wall as a whole, or some parts of it: theme names are public once the wall is."""
    segment = wall.segment.public_id
    told: Documents = {streams.public(code): {}, streams.crew(code): {}}
    public, crew = told.values()
    for part in parts:
        match part:
            case "wall":
                public[f"wall/{segment}"] = documents.wall(wall, wall.tips.filter(state=State.APPROVED).count())
            case "themes":
                themes = list(wall.themes.all())
                crew[f"themes/{segment}"] = [documents.crew_theme(one) for one in themes]
                public[f"themes/{segment}"] = [documents.theme(one) for one in themes] if wall.revealed else []
            case "votes":
                public[f"votes/{segment}"] = wall.votes if wall.revealed else {}
            case "suggestions":
                crew[f"suggestions/{segment}"] = wall.suggestions
    return told


def tip_documents(code: str, language: str, tips: Iterable[Tip]) -> Documents:
    """What everybody concerned is told of these tips, by stream; None for what they may no longer see."""
    tips = list(tips)
    claims, decisions = claims_on(tips), last_decisions(tips)
    told: Documents = {streams.public(code): {}, streams.crew(code): {}}
    for tip in tips:
        card = documents.card(tip, claims.get(tip.pk), decisions.get(tip.pk))
        is_waiting = tip.state == State.PENDING
        # Nothing public happens to a tip that was never on the wall: nobody can even count those that wait.
        if tip.approved_at:
            told[streams.public(code)][f"tips/{tip.public_id}"] = documents.shown(tip)
        told[streams.crew(code)][f"queue/{tip.public_id}"] = card if is_waiting else None
        told[streams.crew(code)][f"board/{tip.public_id}"] = None if is_waiting else card
        # A removed attendee's stream is closed.
        if tip.author.removed_at is None:
            mine = told.setdefault(streams.attendee(code, tip.author.public_id), {})
            mine |= own_document(tip, language)
    return told


def own_document(tip: Tip, language: str) -> dict[str, Document | None]:
    """What its author is told, by key."""
    return {f"tips/{tip.public_id}": documents.own(tip, language)}


def votes_of(wall: Wall, attendee: Attendee) -> Document | None:
    """The tips this attendee has voted for, oldest vote first; nothing is told of no votes."""
    mine = Vote.objects.filter(tip__wall=wall, attendee=attendee).order_by("pk")
    tips = list(mine.values_list("tip__public_id", flat=True))
    return {"tips": tips} if tips else None


def counted_votes(wall: Wall) -> dict[str, int]:
    """Votes of shown tips that have any."""
    tips = wall.tips.filter(state=State.APPROVED).annotate(count=Count("votes")).filter(count__gt=0)
    return dict(tips.order_by("pk").values_list("public_id", "count"))


def all_documents(code: str) -> Documents:
    """Every document of this app for one event, from the tables alone."""
    told: Documents = {streams.public(code): {}, streams.crew(code): {}}
    for wall in Wall.objects.select_related("segment__event").filter(segment__event__code=code):
        parts = [wall_documents(code, wall), tip_documents(code, wall.segment.event.language, tips_of(wall))]
        voters = Attendee.objects.filter(votes__tip__wall=wall, removed_at=None).distinct()
        parts += [{streams.attendee(code, one.public_id): {votes_key(wall): votes_of(wall, one)}} for one in voters]
        for part in parts:
            for stream, keyed in part.items():
                kept = told.setdefault(stream, {})
                kept.update({key: body for key, body in keyed.items() if body is not None})
    return told


def votes_key(wall: Wall) -> str:
    return f"votes/{wall.segment.public_id}"
