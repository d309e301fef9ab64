"""What the machine suggests: computed when the wall changed, away from everything that waits; accepted or refused."""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Lock
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.limits import THEME_GRAPHEMES
from apps.core.refusal import Refusal
from apps.core.text import clean_line
from apps.events.actions.crewing import acted
from apps.events.models import Crew, Event
from apps.events.queries import not_here
from apps.live import publish, streams
from apps.live.threads import patiently

from ..beside import beside
from ..models import RefusedSuggestion, Theme, Tip, Wall
from ..moderation import State
from .telling import changed, tell
from .themes import make, put
from .writing import locked_for

log = logging.getLogger(__name__)

# A busy wall changes every second; nobody reads suggestions that fast.
PAUSE = timedelta(seconds=3)
# One thread that waits for the process beside, so that a large wall never keeps the database's own threads.
pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="suggesting")
thinking: set[str] = set()
guard = Lock()


def suggest_soon(code: str) -> None:
    """A tick: hands the event over to the thread of its own, unless it is there already."""
    with guard:
        if code in thinking or not due(code):
            return
        thinking.add(code)
    pool.submit(think, code)


def think(code: str) -> None:
    try:
        patiently(suggest_due, code)
    except Wall.DoesNotExist:
        log.info("a wall was erased while suggestions for it were made")
    except Exception:
        log.exception("suggestions failed and will be tried again")
    finally:
        with guard:
            thinking.discard(code)


def due(code: str) -> list[int]:
    """Database ids of walls that changed and were not looked at for a moment."""
    rested = Q(suggested_at=None) | Q(suggested_at__lte=clock.now() - PAUSE)
    stale = Wall.objects.filter(rested, segment__event__code=code, suggestions_stale=True)
    return list(stale.values_list("pk", flat=True))


def suggest_due(code: str) -> None:
    for pk in due(code):
        mine = Wall.objects.filter(pk=pk, suggestions_stale=True)
        # Whoever takes the mark off does the work; a change from here on puts it on again.
        if mine.update(suggestions_stale=False, suggested_at=clock.now()):
            try:
                suggest(pk)
            except Exception:
                # Perhaps nobody writes any more: then no change would.
                Wall.objects.filter(pk=pk).update(suggestions_stale=True)
                raise


def suggest(pk: int) -> None:
    """Compute without holding anything, then store what still holds."""
    wall = Wall.objects.select_related("segment__event").get(pk=pk)
    found = compute(wall)
    with transaction.atomic():
        wall = Wall.objects.select_for_update().get(pk=pk)
        found = still_true(wall, found)
        if found != wall.suggestions:
            wall.suggestions = found
            wall.save(update_fields=["suggestions"])
            segment = wall.segment
            publish.publish(
                streams.crew(segment.event.code), "suggestions.made", {f"suggestions/{segment.public_id}": found}
            )


def compute(wall: Wall) -> dict[str, Any]:
    """What the process beside this one makes of the wall as it stands now. Raises ReadingError."""
    rows = wall.tips.filter(state__in=[State.APPROVED, State.PENDING])
    tips = list(rows.values_list("state", "public_id", "text", "theme__public_id"))
    return beside.suggestions(
        {
            "shown": [tip for state, *tip in tips if state == State.APPROVED],
            "waiting": [tip for state, *tip in tips if state == State.PENDING],
            "themes": list(wall.themes.values_list("public_id", "name")),
            "prompt": wall.segment.headline,
            "refused": list(wall.refused.values_list("kind", "tips", "theme")),
            "groups": wall.suggestions["groups"],
        }
    )


def still_true(wall: Wall, found: dict[str, Any]) -> dict[str, Any]:
    """Without what people did while it was computed: tips sorted, taken down or withdrawn, themes removed, refusals."""
    unsorted = set(wall.tips.filter(state=State.APPROVED, theme=None).values_list("public_id", flat=True))
    board = wall.tips.filter(state__in=[State.APPROVED, State.PENDING])
    there = set(board.values_list("public_id", flat=True))
    themeless = set(board.filter(theme=None).values_list("public_id", flat=True))
    themes = set(wall.themes.values_list("public_id", flat=True))
    refused = set(wall.refused.values_list("key", flat=True))
    return {
        "groups": [
            group
            for group in found["groups"]
            if unsorted.issuperset(group["tips"])
            and (group["theme"] is None or group["theme"] in themes)
            and key_of("group", group["tips"]) not in refused
        ],
        "guesses": {
            tip: kept
            for tip, guesses in found["guesses"].items()
            if tip in themeless
            and (
                kept := [
                    one
                    for one in guesses
                    if one["theme"] in themes and key_of("guess", [tip], one["theme"]) not in refused
                ]
            )
        },
        "duplicates": [
            pair
            for pair in found["duplicates"]
            if there.issuperset(pair["tips"]) and key_of("pair", pair["tips"]) not in refused
        ],
    }


