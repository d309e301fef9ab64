"""Routes of the phone: looking at an event, joining it, and one's own row."""

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import idempotency
from apps.core.address import address_of
from apps.core.api import View, idempotent_for_device, read
from apps.core.api import device_of as owner_of
from apps.core.limits import EDIT_SELF, JOIN_ADDRESS, JOIN_DEVICE, spend
from apps.core.refusal import Refusal

from .. import actions, documents
from ..identity import device_of, event_at, find_attendee, give_device
from ..models import Attendee, Event
from .asking import phone
from .schema import route
from .serializers import Editing, Facts, Joining, Me


class EventView(View):
    @route(Facts, 404, 429, operation_id="event")
    def get(self, request: Request, code: str) -> Response:
        """What anybody with the code may know, and who this device is here; gives the device its cookie."""
        event = event_at(request, code)
        attendee = find_attendee(request, event)
        is_in = attendee and attendee.removed_at is None
        mine = documents.attendee(attendee) if attendee and is_in else None
        response = Response({"event": documents.event(event), "now": documents.now(event), "me": mine})
        give_device(request, response)
        return response


class AttendeesView(View):
    @route(Me, 400, 403, 404, 409, 429, status=201, body=Joining, key=True, also={200: Me}, operation_id="join")
    def post(self, request: Request, code: str) -> Response:
        """Join; the same device again is the same attendee (200).

        Where names are `unique`, an equal one is refused (`name_taken`, 409); where they are `full`, a single word is
        (`not_full`, 400), unless the body says that it is the `whole` name.
        """
        device = device_of(request)
        if device is None:
            sentence = _("Your browser did not send its cookie. Please allow cookies and open the page again.")
            raise Refusal("no_device", sentence, status=400)
        event = event_at(request, code)
        # Outside of the write, so that a refused one has cost something too.
        spend(JOIN_DEVICE, f"{event.code}:{device}")
        spend(JOIN_ADDRESS, f"{event.code}:{address_of(request)}")
        return self.join(request, event, device)

    @idempotent_for_device
    def join(self, request: Request, event: Event, device: str) -> Response:
        given = read(Joining, request)
        attendee, is_new = actions.join(event, device, **given)
        return Response(me(attendee), status=201 if is_new else 200)


class MeView(View):
    @route(Me, 403, 404, operation_id="me")
    def get(self, request: Request, code: str) -> Response:
        """Who this device is at the event."""
        _event, attendee = phone(request, code, "edit_self")
        return Response(me(attendee))

    @route(Me, 400, 403, 404, 409, 429, body=Editing, key=True, operation_id="me_edit")
    def patch(self, request: Request, code: str) -> Response:
        """Change one's name, place or how to be spotted."""
        event, attendee = phone(request, code, "edit_self")
        spend(EDIT_SELF, attendee.public_id)
        return self.edit(request, event, attendee)

    @idempotent_for_device
    def edit(self, request: Request, event: Event, attendee: Attendee) -> Response:
        given = read(Editing, request)
        return Response(me(actions.edit(event, attendee, **given)))

    @route(None, 404, status=204, operation_id="me_forget")
    def delete(self, request: Request, code: str) -> HttpResponse:
        """Forget me: the row, every document and every stored answer. Removed attendees may ask for it as well."""
        event = event_at(request, code)
        attendee = find_attendee(request, event)
        if attendee is not None:
            with transaction.atomic():
                actions.forget(event, attendee)
                # After it: an answer that was being written held the person's row, and is there by now.
                idempotency.forget(owner_of(request), event.code)
        return HttpResponse(status=204)


class DepartureView(View):
    @route(Me, 403, 404, operation_id="leave")
    def put(self, request: Request, code: str) -> Response:
        """Leave for now."""
        event, attendee = phone(request, code, "leave")
        return Response(me(actions.leave(event, attendee)))

    @route(Me, 403, 404, operation_id="come_back")
    def delete(self, request: Request, code: str) -> Response:
        """Come back."""
        event, attendee = phone(request, code, "leave")
        return Response(me(actions.come_back(event, attendee)))


def me(attendee: Attendee) -> dict[str, object]:
    return {"attendee": documents.attendee(attendee)}
