"""Every "no" as a designed page; below /api/ in the API's own shape."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.core.refusal import Refusal
from apps.core.refusals import not_allowed

View = Callable[..., HttpResponseBase]


def refusals_as_pages(view: View) -> View:
    @functools.wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return refused(request, refusal)

    return told


class BusyDatabase:
    """Middleware: a database that is away, or a full disk, is a page that says so, not a fault of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        sentence = _("This did not work just now. Please try again in a moment.")
        return refused(request, Refusal("busy", sentence, status=503))


def refused(request: HttpRequest, refusal: Refusal, heading: str = "") -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(refusal.as_body(), status=refusal.status)
    context = {"heading": heading or heading_of(refusal), "message": refusal.message}
    return render(request, "screens/refusal.html", context, status=refusal.status)


def heading_of(refusal: Refusal) -> str:
    match refusal.status:
        case 404:
            return _("There is nothing here")
        case 403:
            return _("Not for you")
        case 429:
            return _("A moment, please")
    return _("This did not work")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, Refusal("unreadable", _("This request could not be read."), status=400))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, not_allowed())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("This page does not exist. Perhaps the address was cut off on its way to you.")
    return refused(request, Refusal("not_here", sentence, status=404))


def server_error(request: HttpRequest) -> HttpResponse:
    sentence = _("Something went wrong on our side. Please try again in a moment.")
    return refused(request, Refusal("broken", sentence, status=500))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _("This page was open for too long. Please reload it and try again.")
    return refused(request, Refusal("not_allowed", sentence, status=403))
