"""Routes of the crew: who is on it, their roles, leaving, and what was done."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent, read
from apps.events import actions, documents
from apps.events.api.asking import crew
from apps.events.api.schema import route
from apps.events.models import Crew, Event

from .. import log
from ..serializers import Changing, Deeds, Member, Members

BEFORE = OpenApiParameter("before", OpenApiTypes.STR, description="the id of the oldest one there is already")


class MembersView(View):
    @route(Members, 403, 404, operation_id="crew")
    def get(self, request: Request, code: str) -> Response:
        """Who runs the event."""
        event, member = crew(request, code, "see_crew")
        members = event.crew.filter(revoked_at=None).order_by("created_at", "pk")
        return Response({"members": [documents.member(one) for one in members], "me": member.public_id})


class MemberView(View):
    @route(Member, 400, 403, 404, 409, body=Changing, key=True, operation_id="crew_change_role")
    def patch(self, request: Request, code: str, member: str) -> Response:
        """Make somebody host or moderator; `last_host` (409) for the only one there is."""
        event, asking = crew(request, code, "run_crew")
        return self.change(request, event, asking, member)

    @idempotent
    def change(self, request: Request, event: Event, asking: Crew, member: str) -> Response:
        given = read(Changing, request)
        changed = actions.change_role(event, member, given["role"], by=asking)
        return Response({"member": documents.member(changed)})

    @route(None, 403, 404, 409, status=204, operation_id="crew_take_off")
    def delete(self, request: Request, code: str, member: str) -> HttpResponse:
        """Take somebody off the crew: their screens close within a second. `last_host` (409) for the only one."""
        event, asking = crew(request, code, "run_crew")
        actions.take_off(event, member, by=asking)
        return HttpResponse(status=204)


class OneselfView(View):
    @route(None, 403, 404, 409, status=204, operation_id="crew_leave")
    def delete(self, request: Request, code: str) -> HttpResponse:
        """Leave the crew; `last_host` (409) for the only host there is."""
        event, asking = crew(request, code, "leave_crew")
        actions.leave_crew(event, asking)
        return HttpResponse(status=204)


class DeedsView(View):
    @route(Deeds, 403, 404, parameters=[BEFORE], operation_id="crew_deeds")
    def get(self, request: Request, code: str) -> Response:
        """Who did what, the newest first, fifty at a time."""
        event, _asking = crew(request, code, "see_crew")
        deeds, more = log.page(event, request.GET.get("before", ""))
        return Response({"deeds": deeds, "more": more})
