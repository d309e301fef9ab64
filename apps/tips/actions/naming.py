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


def plain_name(wall: Wall, theme: Theme) -> str:
    """ "Theme 3" by its place, or the next number that is free, in the event's language."""
    taken = set(wall.themes.exclude(pk=theme.pk).values_list("name_key", flat=True))
    with translation.override(wall.segment.event.language):
        names = (_("Theme %(number)d") % {"number": number} for number in count(theme.position + 1))
        return next(name for name in names if key_of(name) not in taken)
