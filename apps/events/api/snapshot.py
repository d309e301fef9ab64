"""All documents of the streams that the asker may hear."""

from typing import cast

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from apps.core.api import View

from ..identity import As, identify
from ..queries import snapshots
from .schema import route
from .serializers import Snapshots

AS = OpenApiParameter("as", str, OpenApiParameter.QUERY, required=True, enum=["phone", "console"])


class SnapshotView(View):
    @route(Snapshots, 400, 403, 404, parameters=[AS], operation_id="snapshot")
    def get(self, request: Request, code: str) -> HttpResponse:
        """The documents as they are stored, by stream."""
        as_ = request.GET.get("as")
        if as_ not in ("phone", "console"):
            raise ValidationError({"as": "phone or console"})
        identity = identify(request, code, cast(As, as_))
        identity.require("hear_public")
        body = orjson.dumps({"streams": snapshots(identity.streams())})
        return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})
