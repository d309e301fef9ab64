"""The live socket's door: who may hear which streams of an event."""

from typing import Any, cast

from django.utils.translation import get_language

from apps.live.consumer import Admission, LiveConsumer
from apps.live.threads import in_thread
from apps.live.upward import Hello

from .identity import As, identify
from .presence import note_heard


class EventConsumer(LiveConsumer):
    """Attendees by their device cookie, crew by their account, the stage by the token in its hello."""

    async def admit(self, hello: Hello) -> Admission:
        """Refuses `not_here`, `not_joined`, `not_allowed` and `removed`."""
        return await in_thread(admission, self.scope, hello)


def admission(scope: dict[str, Any], hello: Hello) -> Admission:
    identity = identify(scope, scope["url_route"]["kwargs"]["code"], cast(As, hello.as_), hello.token)
    identity.require("hear_public")
    names = identity.streams()
    # The hub notes in bulk who is here; somebody's very first hello counts at once, a round may be about to open.
    if identity.attendee and identity.attendee.seen_at is None:
        note_heard([names["me"]])
    return Admission(streams=names, language=get_language() or "")
