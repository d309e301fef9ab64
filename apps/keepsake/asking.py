"""Who asks for something to take home. Whoever may not have it is told what is told of an event that never was."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language

from apps.core.refusal import Refusal
from apps.events.identity import As, Identity, identify
from apps.events.queries import not_here
from apps.events.roles import may

# One browser may be both; a keepsake is an attendee's first of all, for it holds the people they met.
ATTENDEE_FIRST: tuple[As, ...] = ("phone", "console")
CREW: tuple[As, ...] = ("console",)


def asker(request: HttpRequest, code: str, action: str, screens: tuple[As, ...] = ATTENDEE_FIRST) -> Identity:
    """The first of these in which the asker may do this; refuses `not_here` (404) for every reason alike."""
    before = get_language()
    for as_ in screens:
        try:
            identity = identify(request, code, as_)
        except Refusal:
            continue
        if may(identity.role, action):
            return identity
    # The language of an event that is not theirs would tell that there is one.
    translation.activate(before or settings.LANGUAGE_CODE)
    raise not_here()
