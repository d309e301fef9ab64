"""Who decided what about a wall's tips: read, or taken along as a file."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View
from apps.core.codes import normal_code
from apps.events.api.schema import route
from apps.events.api.serializers import Problem
from apps.events.queries import not_here

from .. import documents, queries, serializers
from ..log import as_csv
from .asking import asker


class LogView(View):
    @route(serializers.Log, 403, 404, operation_id="tips_log")
    def get(self, request: Request, code: str, segment: str) -> Response:
        """Who decided what, in order."""
        return Response({"decisions": log_of(request, code, segment)})


LOG_FILE: dict[Any, Any] = {
    (200, "application/json"): serializers.Log,
    (200, "text/csv"): OpenApiTypes.STR,
    **dict.fromkeys((403, 404), Problem),
}


class LogFileView(View):
    @extend_schema(responses=LOG_FILE, operation_id="tips_log_file")
    def get(self, request: Request, code: str, segment: str, form: str) -> HttpResponse:
        """The same as a file to keep, `csv` or `json`; a spreadsheet reads all of it as text."""
        lines = log_of(request, code, segment)
        if form not in ("csv", "json"):
            raise not_here()
        answer = (
            HttpResponse(as_csv(lines), "text/csv; charset=utf-8")
            if form == "csv"
            else JsonResponse({"decisions": lines})
        )
        answer["Content-Disposition"] = f'attachment; filename="{normal_code(code)}-tips-log.{form}"'
        return answer


def log_of(request: Request, code: str, segment: str) -> list[documents.Document]:
    event, _crew = asker(request, code, "moderate_tips")
    made = queries.find_wall(event, segment).decisions.select_related("tip", "by")
    return [documents.log_line(one) for one in made]
