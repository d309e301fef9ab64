"""Routes of the console: moves, the stage's address, removing an attendee."""

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent, read
from apps.core.limits import MOVE, spend

from .. import actions
from ..models import Crew, Event
from ..rules import Press, Verb
from .asking import crew
from .schema import route
from .serializers import Moved, Moving, StageLink


class MovesView(View):
    @route(Moved, 400, 403, 404, 409, 429, status=201, body=Moving, key=True, operation_id="move")
    def post(self, request: Request, code: str) -> Response:
        """Press a verb that was meant at `from_step`; `somebody_faster` (409) says who did what first."""
        event, member = crew(request, code)
        spend(MOVE, member.public_id)
        return self.move(request, event, member)

    @idempotent
    def move(self, request: Request, event: Event, member: Crew) -> Response:
        wanted = read(Moving, request)
        verb, from_step = Verb(wanted.pop("verb")), wanted.pop("from_step")
        return Response(actions.move(event, Press(verb, **wanted), by=member, from_step=from_step), status=201)


class MoveView(View):
    @route(Moved, 403, 404, 409, operation_id="move_undo")
    def delete(self, request: Request, code: str, move: str) -> Response:
        """Undo the last move within its window; else `too_late_to_undo` (409)."""
        event, member = crew(request, code)
        return Response(actions.undo(event, move, by=member))


class StageLinksView(View):
    @route(StageLink, 403, 404, status=201, key=True, operation_id="stage_link_renew")
    def post(self, request: Request, code: str) -> Response:
        """A new address of the stage; the old one stops working."""
        event, member = crew(request, code, "renew_stage_link")
        return self.renew(request, event, member)

    @idempotent
    def renew(self, request: Request, event: Event, member: Crew) -> Response:
        return Response({"stage": {"address": actions.renew_stage_link(event, by=member)}}, status=201)


class AttendeeView(View):
    @route(None, 403, 404, status=204, operation_id="attendee_remove")
    def delete(self, request: Request, code: str, attendee: str) -> HttpResponse:
        """Remove somebody: their sockets close, and this device does not get in again."""
        event, member = crew(request, code, "remove_attendee")
        actions.remove(event, attendee, by=member)
        return HttpResponse(status=204)
