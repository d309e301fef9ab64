"""The wall and its themes: what goes where, and which suggestions are taken."""

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent, read
from apps.events.api.schema import route
from apps.events.models import Crew, Event

from .. import actions, documents, serializers
from .asking import asker, card, whole


class WallView(View):
    @route(serializers.WallDocument, 400, 403, 404, 409, body=serializers.Switching, operation_id="wall_switch")
    def put(self, request: Request, code: str, segment: str) -> Response:
        """Show or hide the wall, look at tips first or not, notes or themes on the stage (the host)."""
        event, crew = asker(request, code, "lead_wall")
        return whole(actions.switch(event, segment, **read(serializers.Switching, request), by=crew))


class PlaceView(View):
    @route(serializers.TipDocument, 400, 403, 404, body=serializers.Placing, operation_id="tip_move")
    def put(self, request: Request, code: str, segment: str, tip: str) -> Response:
        """Put a tip under a theme; null: unsorted."""
        event, crew = asker(request, code, "moderate_tips")
        return card(actions.move_tip(event, segment, tip, **read(serializers.Placing, request), by=crew))


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
