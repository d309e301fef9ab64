"""What the crew decides about tips."""

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent, read
from apps.events.api.schema import route
from apps.events.models import Crew, Event

from .. import actions, serializers
from ..models import Tip
from .asking import asker, card


class DecisionView(View):
    @route(serializers.TipDocument, 400, 403, 404, 409, body=serializers.Moderating, operation_id="tip_decide")
    def put(self, request: Request, code: str, segment: str, tip: str) -> Response:
        """Approve, decline with a reason, take down, put back, or wait again."""
        event, crew = asker(request, code, "moderate_tips")
        wanted = read(serializers.Moderating, request)
        return card(actions.decide(event, segment, tip, by=crew, **wanted))

    @route(serializers.TipDocument, 403, 404, 409, operation_id="tip_undo")
    def delete(self, request: Request, code: str, segment: str, tip: str) -> Response:
        """Undo one's own last decision on it, within ten seconds."""
        event, crew = asker(request, code, "moderate_tips")
        return card(actions.undo(event, segment, tip, by=crew))


class ApprovalsView(View):
    @route(
        serializers.Approved,
        400,
        403,
        404,
        409,
        status=201,
        key=True,
        body=serializers.Approving,
        operation_id="tips_approve",
    )
    def post(self, request: Request, code: str, segment: str) -> Response:
        """Approve many at once: those that still wait, as they were `seen`, and that nobody else has open."""
        return self.approve(request, *asker(request, code, "moderate_tips"), segment)

    @idempotent
    def approve(self, request: Request, event: Event, crew: Crew, segment: str) -> Response:
        wanted = read(serializers.Approving, request)
        approved, left = actions.approve_all(event, segment, wanted["tips"], by=crew, seen=wanted.get("seen"))
        return parted("approved", approved, left)


class UndoingsView(View):
    @route(
        serializers.Undone, 400, 403, 404, 409, status=201, key=True, body=serializers.Undoing, operation_id="tips_undo"
    )
    def post(self, request: Request, code: str, segment: str) -> Response:
        """Undo one's own last decisions on many at once, within ten seconds."""
        return self.undo(request, *asker(request, code, "moderate_tips"), segment)

    @idempotent
    def undo(self, request: Request, event: Event, crew: Crew, segment: str) -> Response:
        wanted = read(serializers.Undoing, request)["tips"]
        undone, left = actions.undo_all(event, segment, wanted, by=crew)
        return parted("undone", undone, left)


class WordingView(View):
    @route(serializers.TipDocument, 400, 403, 404, 409, body=serializers.Rewording, operation_id="tip_reword")
    def put(self, request: Request, code: str, segment: str, tip: str) -> Response:
        """Other words; the original is kept, and its author told."""
        event, crew = asker(request, code, "moderate_tips")
        wanted = read(serializers.Rewording, request)
        return card(actions.reword(event, segment, tip, by=crew, **wanted))


class ClaimView(View):
    @route(serializers.TipDocument, 403, 404, 409, operation_id="tip_claim")
    def put(self, request: Request, code: str, segment: str, tip: str) -> Response:
        """Have a card to oneself for half a minute; again renews it."""
        event, crew = asker(request, code, "moderate_tips")
        return card(actions.claim(event, segment, tip, by=crew))

    @route(None, 403, 404, status=204, operation_id="tip_release")
    def delete(self, request: Request, code: str, segment: str, tip: str) -> HttpResponse:
        event, crew = asker(request, code, "moderate_tips")
        actions.release(event, segment, tip, by=crew)
        return HttpResponse(status=204)


class PinView(View):
    @route(serializers.TipDocument, 403, 404, operation_id="tip_pin")
    def put(self, request: Request, code: str, segment: str, tip: str) -> Response:
        """Keep an approved tip in sight."""
        event, crew = asker(request, code, "moderate_tips")
        return card(actions.pin(event, segment, tip, pinned=True, by=crew))

    @route(serializers.TipDocument, 403, 404, operation_id="tip_unpin")
    def delete(self, request: Request, code: str, segment: str, tip: str) -> Response:
        event, crew = asker(request, code, "moderate_tips")
        return card(actions.pin(event, segment, tip, pinned=False, by=crew))


def parted(name: str, done: list[Tip], left: dict[str, str]) -> Response:
    """Which of them it was done to, and of the others why not."""
    return Response({name: [tip.public_id for tip in done], "left": left}, status=201)
