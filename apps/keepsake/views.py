"""The keepsake of an event: the page, what can be downloaded of it, and the version for everybody."""

from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.core.limits import TAKE_HOME, spend
from apps.events.identity import Identity
from apps.events.language import follow
from apps.events.models import Event
from apps.events.queries import not_here, segments_of
from apps.events.roles import may
from apps.screens.addresses import origin
from apps.screens.refusing import refusals_as_pages

from . import actions, file, ics, markdown, queries, sheet
from .asking import CREW, asker
from .models import PublicLink
from .sending import download, spool

WORKER = Path(__file__).parent / "static" / "keepsake" / "worker.js"


@never_cache
@require_safe
@refusals_as_pages
def keepsake(request: HttpRequest, code: str) -> HttpResponse:
    """The page: with the people one met for an attendee, with the public version's switch for a host."""
    identity = asker(request, code, "see_keepsake")
    event = identity.event
    if event.code != code:
        return redirect("keepsake", event.code)
    shown = queries.sheet_of(event, identity.attendee)
    context = {
        "sheet": shown,
        "palette": shown.palette,
        "is_attendee": identity.attendee is not None,
        "has_calendar": ics.span(event, minutes=0) is not None,
        "sharing": sharing_of(request, event) if may(identity.role, "share_keepsake") else None,
    }
    answer = render(request, "keepsake/page.html", context)
    if identity.attendee:
        until = shown.erased_on
        # Only what says so may be kept on a device for reading offline, and no longer than the server keeps it.
        answer["Keepsake-Until"] = until.isoformat() if until else ""
    return answer


def sharing_of(request: HttpRequest, event: Event) -> dict[str, str]:
    link = PublicLink.objects.filter(event=event).first()
    return {"token": link.token, "address": f"{origin(request)}/keepsake/{link.token}/"} if link else {"token": ""}


@never_cache
@require_safe
def worker(request: HttpRequest, code: str) -> HttpResponse:
    """The service worker. Its address is its scope: it sees this event's keepsake, and no other page of ours."""
    return HttpResponse(worker_source(), content_type="text/javascript; charset=utf-8")


@lru_cache
def worker_source() -> str:
    return WORKER.read_text()


@never_cache
@require_safe
@refusals_as_pages
def as_markdown(request: HttpRequest, code: str) -> HttpResponseBase:
    identity = downloader(request, code)
    made = spool()
    made.write(markdown.text_of(queries.sheet_of(identity.event, identity.attendee)).encode())
    return download(made, f"keepsake-{identity.event.code}.md", "text/markdown; charset=utf-8")


@never_cache
@require_safe
@refusals_as_pages
def as_file(request: HttpRequest, code: str) -> HttpResponseBase:
    identity = downloader(request, code)
    shown = queries.with_logo_inside(queries.sheet_of(identity.event, identity.attendee), identity.event)
    made = file.written(shown, queries.picture_files(identity.event))
    return download(made, f"keepsake-{identity.event.code}.html", "text/html; charset=utf-8")


@never_cache
@require_safe
@refusals_as_pages
def as_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Refuses `not_here` (404) while nobody knows the day."""
    identity = asker(request, code, "see_keepsake")
    made = calendar(request, identity.event)
    if made is None:
        raise not_here()
    saved = content_disposition_header(as_attachment=True, filename=f"{identity.event.code}.ics")
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": saved})


def calendar(request: HttpRequest, event: Event) -> bytes | None:
    minutes = sum(segment.minutes for segment in segments_of(event))
    return ics.calendar(event, minutes, f"{origin(request)}/{event.code}/keepsake/")


def downloader(request: HttpRequest, code: str) -> Identity:
    identity = asker(request, code, "see_keepsake")
    who = identity.attendee or identity.crew
    assert who, "whoever sees a keepsake is one of them"
    spend(TAKE_HOME, who.public_id)
    return identity


@never_cache
@require_safe
@refusals_as_pages
def public(request: HttpRequest, token: str) -> HttpResponse:
    """The keepsake without anybody's personal part, for whoever has its address."""
    link = PublicLink.objects.select_related("event").filter(token=token).first()
    if link is None:
        raise not_here()
    follow(link.event, request.COOKIES)
    shown = sheet.public(queries.sheet_of(link.event))
    return render(request, "keepsake/page.html", {"sheet": shown, "palette": shown.palette})


@never_cache
@require_POST
@refusals_as_pages
def sharing(request: HttpRequest, code: str) -> HttpResponse:
    """The switch of the public version: `do` is `share`, `renew` (the address in `token`) or `stop`."""
    identity = asker(request, code, "share_keepsake", CREW)
    event, by = identity.event, identity.crew
    match request.POST.get("do"):
        case "share":
            actions.share(event, by=by)
        case "renew":
            actions.renew(event, request.POST.get("token", ""), by=by)
        case "stop":
            actions.stop_sharing(event, by=by)
        case _:
            raise not_here()
    return redirect("keepsake", event.code)
