"""Routes of the icebreaker, below `/api/v1/events/CODE/`."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent, read
from apps.core.limits import GROUP_SELF, MOVE, spend
from apps.events.api.asking import crew, phone
from apps.events.api.schema import route
from apps.events.api.serializers import Flag, Strict
from apps.events.models import Attendee, Crew, Event

from . import actions, queries
from .models import Round


class Opening(Strict):
    after = serializers.IntegerField(min_value=0, max_value=10**6, help_text="number of the last round the host saw")
    again = Flag(default=False, help_text="the same groups again")
    smallest = serializers.IntegerField(required=False, min_value=2, max_value=6)
    largest = serializers.IntegerField(required=False, min_value=2, max_value=6)
    mix_sides = Flag(default=False, help_text="room and remote together")
    names = Flag(required=False, help_text="names on the stage")
    minutes = serializers.IntegerField(required=False, min_value=1, max_value=60)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("smallest", 2) > attrs.get("largest", 6):
            raise serializers.ValidationError({"smallest": [_("This is more than the largest.")]})
        return attrs


class Swap(Strict):
    one = serializers.CharField(max_length=12)
    other = serializers.CharField(max_length=12)


class RoundDocument(serializers.Serializer):
    round = serializers.DictField()


class RoundsView(View):
    @route(RoundDocument, 400, 403, 404, 409, 429, status=201, body=Opening, key=True, operation_id="round_open")
    def post(self, request: Request, code: str) -> Response:
        """Draw up groups of everybody who is here; `somebody_faster` (409) names the host who did."""
        event, asking = host(request, code)
        spend(MOVE, f"{event.code}:{asking.public_id}")
        return self.open(request, event, asking)

    @idempotent
    def open(self, request: Request, event: Event, asking: Crew) -> Response:
        given = read(Opening, request)
        return told(event, actions.open_round(event, by=asking, **given), 201)


class RoundView(View):
    @route(None, 403, 404, 409, status=204, operation_id="round_undo")
    def delete(self, request: Request, code: str, round: str) -> HttpResponse:
        """Take back an opening, within 15 seconds."""
        event, asking = host(request, code)
        actions.undo_round(event, round, by=asking)
        return HttpResponse(status=204)


class ClosingView(View):
    @route(RoundDocument, 403, 404, operation_id="round_close")
    def put(self, request: Request, code: str, round: str) -> Response:
        """Seat nobody any more."""
        event, asking = host(request, code)
        return told(event, actions.close_round(event, round, by=asking))


class SwapsView(View):
    @route(None, 400, 403, 404, 409, status=201, body=Swap, key=True, operation_id="round_swap")
    def post(self, request: Request, code: str) -> Response:
        """Two people change places; swapping them again takes it back."""
        return self.swap(request, *host(request, code))

    @idempotent
    def swap(self, request: Request, event: Event, asking: Crew) -> Response:
        given = read(Swap, request)
        actions.swap(event, given["one"], given["other"], by=asking)
        return Response({}, status=201)


class FoundView(View):
    @route(None, 403, 404, 409, 429, status=204, operation_id="group_found")
    def put(self, request: Request, code: str) -> HttpResponse:
        """We found each other."""
        event, asking = attendee(request, code)
        actions.found(event, asking)
        return HttpResponse(status=204)


class AbsenceView(View):
    @route(None, 403, 404, 409, 429, status=204, operation_id="group_absent")
    def put(self, request: Request, code: str, other: str) -> HttpResponse:
        """This member of my group is not here."""
        event, asking = attendee(request, code)
        actions.absent(event, asking, other)
        return HttpResponse(status=204)


class SittingOutView(View):
    @route(None, 403, 404, 429, status=204, operation_id="sit_out")
    def put(self, request: Request, code: str) -> HttpResponse:
        """Leave me out of groups."""
        event, asking = attendee(request, code)
        actions.sit_out(event, asking)
        return HttpResponse(status=204)

    @route(None, 403, 404, 429, status=204, operation_id="join_in")
    def delete(self, request: Request, code: str) -> HttpResponse:
        """Match me again."""
        event, asking = attendee(request, code)
        actions.join_in(event, asking)
        return HttpResponse(status=204)


class KnownView(View):
    @route(None, 403, 404, 429, status=204, operation_id="know")
    def put(self, request: Request, code: str, other: str) -> HttpResponse:
        """We already know each other; only I see that I said so."""
        event, asking = attendee(request, code)
        actions.know(event, asking, other)
        return HttpResponse(status=204)

    @route(None, 403, 404, 429, status=204, operation_id="unknow")
    def delete(self, request: Request, code: str, other: str) -> HttpResponse:
        """Taken back."""
        event, asking = attendee(request, code)
        actions.unknow(event, asking, other)
        return HttpResponse(status=204)


def host(request: Request, code: str) -> tuple[Event, Crew]:
    return crew(request, code, "lead_rounds")


def attendee(request: Request, code: str) -> tuple[Event, Attendee]:
    event, asking = phone(request, code, "be_matched")
    spend(GROUP_SELF, asking.public_id)
    return event, asking


def told(event: Event, round: Round, status: int = 200) -> Response:
    document = queries.public_document(event, round)
    return Response({"round": document}, status=status)
