"""Routes of pictures, below `/api/v1/events/CODE/pictures/`."""

import hashlib
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import idempotency
from apps.core.api import View, account_of, device_of, key_of, read
from apps.core.limits import PICTURE_SEND, spend
from apps.core.reencoding import redraw
from apps.core.refusal import Refusal
from apps.events.api.schema import route
from apps.events.api.serializers import Problem
from apps.events.identity import Identity, identify
from apps.events.models import Attendee, Crew, Event
from apps.events.queries import not_here

from . import actions, documents, files, queries, serializers
from .models import Picture
from .rules import State

STAGE_TOKEN = OpenApiParameter("stage", OpenApiTypes.STR, description="the token of a stage's address")
SIZE = OpenApiParameter("size", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(queries.SIZES))
# A picture that is opened by itself is a picture and nothing else.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


class PicturesView(View):
    parser_classes = [MultiPartParser]

    @route(
        serializers.Sent,
        *(400, 403, 404, 409, 413, 429, 503),
        status=201,
        body={"multipart/form-data": serializers.SendingPicture},
        key=True,
        operation_id="picture_send",
    )
    def post(self, request: Request, code: str) -> Response:
        """Send a picture; it is drawn anew, and waits until the crew has looked at it."""
        event, sender = sender_of(request, code)
        key, owner = key_of(request), device_of(request) if isinstance(sender, Attendee) else account_of(request)
        wanted = form_of(request)
        data, said = wanted["file"].read(), {name: wanted[name] for name in ("caption", "signed")}
        print_ = idempotency.fingerprint(request.method, request.path, hashlib.sha256(data).hexdigest(), said)
        if known := idempotency.answered(owner, key, print_):
            return Response(known[1], status=known[0])
        actions.refuse_early(event, sender)
        spend(PICTURE_SEND, sender.public_id)
        if not connection.in_atomic_block:
            # Drawing takes a while, and others need the connection meanwhile.
            connection.close()
        redrawn = redraw(data)
        names = files.store(redrawn)
        used: list[Picture] = []

        def send() -> tuple[int, object]:
            used.append(actions.send(event, sender, redrawn=redrawn, names=names, **said))
            # The answer is kept for a while, and must not outlive words that are deleted: those come with the document.
            return 201, {"picture": {"id": used[0].public_id, "state": used[0].state}}

        try:
            status, body = idempotency.once(owner, key, print_, send)
        except BaseException:
            files.remove(names.values())
            raise
        if not used:
            # The same request, on another line, was a moment faster.
            files.remove(names.values())
        return Response(body, status=status)


class PictureView(View):
    @route(None, 403, 404, status=204, operation_id="picture_delete")
    def delete(self, request: Request, code: str, picture: str) -> HttpResponse:
        """Delete one's own picture, in whatever state it is."""
        event, sender = sender_of(request, code)
        actions.delete(event, sender, picture)
        return HttpResponse(status=204)


class DecisionView(View):
    @route(
        serializers.PictureDocument, 400, 403, 404, 409, body=serializers.DecidingPicture, operation_id="picture_decide"
    )
    def put(self, request: Request, code: str, picture: str) -> Response:
        """Approve, decline with a reason, take down, put back, or wait again."""
        event, crew = crew_of(request, code)
        decided = actions.decide(event, picture, by=crew, **read(serializers.DecidingPicture, request))
        return Response({"picture": documents.card(decided)})

    @route(serializers.PictureDocument, 403, 404, 409, operation_id="picture_undo")
    def delete(self, request: Request, code: str, picture: str) -> Response:
        """Undo one's own last decision on it, within ten seconds."""
        event, crew = crew_of(request, code)
        return Response({"picture": documents.card(actions.undo(event, picture, by=crew))})


class FileView(View):
    @extend_schema(
        operation_id="picture_file",
        parameters=[STAGE_TOKEN, SIZE],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY, 304: None, 403: Problem, 404: Problem},
    )
    def get(self, request: Request, code: str, picture: str, size: str) -> HttpResponse:
        """The file: an approved one for everybody at the event, others for the crew and for who sent them."""
        found = queries.find_visible(viewer(request, code), picture)
        stored = queries.file(found, size)
        if size not in queries.SIZES or not stored:
            raise not_here()
        return dressed(request, found, stored.name or "", size)


def dressed(request: HttpRequest, picture: Picture, name: str, size: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(name.encode()).hexdigest()[:16]}"'
    is_shown = picture.state == State.APPROVED
    response = get_conditional_response(request, etag=etag) if is_shown else None
    if response is None:
        response = HttpResponse(bytes_of(picture, size), content_type="image/jpeg")
    if is_shown:
        # A browser may keep it, and asks each time whether it still may be seen.
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
    else:
        response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = f'inline; filename="picture-{picture.public_id}.jpg"'
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def bytes_of(picture: Picture, size: str) -> bytes:
    try:
        with queries.file(picture, size).open("rb") as stored:
            return bytes(stored.read())
    except FileNotFoundError:
        # Deleted between the look-up and here.
        raise not_here() from None


def viewer(request: Request, code: str) -> Identity:
    """Who looks at a picture; of an event that is none, the same is told as of one that shows them nothing."""
    token = request.query_params.get("stage", "")
    try:
        return identify(request, code, "stage", token) if token else identify(request, code)
    except Refusal as refusal:
        raise not_here() if refusal.status == 404 else refusal from None


def sender_of(request: Request, code: str) -> tuple[Event, Attendee | Crew]:
    """An attendee sends as such, also when the browser is signed in as crew; who is only crew sends as crew."""
    identity = identify(request, code, "phone")
    if identity.attendee is None:
        identity = identify(request, code)
    identity.require("send_pictures")
    sender = identity.attendee or identity.crew
    if sender is None:
        raise not_here()
    return identity.event, sender


def crew_of(request: Request, code: str) -> tuple[Event, Crew]:
    identity = identify(request, code, "console")
    identity.require("moderate_pictures")
    if identity.crew is None:
        raise not_here()
    return identity.event, identity.crew


def form_of(request: Request) -> dict[str, Any]:
    """What a sent form says; refuses `wrong_media_type` (415) for anything else than a form."""
    try:
        return read(serializers.SendingPicture, request)
    except UnsupportedMediaType:
        sentence = _("Please send the picture as a form (multipart/form-data), with its file in the field “file”.")
        raise Refusal("wrong_media_type", sentence, status=415) from None
