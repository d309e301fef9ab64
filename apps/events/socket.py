"""The live socket's door: who may hear which streams of an event, and for how long."""

from typing import Any, cast

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.refusal import Refusal
from apps.live.consumer import Admission, LiveConsumer
from apps.live.threads import in_thread
from apps.live.upward import Hello

from .identity import As, account_of, cookies_of, identify
from .presence import note_heard


class EventConsumer(LiveConsumer):
    """Attendees by their device cookie, crew by their account, the stage by the token in its hello."""

    async def admit(self, hello: Hello) -> Admission:
        """Refuses `not_here`, `not_joined`, `not_allowed`, `removed` and `signed_out`."""
        return await in_thread(admission, self.scope, hello)


def admission(scope: dict[str, Any], hello: Hello) -> Admission:
    if hello.as_ == "console" and account_of(scope) is None:
        # Of any event, and of none: it says nothing but what they know.
        raise Refusal("signed_out", _("You are signed out here."), status=403)
    identity = identify(scope, scope["url_route"]["kwargs"]["code"], cast(As, hello.as_), hello.token)
    identity.require("hear_public")
    names = identity.streams()
    # The hub notes in bulk who is here; somebody's very first hello counts at once, a round may be about to open.
    if identity.attendee and identity.attendee.seen_at is None:
        note_heard([names["me"]])
    ticket = cookies_of(scope).get(settings.SESSION_COOKIE_NAME, "") if identity.crew else ""
    return Admission(streams=names, language=get_language() or "", ticket=ticket)
