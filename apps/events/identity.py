"""Who is asking: every look-up of an event by a client goes through here, so it always includes the permission."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request

from apps.core.address import address_of
from apps.core.codes import normal_code
from apps.core.limits import CODE_MISS, is_spent, spend
from apps.core.refusal import Refusal
from apps.live import streams

from . import language, queries, roles, stage
from .models import Attendee, Crew, Event
from .roles import Role

As: TypeAlias = Literal["phone", "console", "stage"]
Asker: TypeAlias = HttpRequest | Request | Mapping[str, Any]

# The evening, its keepsake, and the next one: nobody should have to join twice within a season.
DEVICE_SECONDS = 90 * 24 * 3600
DEVICE_SIGNER = signing.Signer(salt="events.device")


# Apps above may know better than "not joined" why a device is nobody here: from an event and the device's hash.
reasons: list[Callable[[Event, str], Refusal | None]] = []


@dataclass(frozen=True, slots=True)
class Identity:
    """One asker at one event, in one role. A visitor has a device at most."""

    event: Event
    role: Role
    attendee: Attendee | None = None
    crew: Crew | None = None
    device_hash: str = ""

    def require(self, action: str) -> None:
        """Refuses `not_allowed` (403) and `archived` (409); a visitor is asked to join first: `not_joined` (403)."""
        if self.role is Role.VISITOR and not roles.may(self.role, action):
            raise self.why_nobody() or Refusal("not_joined", _("Please join first."), status=403)
        roles.require(self.role, action)
        if action not in roles.WHILE_ARCHIVED:
            refuse_archived(self.event)

    def why_nobody(self) -> Refusal | None:
        """Of a visitor: what is known about their device that they should be told."""
        known = (reason(self.event, self.device_hash) for reason in reasons if self.device_hash)
        return next((refusal for refusal in known if refusal), None)

    def streams(self) -> dict[str, str]:
        """What this asker may hear: `{"public" | "crew" | "me": full stream name}`."""
        code = self.event.code
        mine = {}
        if roles.may(self.role, "hear_public"):
            mine["public"] = streams.public(code)
        if roles.may(self.role, "hear_crew"):
            mine["crew"] = streams.crew(code)
        if self.crew:
            mine["me"] = streams.member(code, self.crew.public_id)
        elif self.attendee:
            mine["me"] = streams.attendee(code, self.attendee.public_id)
        elif self.role is Role.STAGE:
            mine["me"] = streams.stage(code, self.event.stage_id)
        return mine


def identify(asker: Asker, code: str, as_: As | None = None, token: str = "") -> Identity:
    """Who asks at the event with this code: an `HttpRequest`, or a websocket's scope with `cookies` and `user`.

    One browser may be both crew and attendee: `as_` says which of them asks ("phone": attendee or visitor, "console":
    crew, "stage": by `token`); without it crew comes first. Whoever is not crew is spoken to in the event's language
    from here on. Refuses `not_here` (404: unknown event, not its crew, worthless token), `too_many` (429) and `removed`
    (403).
    """
    if as_ == "stage":
        return by_token(token, code)
    if as_ == "console":
        return by_account(asker, code)
    event = event_at(asker, code)
    crew = find_crew(asker, event) if as_ != "phone" else None
    if crew:
        return Identity(event, Role(crew.role), crew=crew)
    language.follow(event, cookies_of(asker))
    attendee = find_attendee(asker, event)
    if attendee is None:
        device = device_of(asker)
        return Identity(event, Role.VISITOR, device_hash=device_hash(event, device) if device else "")
    if attendee.removed_at:
        raise removed()
    return Identity(event, Role.ATTENDEE, attendee=attendee)


def event_at(asker: Asker, code: str) -> Event:
    """The event of a code as somebody typed it; refuses `not_here` (404) and, after many such, `too_many` (429).

    Codes are short, to be read from a wall and typed with cold thumbs: five letters, 3.2 million of them. So trying
    has a price, by address, at every door alike. Misses alone pay it, and misses alone are refused for it: a whole
    hall is behind one address, and neither a troll in its last row nor a thousand phones that still have last week's
    code may lock out who comes in with the right one. A newcomer cannot be told from a guesser with a new cookie jar,
    so that a right guess still lets in, as the poster at the door does. The limit ends what trying costs us, and says
    so to the curious; it is no wall, and nothing that an event keeps to itself hangs on its code: that takes a device
    that has joined, an account or a signed link.
    """
    try:
        return queries.find_event(code)
    except Refusal:
        address = address_of(asker)
        if is_spent(CODE_MISS, address):
            sentence = _("Many wrong codes were tried from here. Please check the letters, and try again in a minute.")
            raise Refusal("too_many", sentence, status=429) from None
        with suppress(Refusal):  # of two at once, one may take the last
            spend(CODE_MISS, address)
        raise


def by_account(asker: Asker, code: str) -> Identity:
    """The crew member of the asking account; refuses `not_here` (404), alike whether there is such an event or not."""
    # The account first, in any case: an answer's `Vary` says whether its session was looked at.
    event = queries.event_of(code) if account_of(asker) else None
    crew = find_crew(asker, event) if event else None
    if event is None or crew is None:
        raise queries.not_here()
    return Identity(event, Role(crew.role), crew=crew)


def by_token(token: str, code: str | None = None) -> Identity:
    """The stage of a token in its address; refuses `not_here` (404)."""
    named = stage.names(token)
    if named is None or (code is not None and named[0] != normal_code(code)):
        raise queries.not_here()
    event = Event.objects.select_related("segment", "prompt").filter(code=named[0], stage_id=named[1]).first()
    if event is None:
        raise queries.not_here()
    language.follow(event)
    return Identity(event, Role.STAGE)


def refuse_archived(event: Event) -> None:
    """Refuses `archived` (409)."""
    if event.archived_at:
        raise Refusal("archived", _("This event was archived. Nothing about it changes any more."))


def removed() -> Refusal:
    return Refusal("removed", _("The hosts have removed you from this event."), status=403)


def find_crew(asker: Asker, event: Event) -> Crew | None:
    user = account_of(asker)
    return event.crew.filter(user=user, revoked_at=None).first() if user else None


def account_of(asker: Asker) -> Any:
    """The account that is signed in, or None."""
    user: Any = asker.get("user") if isinstance(asker, Mapping) else asker.user
    return user if user is not None and user.is_authenticated else None


def find_attendee(asker: Asker, event: Event) -> Attendee | None:
    """The attendee of the asking device, removed ones included."""
    device = device_of(asker)
    return event.attendees.filter(device_hash=device_hash(event, device)).first() if device else None


def cookies_of(asker: Asker) -> Mapping[str, str]:
    return asker.get("cookies", {}) if isinstance(asker, Mapping) else asker.COOKIES


def device_of(asker: Asker) -> str | None:
    """The device token of the asker's cookie, or None when there is none that we signed."""
    signed = cookies_of(asker).get(settings.DEVICE_COOKIE)
    if not signed:
        return None
    try:
        return DEVICE_SIGNER.unsign(signed)
    except signing.BadSignature:
        return None


def device_hash(event: Event, device: str) -> str:
    """HMAC-SHA256 under the event's own salt: rows of two events cannot be linked to one phone."""
    return hmac.new(event.device_salt.encode(), device.encode(), hashlib.sha256).hexdigest()


def give_device(request: HttpRequest | Request, response: HttpResponseBase) -> None:
    """Set the device cookie if the request came without a good one; 32 random bytes, signed, HttpOnly."""
    if device_of(request) is None:
        response.set_cookie(
            settings.DEVICE_COOKIE,
            DEVICE_SIGNER.sign(secrets.token_urlsafe(32)),
            max_age=DEVICE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
