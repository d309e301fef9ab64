"""The pages. What is somebody's own is never kept by a cache; what is refused says why in a sentence."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from apps.core.codes import normal_code
from apps.core.refusal import Refusal
from apps.events import documents, queries
from apps.events.actions.attending import refuse_at_the_door
from apps.events.identity import Identity, by_token, event_at, give_device, identify
from apps.events.roles import Role
from apps.events.stage import address as stage_address

from .addresses import origin
from .qr import svg
from .refusing import refusals_as_pages
from .signing_in import for_crew
from .snapshot import Page, invitation, page


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The code field; a known code leads to its event."""
    typed = request.GET.get("code", "")
    if not typed:
        return for_anybody(render(request, "screens/home.html", {"listed": queries.listed(), "is_for_anybody": True}))
    try:
        return redirect("event-page", event_at(request, typed).code)
    except Refusal as refusal:
        context = {"listed": queries.listed(), "code": normal_code(typed)[:12], "refusal": refusal.message}
        return render(request, "screens/home.html", context, status=refusal.status)


def for_anybody(response: HttpResponse) -> HttpResponse:
    """Search engines may keep this page; all others say by themselves that they may not."""
    response.headers["X-Robots-Tag"] = "all"
    return response


@never_cache
@require_safe
@refusals_as_pages
def event_page(request: HttpRequest, code: str) -> HttpResponse:
    """The phone of who has joined, the door for all others."""
    identity = identify(request, code, "phone")
    if identity.event.code != code:
        return redirect("event-page", identity.event.code)
    if "anew" not in request.GET and identity.role is Role.VISITOR and identity.why_nobody():
        return redirect("handover-offering", code)
    response = phone(request, identity) if identity.role is Role.ATTENDEE else door(request, identity)
    give_device(request, response)
    return response


def phone(request: HttpRequest, identity: Identity) -> HttpResponse:
    return render(request, "screens/phone.html", dressed(identity, page(request, "phone", identity)))


def dressed(identity: Identity, page: Page) -> dict[str, object]:
    """What the template of a screen needs: its page, and the room that the event is in."""
    return {"page": page, "palette": identity.event.palette}


def door(request: HttpRequest, identity: Identity) -> HttpResponse:
    """A visitor learns what the event is, and why the door is closed if it is; nothing else."""
    context = page(request, "phone", identity)
    context["event"] = documents.event(identity.event)
    try:
        refuse_at_the_door(identity.event)
    except Refusal as refusal:
        context["refusal"] = refusal.as_body()
    if not (identity.event.listed and identity.event.archived_at is None):
        return render(request, "screens/join.html", dressed(identity, context))
    return for_anybody(render(request, "screens/join.html", {**dressed(identity, context), "is_for_anybody": True}))


@never_cache
@require_safe
@refusals_as_pages
@for_crew("hear_crew")
def console(request: HttpRequest, identity: Identity) -> HttpResponse:
    context = {**page(request, "console", identity), **invitation(request, identity.event.code)}
    return render(request, "screens/console.html", dressed(identity, context))


@never_cache
@require_safe
@refusals_as_pages
@for_crew("moderate_tips")
def console_tips(request: HttpRequest, identity: Identity) -> HttpResponse:
    """The walls on a page of their own, for moderators, also while another segment is current."""
    return render(request, "screens/console_tips.html", dressed(identity, page(request, "console", identity)))


@never_cache
@require_safe
@refusals_as_pages
def stage_code(request: HttpRequest, code: str) -> HttpResponse:
    """The stage's present address as a QR code (SVG), for the crew alone."""
    identity = identify(request, code, "console")
    return HttpResponse(svg(origin(request) + stage_address(identity.event)), content_type="image/svg+xml")


@never_cache
@require_safe
@refusals_as_pages
def stage(request: HttpRequest, token: str) -> HttpResponse:
    """Signed, read-only, no login: whoever has the address sees what the room sees."""
    identity = identify_stage(token)
    context = {**page(request, "stage", identity), **invitation(request, identity.event.code), "token": token}
    return render(request, "screens/stage.html", dressed(identity, context))


@never_cache
@require_safe
@refusals_as_pages
def link_code(request: HttpRequest, token: str, segment: str, number: int) -> HttpResponse:
    """One of a closing segment's links as a QR code (SVG), for the stage."""
    event = identify_stage(token).event
    links = queries.segment_of(event, segment, "closing").options.get("links", [])
    if number >= len(links):
        raise queries.not_here()
    return HttpResponse(svg(links[number]["url"]), content_type="image/svg+xml")


def identify_stage(token: str) -> Identity:
    try:
        return by_token(token)
    except Refusal as refusal:
        sentence = _("This stage link is no longer valid. The console shows the new one.")
        raise Refusal("not_here", sentence, status=refusal.status) from refusal


@never_cache
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can serve: its database answers and has the newest tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM events_event LIMIT 1")
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})
