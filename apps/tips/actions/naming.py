"""Names that the machine took from tips: they go from the wall with the last tip that says so."""

from collections.abc import Iterable
from itertools import count

from django.utils import translation
from django.utils.translation import gettext as _

from apps.events.names import key_of

from ..labels import is_said
from ..models import Theme, Tip, Wall
from ..moderation import State


def names_lost(wall: Wall, gone: Iterable[Tip]) -> bool:
    """Themes whose name nobody on the wall says any more get a plain one until a person names them; whether any did.

    `gone` are tips that left the wall or were reworded; their rows may still say otherwise.
    """
    left = {tip.pk for tip in gone if tip.state != State.APPROVED}
    quoting = list(wall.themes.select_for_update().filter(quoted=True))
    if not quoting:
        return False
    shown = list(wall.tips.filter(state=State.APPROVED).exclude(pk__in=left).values_list("text", flat=True))
    lost = [theme for theme in quoting if not is_said(theme.name, shown)]
    for theme in lost:
        theme.name = plain_name(wall, theme)
        theme.name_key, theme.quoted, theme.needs_name = key_of(theme.name), False, True
        theme.save(update_fields=["name", "name_key", "quoted", "needs_name"])
    return bool(lost)


def quoted_names(wall: Wall) -> dict[str, str]:
    """Of themes that have such a name, by id."""
    return dict(wall.themes.filter(quoted=True).values_list("public_id", "name"))


def gone_of(wall: Wall, names: dict[str, str]) -> dict[str, str]:
    """Those of the names that were lost since."""
    lost = wall.themes.filter(public_id__in=names, needs_name=True).values_list("public_id", flat=True)
    return {theme: names[theme] for theme in lost}


def give_back(wall: Wall, names: dict[str, str]) -> bool:
    """Names that went with a tip which is back, unless a person has named the theme or another one so; whether any."""
    shown = list(wall.tips.filter(state=State.APPROVED).values_list("text", flat=True))
    taken = set(wall.themes.values_list("name_key", flat=True))
    back = [
        theme
        for theme in wall.themes.select_for_update().filter(public_id__in=names, needs_name=True)
        if key_of(names[theme.public_id]) not in taken and is_said(names[theme.public_id], shown)
    ]
    for theme in back:
        theme.name = names[theme.public_id]
        theme.name_key, theme.quoted, theme.needs_name = key_of(theme.name), True, False
        theme.save(update_fields=["name", "name_key", "quoted", "needs_name"])
    return bool(back)


def plain_name(wall: Wall, theme: Theme) -> str:
    """ "Theme 3" by its place, or the next number that is free, in the event's language."""
    taken = set(wall.themes.exclude(pk=theme.pk).values_list("name_key", flat=True))
    with translation.override(wall.segment.event.language):
        names = (_("Theme %(number)d") % {"number": number} for number in count(theme.position + 1))
        return next(name for name in names if key_of(name) not in taken)
