"""What every API view shares: one shape of errors, and answers that are given once."""

import functools
import hashlib
import logging
import re
from collections.abc import Callable
from typing import Any, ParamSpec

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView, exception_handler

from . import idempotency, refusals
from .codes import normal_code
from .refusal import Refusal

log = logging.getLogger(__name__)
P = ParamSpec("P")

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class View(APIView):
    """A view that goes with its request: it, what was asked and what was answered would otherwise hold each other.

    All of it would stay until the next full look for such garbage, which comes after a hundred thousand requests.
    """

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            if isinstance(self.request, Request):
                self.request.parser_context = {}
            vars(self).clear()

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(response, Response):
            response.add_post_render_callback(forget_context)
        return response


def forget_context(response: Any) -> None:
    response.renderer_context = {}


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every "no" has the body `{"code", "message", "fields"?}`."""
    refusal = as_refusal(error)
    if refusal is None:
        return None
    answer = exception_handler(error, context)
    headers = {name: answer[name] for name in ("Allow", "Retry-After") if answer is not None and name in answer}
    return Response(refusal.as_body(), status=refusal.status, headers=headers)


def as_refusal(error: Exception) -> Refusal | None:
    match error:
        case Refusal():
            return error
        case exceptions.ValidationError():
            return invalid(error)
        # The second is somebody who was erased between two looks of one request.
        case Http404() | ObjectDoesNotExist() | exceptions.NotFound():
            return Refusal("not_here", _("There is nothing here."), status=404)
        case PermissionDenied() | exceptions.PermissionDenied() | exceptions.NotAuthenticated():
            return refusals.not_allowed()
        case exceptions.MethodNotAllowed():
            return Refusal("wrong_method", _("This cannot be done here."), status=405)
        case exceptions.UnsupportedMediaType():
            return Refusal("wrong_media_type", _("Please send JSON."), status=415)
        case exceptions.ParseError() | RecursionError():
            return Refusal("unreadable", _("This could not be read as JSON."), status=400)
        case exceptions.APIException():
            return Refusal("refused", str(error.detail), status=error.status_code)
        case OperationalError() | InterfaceError() | IntegrityError():
            # A full disk, a database that is away, or a row that was erased while this one was to point at it: nothing
            # was written, and the sender may try again.
            log.error("the database did not answer: %s", type(error).__name__)
            return refusals.busy()
    return None


def invalid(error: exceptions.ValidationError) -> Refusal:
    detail = error.detail if isinstance(error.detail, dict) else {"request": error.detail}
    fields = {name: list(sentences(value)) for name, value in detail.items()}
    first = next((text for texts in fields.values() for text in texts), _("Something in this is not right."))
    return Refusal("invalid", first, status=status.HTTP_400_BAD_REQUEST, fields=fields)


def sentences(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in sentences(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in sentences(part)]
    return [str(value)]


def read(shape: type[Serializer], request: Request) -> dict[str, Any]:
    """The request's body, checked; refuses `invalid` (400)."""
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def account_of(request: Request) -> str:
    """Whose keys those of a console's route are: a crew member's, at one event."""
    return idempotency.account(event_of(request), request.user.pk)


def device_of(request: Request) -> str:
    """Whose keys those of a phone's route are: a device's, at one event, whoever is signed in on it."""
    device = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    return f"{event_of(request)}:device:{hashlib.sha256(device.encode()).hexdigest()[:48]}"


def event_of(request: Request) -> str:
    # As the event itself spells it, however the address did: by this prefix an event's answers are found again.
    return normal_code(str(request.parser_context["kwargs"].get("code", "")))[:12]


def key_of(request: Request) -> str:
    """The request's `Idempotency-Key`; refuses `key_missing` (400)."""
    key: str = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        sentence = _("An Idempotency-Key header of 16 to 64 letters and digits is missing.")
        raise Refusal("key_missing", sentence, status=400)
    return key


def once_per_key(owner_of: Callable[[Request], str]) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """For `post` and `patch` methods of views: run once per `Idempotency-Key` header of one owner.

    Refuses `key_missing` (400) and `key_reused` (422). The header is also what no other site can send unasked.
    """

    def decorate(act: Callable[P, Response]) -> Callable[P, Response]:
        @functools.wraps(act)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            request: Request = args[1]  # type: ignore[assignment]
            key = key_of(request)

            def run() -> tuple[int, object]:
                response = act(*args, **kwargs)
                return response.status_code, response.data

            print_ = idempotency.fingerprint(request.method, request.path, request.data)
            code, body = idempotency.once(owner_of(request), key, print_, run)
            return Response(body, status=code)

        return guarded

    return decorate


idempotent = once_per_key(account_of)
idempotent_for_device = once_per_key(device_of)
