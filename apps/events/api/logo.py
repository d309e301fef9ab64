"""Routes of an event's logo: the file itself, and how a picture would look as one."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import limits
from apps.core.api import View, read
from apps.core.limits import LOGO_BYTES, spend
from apps.core.refusal import Refusal
from apps.core.refusals import beside

from .. import logo, queries
from . import asking
from .schema import route
from .serializers import Problem, Strict

# A picture that is opened by itself is a picture and nothing else.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


class DrawingLogo(Strict):
    file = serializers.CharField(help_text=f"PNG, JPEG or WebP of at most {LOGO_BYTES // 1024} KB, in base64")


class DrawnLogo(serializers.Serializer):
    data = serializers.CharField(  # type: ignore[assignment]  # DRF takes declared fields off the class
        help_text="WebP in base64, for `logo.data` of a programme"
    )
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    ground = serializers.CharField(help_text="`paper` or `ink` where it lets through what it lies on")


class LogosView(View):
    @route(DrawnLogo, 400, 403, 404, 413, 429, 503, body=DrawingLogo, operation_id="logo_draw")
    def post(self, request: Request, code: str) -> Response:
        """A picture as it would be kept: without anything but its pixels, small. Nothing is stored; saving is."""
        _event, member = asking.crew(request, code, "edit_programme")
        spend(limits.LOGO_DRAW, member.public_id)
        given = read(DrawingLogo, request)
        drawn = at_field(given)
        return Response({"data": drawn.text, "width": drawn.width, "height": drawn.height, "ground": drawn.ground})


def at_field(given: dict[str, Any]) -> logo.Drawn:
    if len(given["file"]) > LOGO_BYTES * 4 // 3 + 4:
        sentence = _("The file is larger than %(kilobytes)s KB.") % {"kilobytes": LOGO_BYTES // 1024}
        raise Refusal("too_large", sentence, status=413, fields={"file": [sentence]})
    with beside("file"):
        return logo.read(given["file"])


class LogoView(View):
    @extend_schema(
        operation_id="logo", responses={(200, "image/webp"): OpenApiTypes.BINARY, 403: Problem, 404: Problem}
    )
    def get(self, request: Request, code: str, name: str) -> HttpResponse:
        """The file, for everybody who has the code: it stands on the door. Its name is that of its bytes."""
        event = queries.find_event(code)
        if not event.logo or event.logo["name"] != name:
            raise queries.not_here()
        response = HttpResponse(queries.logo_bytes(event), content_type="image/webp")
        response["Cache-Control"] = "public, max-age=31536000, immutable"
        response["Content-Security-Policy"] = POLICY
        response["X-Content-Type-Options"] = "nosniff"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
