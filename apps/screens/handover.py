"""The two pages of a move to another phone: one shows the words and their QR code, the other one takes them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.events.identity import Identity, give_device, identify
from apps.events.queries import not_here, segments_of
from apps.events.roles import Role
from apps.handover import queries

from .addresses import origin
from .qr import svg
from .refusing import refusals_as_pages
from .snapshot import Page, page, plain_page


@never_cache
@require_safe
@refusals_as_pages
def offering(request: HttpRequest, code: str) -> HttpResponse:
    """For who goes; and for a phone that was left, which is told, with what it could not send."""
    identity = identify(request, code, "phone")
    if identity.event.code != code:
        return redirect("handover-offering", identity.event.code)
    if identity.role is Role.VISITOR:
        return left(request, identity)
    context = {**whole_page(request, identity), "origin": origin(request)}
    return render(request, "screens/handover_offering.html", {"page": context, "event": identity.event})


def left(request: HttpRequest, identity: Identity) -> HttpResponse:
    if identity.why_nobody() is None:
        return redirect("event-page", identity.event.code)
    # By these ids a phone finds the drafts that lie on it.
    segments = [one.public_id for one in segments_of(identity.event)]
    context = {**whole_page(request, identity), "segments": segments}
    return render(request, "screens/handover_left.html", {"page": context, "event": identity.event})


@never_cache
@require_safe
@refusals_as_pages
def code_image(request: HttpRequest, code: str) -> HttpResponse:
    """The open offer's address as a QR code (SVG), for who offers; the words stand in no address of ours."""
    identity = identify(request, code, "phone")
    identity.require("hand_over")
    offer = identity.attendee and queries.open_offer(identity.attendee)
    if not offer:
        raise not_here()
    address = queries.address(identity.event.code, queries.words_of(offer.seed))
    return HttpResponse(svg(origin(request) + address), content_type="image/svg+xml")


@never_cache
@require_safe
@refusals_as_pages
def taking(request: HttpRequest, code: str) -> HttpResponse:
    """For the phone to go on with. It opens nothing by itself: somebody has to press."""
    identity = identify(request, code, "phone")
    if identity.event.code != code:
        return redirect("handover-taking", identity.event.code)
    context = whole_page(request, identity)
    response = render(request, "screens/handover_taking.html", {"page": context, "event": identity.event})
    give_device(request, response)
    return response


def whole_page(request: HttpRequest, identity: Identity) -> Page:
    """A phone's page with all words there are: those of its first load alone are not enough."""
    return {**page(request, "phone", identity), **plain_page(request)}
