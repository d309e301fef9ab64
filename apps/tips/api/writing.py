"""An attendee's own tips and votes."""

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent_for_device, read
from apps.core.limits import TIP_VOTE, TIP_WRITE
from apps.events.api.schema import route
from apps.events.models import Attendee, Event

from .. import actions, queries, serializers
from .asking import attendee, own


class TipsView(View):
    @route(
        serializers.TipDocument,
        400,
        403,
        404,
        409,
        429,
        status=201,
        body=serializers.Writing,
        key=True,
        operation_id="tip_write",
    )
    def post(self, request: Request, code: str, segment: str) -> Response:
        """Write a tip; it waits until the crew has looked at it."""
        return self.write(request, *attendee(request, code, TIP_WRITE), segment)

    @idempotent_for_device
    def write(self, request: Request, event: Event, author: Attendee, segment: str) -> Response:
        tip = actions.write(event, segment, author, **read(serializers.Writing, request))
        return own(tip, status=201)


class TipView(View):
    @route(
        serializers.TipDocument, 400, 403, 404, 409, 429, body=serializers.Writing, key=True, operation_id="tip_edit"
    )
    def patch(self, request: Request, code: str, segment: str, tip: str) -> Response:
        """One's own words anew, until they are on the wall."""
        return self.edit(request, *attendee(request, code, TIP_WRITE), segment, tip)

    @idempotent_for_device
    def edit(self, request: Request, event: Event, author: Attendee, segment: str, tip: str) -> Response:
        wanted = read(serializers.Writing, request)
        return own(actions.edit(event, segment, author, tip, **wanted))

    @route(None, 403, 404, 409, status=204, operation_id="tip_withdraw")
    def delete(self, request: Request, code: str, segment: str, tip: str) -> HttpResponse:
        """Withdraw one's own tip; its words are gone."""
        event, author = attendee(request, code)
        actions.withdraw(event, segment, author, tip)
        return HttpResponse(status=204)


class VoteView(View):
    @route(serializers.VotesDocument, 403, 404, 429, operation_id="tip_vote")
    def put(self, request: Request, code: str, segment: str, tip: str) -> Response:
        """One vote for a tip on the wall; twice is once."""
        event, author = attendee(request, code, TIP_VOTE)
        wall = actions.vote(event, segment, author, tip)
        return Response({"votes": queries.votes_of(wall, author) or {"tips": []}})

    @route(serializers.VotesDocument, 403, 404, 429, operation_id="tip_take_vote_back")
    def delete(self, request: Request, code: str, segment: str, tip: str) -> Response:
        event, author = attendee(request, code, TIP_VOTE)
        wall = actions.take_vote_back(event, segment, author, tip)
        return Response({"votes": queries.votes_of(wall, author) or {"tips": []}})
