"""The headings tips gather under, and putting tips there. Nothing is moved that nobody moved."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.core.limits import THEME_GRAPHEMES, THEMES_PER_WALL
from apps.core.refusal import Refusal
from apps.core.text import clean_line
from apps.events.actions.crewing import acted
from apps.events.models import Crew, Event
from apps.events.names import key_of as name_key

from .. import queries
from ..models import COLOURS, Theme, Tip, Wall
from ..moderation import State
from .telling import changed, tell
from .writing import locked_for

ON_BOARD = (State.PENDING, State.APPROVED)


@transaction.atomic
def add_theme(
    event: Event, segment: str, *, name: str, colour: str = "", tips: Sequence[str] = (), by: Crew | None = None
) -> Theme:
    """A new theme, last; with `tips` they move there, which splits the theme they were in.

    Refuses `empty`, `too_long` (400), `not_here` (404), `theme_exists` and `too_many` (409).
    """
    name = clean_line(name, THEME_GRAPHEMES)
    wall = locked_for(event, segment, by)
    theme = make(wall, name, colour)
    moved = put(wall, tips, theme)
    changed(wall)
    acted(event, by, "add_theme", theme=theme.public_id)
    tell("theme.added", wall, moved, parts=["themes"])
    return theme


@transaction.atomic
def edit_theme(
    event: Event,
    segment: str,
    theme_id: str,
    *,
    name: str | None = None,
    colour: str | None = None,
    position: int | None = None,
    by: Crew | None = None,
) -> Theme:
    """Another name or colour, or another place: `position` counts from 0, past the end is last.

    Refuses `empty`, `too_long` (400), `not_here` (404) and `theme_exists` (409).
    """
    cleaned = None if name is None else clean_line(name, THEME_GRAPHEMES)
    wall = locked_for(event, segment, by)
    theme = queries.find_theme(wall, theme_id)
    before = {"name": theme.name, "colour": theme.colour, "position": theme.position}
    if cleaned is not None:
        theme.name, theme.name_key, theme.quoted, theme.needs_name = cleaned, key_of(cleaned), False, False
    theme.colour = colour or theme.colour
    save(theme)
    if position is not None:
        others = [one for one in wall.themes.select_for_update() if one.pk != theme.pk]
        others.insert(position, theme)
        number(others)
    changed(wall)
    for what, was in before.items():
        if getattr(theme, what) != was:
            acted(event, by, "edit_theme", what=what, theme=theme.public_id)
    tell("theme.edited", wall, parts=["themes"])
    return theme


@transaction.atomic
def remove_theme(event: Event, segment: str, theme_id: str, *, into: str | None = None, by: Crew | None = None) -> None:
    """Merge a theme into another one; without one its tips are unsorted again. Refuses `not_here` (404)."""
    wall = locked_for(event, segment, by)
    theme = queries.find_theme(wall, theme_id)
    target = queries.find_theme(wall, into) if into else None
    if target and target.pk == theme.pk:
        raise Refusal("same_theme", _("A theme cannot be merged into itself."))
    tips = list(queries.tips_of(wall).filter(theme=theme))
    for tip in tips:
        tip.theme = target
        tip.save(update_fields=["theme"])
    theme.delete()
    number(list(wall.themes.all()))
    changed(wall)
    acted(event, by, "remove_theme", merged=target is not None)
    tell("theme.merged" if target else "theme.removed", wall, tips, parts=["themes"])


@transaction.atomic
def move_tip(event: Event, segment: str, tip_id: str, *, theme: str | None, by: Crew | None = None) -> Tip:
    """Put a tip under a theme, or back among the unsorted ones. Refuses `not_here` (404)."""
    wall = locked_for(event, segment, by)
    tip = queries.find_tip(wall, tip_id, state__in=ON_BOARD)
    target = queries.find_theme(wall, theme) if theme else None
    if tip.theme_id != (target.pk if target else None):
        tip.theme = target
        tip.save(update_fields=["theme"])
        changed(wall)
        acted(event, by, "move_tip", placed=target is not None, tip=tip.public_id)
        tell("tip.moved", wall, [tip])
    return tip


def make(wall: Wall, name: str, colour: str = "", *, quoted: bool = False) -> Theme:
    taken = wall.themes.aggregate(last=Max("position"))["last"]
    position = 0 if taken is None else taken + 1
    if wall.themes.count() >= THEMES_PER_WALL:
        raise Refusal("too_many", _("There are many themes already. Please merge some first."))
    used = list(wall.themes.values_list("colour", flat=True))
    colour = colour or min(COLOURS, key=lambda one: (used.count(one), COLOURS.index(one)))
    theme = Theme(wall=wall, name=name, name_key=key_of(name), colour=colour, position=position, quoted=quoted)
    save(theme)
    return theme


def put(wall: Wall, tip_ids: Sequence[str], theme: Theme, *, only_unsorted: bool = False) -> list[Tip]:
    """Move those of the tips that are on the board; returns them."""
    found = queries.tips_of(wall).select_for_update(of=("self",)).order_by("pk")
    found = found.filter(public_id__in=set(tip_ids), state__in=ON_BOARD)
    tips = list(found.filter(theme=None) if only_unsorted else found.exclude(theme=theme))
    for tip in tips:
        tip.theme = theme
        tip.save(update_fields=["theme"])
    return tips


def save(theme: Theme) -> None:
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError as error:
        raise Refusal("theme_exists", _("There is a theme of this name already.")) from error


def number(themes: Sequence[Theme]) -> None:
    for place, theme in enumerate(themes):
        if theme.position != place:
            theme.position = place
            theme.save(update_fields=["position"])


def key_of(name: str) -> str:
    """What is alike in two names that look the same."""
    return name_key(name)
