"""The live socket's door: who may hear which streams of an event, and for how long."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core import clock
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


def signed_out(tickets: set[str]) -> set[str]:
    """For `apps.live.tickets`: those of these sessions that are over.

    Somebody has signed out there or in as somebody else, has been signed in for too long, has chosen another password
    elsewhere, or their account has gone.
    """
    rows = Session.objects.filter(session_key__in=tickets, expire_date__gt=clock.now())
    found = {row.session_key: row.get_decoded() for row in rows}
    users = get_user_model().objects.in_bulk([data[SESSION_KEY] for data in found.values() if SESSION_KEY in data])
    return {key for key in tickets if not stands(found.get(key, {}), users)}


def stands(data: dict[str, Any], users: dict[Any, User]) -> bool:
    user = users.get(int(data.get(SESSION_KEY, 0)))
    if user is None or not user.is_active:
        return False
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(data.get(HASH_SESSION_KEY, ""), one) for one in hashes)
