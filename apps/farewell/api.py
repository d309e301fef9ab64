"""Routes of contacts, below `/api/v1/events/CODE/contacts/ATTENDEE/`.

Each happens once per idempotency key: what arrives again late, after a line was taken back, must not bring it back.
No answer has a body, and what is stored with the key knows the address alone: not even a hash of a line, from which it
could be guessed, outlives the line.
"""

from collections.abc import Callable

from django.http import HttpResponse
from rest_framework.request import Request

from apps.core import idempotency
from apps.core.api import View, device_of, key_of, read
from apps.core.limits import CONTACT_SELF, spend
from apps.events.api.asking import phone
from apps.events.api.schema import route
from apps.events.api.serializers import Strict, Text
from apps.events.models import Attendee, Event

from . import actions


class Offer(Strict):
    contact = Text(help_text="one line, at most 120 characters: a mail address, a handle, a link")


class ContactView(View):
    @route(None, 400, 403, 404, 409, 422, 429, status=204, body=Offer, key=True, operation_id="contact_offer")
    def put(self, request: Request, code: str, other: str) -> HttpResponse:
        """Offer somebody I met a contact; they see it once they have offered theirs."""
        event, asking = attendee(request, code)
        given = read(Offer, request)
        return once(request, lambda: actions.offer(event, asking, other, given["contact"]))

    @route(None, 400, 403, 404, 422, 429, status=204, key=True, operation_id="contact_withdraw")
    def delete(self, request: Request, code: str, other: str) -> HttpResponse:
        """Take it back; what they gave me goes as well."""
        event, asking = attendee(request, code)
        return once(request, lambda: actions.withdraw(event, asking, other))


class BlockView(View):
    @route(None, 400, 403, 404, 422, 429, status=204, key=True, operation_id="contact_block")
    def put(self, request: Request, code: str, other: str) -> HttpResponse:
        """Nothing to this person and nothing from them. They do not see that."""
        event, asking = attendee(request, code)
        return once(request, lambda: actions.block(event, asking, other))

    @route(None, 400, 403, 404, 422, 429, status=204, key=True, operation_id="contact_unblock")
    def delete(self, request: Request, code: str, other: str) -> HttpResponse:
        """Taken back."""
        event, asking = attendee(request, code)
        return once(request, lambda: actions.unblock(event, asking, other))


def attendee(request: Request, code: str) -> tuple[Event, Attendee]:
    event, asking = phone(request, code, "swap_contacts")
    spend(CONTACT_SELF, asking.public_id)
    return event, asking


def once(request: Request, act: Callable[[], object]) -> HttpResponse:
    """Once per key of this device; refuses `key_missing` (400) and `key_reused` (422)."""
    key, print_ = key_of(request), idempotency.fingerprint(request.method, request.path)

    def run() -> tuple[int, None]:
        act()
        return 204, None

    status, _nothing = idempotency.once(device_of(request), key, print_, run)
    return HttpResponse(status=status)