@transaction.atomic
def accept_group(
    event: Event, segment: str, group_id: str, *, name: str | None = None, by: Crew | None = None
) -> tuple[Theme, list[Tip]]:
    """Make its theme, or take the existing one it belongs to, and put in those of its tips nobody sorted meanwhile.

    Refuses `not_here` (404): it is not suggested any more; `theme_exists` and `too_many` (409).
    """
    wall = locked_for(event, segment, by)
    group = find_group(wall, group_id)
    if group["theme"]:
        theme = wall.themes.filter(public_id=group["theme"]).first()
        if theme is None:
            raise not_here()
    else:
        theme = make(wall, clean_line(group["name"] if name is None else name, THEME_GRAPHEMES), quoted=name is None)
    moved = put(wall, group["tips"], theme, only_unsorted=True)
    drop(wall, moved, group_id)
    acted(event, by, "accept_suggestion", theme=theme.public_id)
    tell("group.accepted", wall, moved, parts=["themes", "suggestions"])
    return theme, moved


@transaction.atomic
def refuse_group(event: Event, segment: str, group_id: str, *, by: Crew) -> None:
    """These tips do not belong together; neither do most of them. Refuses `not_here` (404)."""
    wall = locked_for(event, segment, by)
    group = find_group(wall, group_id)
    remember(wall, "group", group["tips"], by=by)
    drop(wall, (), group_id)
    acted(event, by, "refuse_suggestion")
    tell("suggestion.refused", wall, parts=["suggestions"])


@transaction.atomic
def refuse_guess(event: Event, segment: str, tip_id: str, theme_id: str, *, by: Crew) -> None:
    """This tip does not belong under this theme. Twice is once; refuses `not_here` (404)."""
    wall = locked_for(event, segment, by)
    if not (wall.tips.filter(public_id=tip_id).exists() and wall.themes.filter(public_id=theme_id).exists()):
        raise not_here()
    if not remember(wall, "guess", [tip_id], theme_id, by=by):
        return
    wall.suggestions = still_true(wall, wall.suggestions)
    wall.save(update_fields=["suggestions"])
    acted(event, by, "refuse_suggestion")
    tell("suggestion.refused", wall, parts=["suggestions"])


@transaction.atomic
def refuse_pair(event: Event, segment: str, tip_ids: list[str], *, by: Crew) -> None:
    """These two do not say the same. Twice is once; refuses `not_here` (404)."""
    wall = locked_for(event, segment, by)
    if len(set(tip_ids)) != 2 or wall.tips.filter(public_id__in=tip_ids).count() != 2:
        raise not_here()
    if not remember(wall, "pair", tip_ids, by=by):
        return
    wall.suggestions = still_true(wall, wall.suggestions)
    wall.save(update_fields=["suggestions"])
    acted(event, by, "refuse_suggestion")
    tell("suggestion.refused", wall, parts=["suggestions"])


def find_group(wall: Wall, group_id: str) -> dict[str, Any]:
    for group in wall.suggestions["groups"]:
        if group["id"] == group_id:
            return dict(group)
    raise Refusal("not_here", _("This is not suggested any more."), status=404)


def drop(wall: Wall, moved: Iterable[Tip], group_id: str) -> None:
    """Take a group off the list, and what was guessed about tips that now have a theme."""
    gone = {tip.public_id for tip in moved}
    wall.suggestions = {
        **wall.suggestions,
        "groups": [group for group in wall.suggestions["groups"] if group["id"] != group_id],
        "guesses": {tip: guesses for tip, guesses in wall.suggestions["guesses"].items() if tip not in gone},
    }
    wall.save(update_fields=["suggestions"])
    changed(wall)


def remember(wall: Wall, kind: str, tips: list[str], theme: str = "", *, by: Crew) -> bool:
    """Whether it is news."""
    _refused, is_new = RefusedSuggestion.objects.get_or_create(
        wall=wall,
        key=key_of(kind, tips, theme),
        defaults={"kind": kind, "tips": sorted(tips), "theme": theme, "by": by, "at": clock.now()},
    )
    return is_new


def key_of(kind: str, tips: Iterable[str], theme: str = "") -> str:
    return sha256("\n".join([kind, theme, *sorted(tips)]).encode()).hexdigest()
