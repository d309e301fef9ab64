"""Routes of a move to another phone. Offering has no stored answer: nothing that is kept holds the words."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent_for_device, read
from apps.core.api import device_of as owner_of
from apps.core.limits import HANDOVER_DEVICE, HANDOVER_EVENT, spend
from apps.core.refusal import Refusal
from apps.events.api.asking import phone
from apps.events.api.attending import me
from apps.events.api.schema import route
from apps.events.api.serializers import Me, Strict, Text
from apps.events.identity import device_of, identify
from apps.events.models import Event

from . import actions, queries


class Taking(Strict):
    words = Text(help_text="the three words, with whatever between them; case does not matter")


class HandoverOffer(serializers.Serializer):
    words = serializers.ListField(child=serializers.CharField(), help_text="three, to be typed on the other phone")
    address = serializers.CharField(help_text="/CODE/move/#WORDS, to be opened there")
    made_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class HandoverOffered(serializers.Serializer):
    handover = HandoverOffer()


class OfferView(View):
    @route(HandoverOffered, 403, 404, operation_id="handover_offer")
    def put(self, request: Request, code: str) -> Response:
        """Three words that move me to another phone, for ten minutes and once; the same ones as long as they work."""
        event, attendee = phone(request, code, "hand_over")
        offer = actions.offer(event, attendee, answers_of=owner_of(request))
        return Response({"handover": queries.as_answer(offer, event.code)})

    @route(None, 403, 404, status=204, operation_id="handover_withdraw")
    def delete(self, request: Request, code: str) -> HttpResponse:
        """The words work no longer."""
        event, attendee = phone(request, code, "hand_over")
        actions.withdraw(event, attendee)
        return HttpResponse(status=204)


class HandoversView(View):
    @route(Me, 400, 403, 404, 409, 422, 429, body=Taking, key=True, operation_id="handover_take")
    def post(self, request: Request, code: str) -> Response:
        """Go on here: this device is the attendee's from now on, the other one is nobody's."""
        identity = identify(request, code, "phone")
        identity.require("take_over")
        device = device_of(request)
        if device is None:
            sentence = _("Your browser did not send its cookie. Please allow cookies and open the page again.")
            raise Refusal("no_device", sentence, status=400)
        # Outside of the write, so that a refused one has cost something too.
        spend(HANDOVER_DEVICE, f"{identity.event.code}:{device}")
        spend(HANDOVER_EVENT, identity.event.code)
        return self.take(request, identity.event, device)

    @idempotent_for_device
    def take(self, request: Request, event: Event, device: str) -> Response:
        given = read(Taking, request)
        return Response(me(actions.take(event, device, given["words"])))
