"""The pages of the crew: who runs an event, and the invitation somebody was sent."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.crew.queries import name_of
from apps.events.identity import Identity, give_device, identify
from apps.events.queries import not_here
from apps.screens.addresses import origin
from apps.screens.qr import fresh
from apps.screens.refusing import refusals_as_pages
from apps.screens.signing_in import for_crew
from apps.screens.snapshot import page, plain_page

TOKEN = re.compile(r"[0-9a-f]{64}")


@never_cache
@require_safe
@refusals_as_pages
@for_crew("see_crew")
def crew_page(request: HttpRequest, identity: Identity) -> HttpResponse:
    """Who runs the event, who is asked to, and what was done; hosts change it, moderators read it."""
    assert identity.crew, "only crew may"
    user = identity.crew.user
    account = {"name": user.get_username(), "mail": user.email, "has_password": user.has_usable_password()}
    more = {"origin": origin(request), "account": account, "can_mail": settings.CAN_MAIL}
    context = {**page(request, "console", identity), **more}
    return render(request, "community/crew.html", {"page": context})


@never_cache
@require_POST
@refusals_as_pages
def crew_code(request: HttpRequest, code: str) -> HttpResponse:
    """An invitation's link as a QR code; the token comes in the body, so that it stands in no log."""
    identify(request, code, "console").require("run_crew")
    token = request.POST.get("token", "")
    if not TOKEN.fullmatch(token):
        raise not_here()
    return JsonResponse(fresh(f"{origin(request)}/invitation/#{token}"))


@never_cache
@require_safe
def invitation(request: HttpRequest) -> HttpResponse:
    """The token stands behind the `#`, which browsers send to nobody; the page reads it and asks."""
    account = name_of(request.user) if request.user.is_authenticated else None
    response = render(request, "community/crew_invitation.html", {"page": {**plain_page(request), "account": account}})
    give_device(request, response)
    return response
