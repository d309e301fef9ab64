"""What every route says of itself in the OpenAPI schema."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema

from .serializers import Problem

KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="16 to 64 letters, digits, `-` or `_`; the same key and body get the same answer once.",
)


def route(
    answer: Any, *refusals: int, status: int = 200, body: Any = None, key: bool = False, **more: Any
) -> Callable[[Any], Any]:
    """`answer` is the body's serializer (None: empty); `refusals` are the statuses a client should expect."""
    responses = {status: answer, **dict.fromkeys(refusals, Problem)}
    responses.update(more.pop("also", {}))
    parameters = [*([KEY] if key else []), *more.pop("parameters", [])]
    return extend_schema(request=body, responses=responses, parameters=parameters, **more)
