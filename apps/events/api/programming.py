"""Routes of the editor: the programme with its ids, a new version of it, and prompts that were used before."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import limits
from apps.core.limits import spend

from .. import actions
from . import asking
from .schema import route
from .serializers import EditedProgramme, ProgrammeEditing


class ProgrammeView(APIView):
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
        given = ProgrammeEditing(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        return Response(actions.edit_programme(event, wanted["programme"], version=wanted["version"], by=member))
