"""The page before the evening, for the crew."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.events.identity import Identity, identify
from apps.screens.refusing import refusals_as_pages
from apps.screens.signing_in import for_crew

from . import preflight


@never_cache
@require_safe
@refusals_as_pages
@for_crew("hear_crew")
def page(request: HttpRequest, identity: Identity) -> HttpResponse:
    """What the server found, and two lines that this device finds out itself."""
    context = {"event": identity.event, "findings": list(preflight.look(identity.event))}
    return render(request, "rehearsal/preflight.html", context)


@never_cache
@require_safe
@refusals_as_pages
def time_of_day(request: HttpRequest, code: str) -> HttpResponse:
    """The server's clock, for the round trip and the difference of the clocks."""
    identify(request, code, "console").require("hear_crew")
    return JsonResponse({"at": clock.iso(clock.now())})
