"""Routes of the editor: the programme with its ids, a new version of it, and prompts that were used before."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import limits
from apps.core.api import View, read
from apps.core.limits import spend

from .. import actions, queries
from . import asking
from .schema import route
from .serializers import Bank, EditedProgramme, ProgrammeEditing


class ProgrammeView(View):
    @route(EditedProgramme, 403, 404, operation_id="programme")
    def get(self, request: Request, code: str) -> Response:
        """The programme as an editor begins with it, its version, and what of it has begun."""
        event, _member = asking.crew(request, code)
        return Response(actions.edited_programme(event))

    @route(EditedProgramme, 400, 403, 404, 409, 429, body=ProgrammeEditing, operation_id="programme_edit")
    def put(self, request: Request, code: str) -> Response:
        """The whole programme, edited from `version`; `edited_meanwhile` (409) says who saved another one.

        `bad_programme` (400) has a sentence for each path, such as `segments[0].minutes`.
        """
        event, member = asking.crew(request, code, "edit_programme")
        spend(limits.PROGRAMME_EDIT, member.public_id)
        wanted = read(ProgrammeEditing, request)
        return Response(actions.edit_programme(event, wanted["programme"], version=wanted["version"], by=member))


class PromptsView(View):
    @route(
        Bank,
        403,
        404,
        429,
        parameters=[OpenApiParameter("like", str, description="words that all stand in the prompt")],
        operation_id="prompts",
    )
    def get(self, request: Request, code: str) -> Response:
        """Prompts that were used before at the events whose crew this account is of."""
        _event, member = asking.crew(request, code, "edit_programme")
        spend(limits.PROMPT_SEARCH, member.public_id)
        typed = request.query_params.get("like", "")[: limits.TEASER_GRAPHEMES]
        return Response({"prompts": queries.bank(member.user, typed, limits.PROMPTS_OFFERED)})
