"""What an offer says, and what the phone that was left is told."""

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.clock import iso
from apps.core.refusal import Refusal
from apps.events.models import Attendee, Event

from . import rules
from .models import Handover


def words_of(seed: str) -> list[str]:
    return rules.words_of(salted_hmac("handover.words", seed, algorithm="sha256").digest())


def hash_of(event: Event, words: str) -> str:
    """SHA-256 HMAC (hex) of plain words at one event, under this installation's secret."""
    return salted_hmac("handover.hash", f"{event.code} {words}", algorithm="sha256").hexdigest()


def open_offer(attendee: Attendee) -> Handover | None:
    since = clock.now() - rules.LASTS
    return Handover.objects.filter(attendee=attendee, used_at=None, made_at__gt=since).first()


def as_answer(offer: Handover, code: str) -> dict[str, object]:
    """`words` to be said, `address` to be opened: what is behind its # is sent to no server."""
    words = words_of(offer.seed)
    until = iso(rules.ends_at(offer.made_at))
    return {"words": words, "address": address(code, words), "made_at": iso(offer.made_at), "ends_at": until}


def address(code: str, words: list[str]) -> str:
    return f"/{code}/move/#{'-'.join(words)}"


def why_left(event: Event, device_hash: str) -> Refusal | None:
    """For `identity.reasons`: this device was somebody's, who went on with another one."""
    if Handover.objects.filter(event=event, left_hash=device_hash).exists():
        return Refusal("moved", _("You have moved to another phone."), status=403)
    return None
