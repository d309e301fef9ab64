"""Who asks at a wall, and how they are answered."""

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.limits import Limit, spend
from apps.events.identity import identify
from apps.events.models import Attendee, Crew, Event
from apps.events.queries import not_here
from apps.live import streams

from .. import documents, queries
from ..models import Tip, Wall


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
