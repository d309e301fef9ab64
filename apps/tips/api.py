"""Routes of the wall, below `/api/v1/events/CODE/walls/SEGMENT/`."""

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent, idempotent_for_device, read
from apps.core.limits import TIP_VOTE, TIP_WRITE, Limit, spend
from apps.events.api.schema import route
from apps.events.identity import identify
from apps.events.models import Attendee, Crew, Event
from apps.events.queries import not_here
from apps.live import streams

from . import actions, documents, queries, serializers
from .models import Tip, Wall


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
        body=serializers.Approving,
        key=True,
        operation_id="tips_approve",
    )
    def post(self, request: Request, code: str, segment: str) -> Response:
        """Approve many at once: those that still wait, as they were `seen`, and that nobody else has open."""
        return self.approve(request, *asker(request, code, "moderate_tips"), segment)

    @idempotent
    def approve(self, request: Request, event: Event, crew: Crew, segment: str) -> Response:
        wanted = read(serializers.Approving, request)
        approved, left = actions.approve_all(event, segment, wanted["tips"], by=crew, seen=wanted.get("seen"))
        return Response({"approved": [tip.public_id for tip in approved], "left": left}, status=201)


class UndoingsView(View):
    @route(
        serializers.Undone,
        400,
        403,
        404,
        409,
        status=201,
        body=serializers.Undoing,
        key=True,
        operation_id="tips_undo",
    )
    def post(self, request: Request, code: str, segment: str) -> Response:
        """Undo one's own last decisions on many at once, within ten seconds."""
        return self.undo(request, *asker(request, code, "moderate_tips"), segment)

    @idempotent
    def undo(self, request: Request, event: Event, crew: Crew, segment: str) -> Response:
        wanted = read(serializers.Undoing, request)["tips"]
        undone, left = actions.undo_all(event, segment, wanted, by=crew)
        return Response({"undone": [tip.public_id for tip in undone], "left": left}, status=201)


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


class PlaceView(View):
    @route(serializers.TipDocument, 400, 403, 404, body=serializers.Placing, operation_id="tip_move")
    def put(self, request: Request, code: str, segment: str, tip: str) -> Response:
        """Put a tip under a theme; null: unsorted."""
        event, crew = asker(request, code, "moderate_tips")
        return card(actions.move_tip(event, segment, tip, **read(serializers.Placing, request), by=crew))


class WallView(View):
    @route(serializers.WallDocument, 400, 403, 404, 409, body=serializers.Switching, operation_id="wall_switch")
    def put(self, request: Request, code: str, segment: str) -> Response:
        """Show or hide the wall, look at tips first or not, notes or themes on the stage (the host)."""
        event, crew = asker(request, code, "lead_wall")
        return whole(actions.switch(event, segment, **read(serializers.Switching, request), by=crew))


class ThemesView(View):
    @route(
        serializers.ThemeDocument,
        400,
        403,
        404,
        409,
        status=201,
        body=serializers.NewTheme,
        key=True,
        operation_id="theme_add",
    )
    def post(self, request: Request, code: str, segment: str) -> Response:
        """A new theme, empty or with tips that move there."""
        return self.add(request, *asker(request, code, "moderate_tips"), segment)

    @idempotent
    def add(self, request: Request, event: Event, crew: Crew, segment: str) -> Response:
        theme = actions.add_theme(event, segment, **read(serializers.NewTheme, request), by=crew)
        return Response({"theme": documents.theme(theme)}, status=201)


class ThemeView(View):
    @route(
        serializers.ThemeDocument, 400, 403, 404, 409, body=serializers.EditedTheme, key=True, operation_id="theme_edit"
    )
    def patch(self, request: Request, code: str, segment: str, theme: str) -> Response:
        """Another name, colour or place."""
        return self.edit(request, *asker(request, code, "moderate_tips"), segment, theme)

    @idempotent
    def edit(self, request: Request, event: Event, crew: Crew, segment: str, theme: str) -> Response:
        wanted = read(serializers.EditedTheme, request)
        return Response({"theme": documents.theme(actions.edit_theme(event, segment, theme, **wanted, by=crew))})

    @route(None, 403, 404, status=204, operation_id="theme_remove")
    def delete(self, request: Request, code: str, segment: str, theme: str) -> HttpResponse:
        """Its tips are unsorted again."""
        event, crew = asker(request, code, "moderate_tips")
        actions.remove_theme(event, segment, theme, by=crew)
        return HttpResponse(status=204)


class MergingView(View):
    @route(None, 400, 403, 404, 409, status=204, body=serializers.Merging, operation_id="theme_merge")
    def put(self, request: Request, code: str, segment: str, theme: str) -> HttpResponse:
        """All its tips go into another theme."""
        event, crew = asker(request, code, "moderate_tips")
        actions.remove_theme(event, segment, theme, **read(serializers.Merging, request), by=crew)
        return HttpResponse(status=204)


class SuggestionView(View):
    @route(serializers.ThemeDocument, 400, 403, 404, 409, body=serializers.Accepting, operation_id="suggestion_accept")
    def put(self, request: Request, code: str, segment: str, group: str) -> Response:
        """Take a suggested group: its theme is made, and its unsorted tips go there."""
        event, crew = asker(request, code, "moderate_tips")
        theme, _moved = actions.accept_group(event, segment, group, **read(serializers.Accepting, request), by=crew)
        return Response({"theme": documents.theme(theme)})

    @route(None, 403, 404, status=204, operation_id="suggestion_refuse")
    def delete(self, request: Request, code: str, segment: str, group: str) -> HttpResponse:
        """Not these together; it is not suggested again."""
        event, crew = asker(request, code, "moderate_tips")
        actions.refuse_group(event, segment, group, by=crew)
        return HttpResponse(status=204)


class RefusalsView(View):
    @route(None, 400, 403, 404, status=204, body=serializers.Refusing, operation_id="suggestion_not_so")
    def put(self, request: Request, code: str, segment: str) -> HttpResponse:
        """Not under this theme, or not the same."""
        event, crew = asker(request, code, "moderate_tips")
        wanted = read(serializers.Refusing, request)
        if "tips" in wanted:
            actions.refuse_pair(event, segment, wanted["tips"], by=crew)
        else:
            actions.refuse_guess(event, segment, wanted["tip"], wanted["theme"], by=crew)
        return HttpResponse(status=204)


def asker(request: Request, code: str, action: str) -> tuple[Event, Crew]:
    identity = identify(request, code, "console")
    identity.require(action)
    if identity.crew is None:
        raise not_here()
    return identity.event, identity.crew


def attendee(request: Request, code: str, limit: Limit | None = None) -> tuple[Event, Attendee]:
    identity = identify(request, code, "phone")
    identity.require("use_wall")
    if identity.attendee is None:
        raise not_here()
    if limit:
        spend(limit, identity.attendee.public_id)
    return identity.event, identity.attendee


def own(tip: Tip, status: int = 200) -> Response:
    return Response({"tip": documents.own(tip, tip.wall.segment.event.language)}, status=status)


def card(tip: Tip) -> Response:
    claims, decisions = queries.claims_on([tip]), queries.last_decisions([tip])
    return Response({"tip": documents.card(tip, claims.get(tip.pk), decisions.get(tip.pk))})


def whole(wall: Wall) -> Response:
    code = wall.segment.event.code
    told = queries.wall_documents(code, wall)
    return Response({"wall": told[streams.public(code)][f"wall/{wall.segment.public_id}"]})
