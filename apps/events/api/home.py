"""Routes of who runs events: the list of one's own, a new one, the public list, putting away, erasing."""

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import limits
from apps.core.api import View, idempotent, read
from apps.core.codes import normal_code
from apps.core.limits import spend
from apps.core.refusal import Refusal

from .. import actions, queries, sentences, shipped
from ..models import Event
from ..programme import BadProgramme, Programme, changed, parse
from . import asking
from .attending import EventView
from .schema import route
from .serializers import Confirmation, Created, Creating, HomeEvent, HomeEvents

CHANGES = ("title", "starts_on", "starts_at_local", "timezone", "language")


class EventsView(View):
    @route(HomeEvents, 403, 404, operation_id="events")
    def get(self, request: Request) -> Response:
        """The events whose crew this account is of, the newest first."""
        return Response({"events": queries.at_home(asking.account(request))})

    @route(Created, 400, 403, 404, 409, 422, 429, status=201, body=Creating, key=True, operation_id="event_create")
    def post(self, request: Request) -> Response:
        """A new event, from one of: a programme that ships, a programme file, another event; who asks is its host."""
        user = asking.account(request)
        spend(limits.EVENT_CREATE, str(user.pk))
        given = read(Creating, request)
        try:
            # Before others have to wait: a logo is drawn anew.
            own = of_file(given) if "file" in given else None
            return self.create(request, user, given, own)
        except BadProgramme as bad:
            raise sentences.bad_programme(bad) from bad

    @idempotent
    def create(self, request: Request, user: User, wanted: dict[str, str], own: Programme | None) -> Response:
        made = self.made(request, user, wanted, own)
        # The code alone: an answer may outlive the event that it is about.
        return Response({"code": made.code}, status=201)

    def made(self, request: Request, user: User, wanted: dict[str, str], own: Programme | None) -> Event:
        changes = changes_of(wanted)
        if code := wanted.get("copy_of"):
            if rehearsal := wanted.get("rehearsal"):
                event, member = asking.crew(request, code, "rehearse")
                return actions.copy_for_rehearsal(event, rehearsal, by=member)
            event, member = asking.crew(request, code, "duplicate_event")
            return actions.duplicate(event, by=member, **changes)
        return actions.host_event(own or changed(shipped.programme(wanted["programme"]), changes), user)


def of_file(wanted: dict[str, str]) -> Programme:
    whole = parse(wanted["file"].encode(errors="replace"))
    day = {"starts_on": whole["starts_on"]} if "starts_on" in whole else {}
    return changed(whole, day | changes_of(wanted))


def changes_of(wanted: dict[str, str]) -> dict[str, str]:
    return {name: wanted[name] for name in CHANGES if wanted.get(name)}


class OneEventView(EventView):
    @route(None, 400, 403, 404, status=204, body=Confirmation, operation_id="event_erase")
    def delete(self, request: Request, code: str) -> HttpResponse:
        """Erase the event and everything of it; who means it types its code."""
        event, member = asking.crew(request, code, "erase_event")
        given = read(Confirmation, request)
        if normal_code(given["code"]) != event.code:
            sentence = _("This is not the code of the event.")
            raise Refusal("not_confirmed", sentence, status=400, fields={"code": [sentence]})
        actions.erase_event(event, by=member)
        return HttpResponse(status=204)


class ArchiveView(View):
    @route(HomeEvent, 403, 404, 409, 429, operation_id="archive")
    def put(self, request: Request, code: str) -> Response:
        """Put away: in no list, nobody joins, nothing changes; `still_live` (409) while it runs."""
        event, member = asking.crew(request, code, "archive_event")
        spend(limits.SHELVE, member.public_id)
        actions.archive(event, by=member)
        return Response(queries.one_at_home(member))

    @route(HomeEvent, 403, 404, 429, operation_id="unarchive")
    def delete(self, request: Request, code: str) -> Response:
        """As it was before."""
        event, member = asking.crew(request, code, "archive_event")
        spend(limits.SHELVE, member.public_id)
        actions.unarchive(event, by=member)
        return Response(queries.one_at_home(member))


class ListingView(View):
    @route(HomeEvent, 403, 404, 409, 429, operation_id="list")
    def put(self, request: Request, code: str) -> Response:
        """On the public list, and for search engines to find."""
        return self.set(request, code, listed=True)

    @route(HomeEvent, 403, 404, 409, 429, operation_id="unlist")
    def delete(self, request: Request, code: str) -> Response:
        """Off the public list."""
        return self.set(request, code, listed=False)

    def set(self, request: Request, code: str, *, listed: bool) -> Response:
        event, member = asking.crew(request, code, "list_event")
        spend(limits.SHELVE, member.public_id)
        actions.set_listed(event, listed, by=member)
        return Response(queries.one_at_home(member))
