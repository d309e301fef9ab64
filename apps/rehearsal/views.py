"""The page before the evening, for the crew."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.events.identity import identify
from apps.screens.refusing import refusals_as_pages
from apps.screens.signing_in import to_sign_in

from . import preflight


@never_cache
@require_safe
@refusals_as_pages
def page(request: HttpRequest, code: str) -> HttpResponse:
    """What the server found, and two lines that this device finds out itself."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    identity = identify(request, code, "console")
    identity.require("hear_crew")
    if identity.event.code != code:
        return redirect("preflight", identity.event.code)
    context = {"event": identity.event, "findings": list(preflight.look(identity.event))}
    return render(request, "rehearsal/preflight.html", context)


@never_cache
@require_safe
@refusals_as_pages
def time_of_day(request: HttpRequest, code: str) -> HttpResponse:
    """The server's clock, for the round trip and the difference of the clocks."""
    identify(request, code, "console").require("hear_crew")
    return JsonResponse({"at": clock.iso(clock.now())})
