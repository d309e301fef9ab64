"""The page before the evening, for the crew."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.events.identity import Identity, identify
from apps.events.roles import may
from apps.screens.refusing import refusals_as_pages
from apps.screens.signing_in import for_crew
from apps.screens.snapshot import plain_page

from . import preflight
from .api import latest
from .pace import minutes_of


@never_cache
@require_safe
@refusals_as_pages
@for_crew("hear_crew")
def page(request: HttpRequest, identity: Identity) -> HttpResponse:
    """What the server found, and two lines that this device finds out itself."""
    event = identity.event
    minutes = sum(minutes_of(one) for one in event.segments.values("minutes"))
    about = {"code": event.code, "may_rehearse": may(identity.role, "rehearse"), "minutes": minutes, **latest(event)}
    context = {"event": event, "findings": list(preflight.look(event)), "page": {**plain_page(request), **about}}
    return render(request, "rehearsal/preflight.html", context)


@never_cache
@require_safe
@refusals_as_pages
def time_of_day(request: HttpRequest, code: str) -> HttpResponse:
    """The server's clock, for the round trip and the difference of the clocks."""
    identify(request, code, "console").require("hear_crew")
    return JsonResponse({"at": clock.iso(clock.now())})
