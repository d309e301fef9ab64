"""The pages of who runs events: their home, a programme as a file, and what search engines are told."""

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core.limits import LOGO_BYTES, PROGRAMME_BYTES, TAKE_HOME, spend
from apps.events import actions, documents, queries, shipped
from apps.events.identity import Identity, identify
from apps.events.kinds import HUES, KINDS, PALETTES
from apps.events.programme import dump
from apps.events.retention import MOST_KEEP_DAYS
from apps.screens.refusing import refusals_as_pages
from apps.screens.signing_in import for_crew, to_sign_in
from apps.screens.snapshot import Page, plain_page


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The events of a crew member, and how another one begins."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    return render(request, "community/home.html", {"page": home_page(request, request.user)})


def home_page(request: HttpRequest, user: User) -> Page:
    return {
        **plain_page(request),
        "events": queries.at_home(user),
        "programmes": [told(name) for name in shipped.NAMES],
        "languages": settings.LANGUAGES,
        "most_bytes": PROGRAMME_BYTES,
        # An account that is nothing but a name goes with the last event that it is crew of.
        "account_goes": not (user.is_staff or user.is_superuser or user.has_usable_password()),
    }


def told(name: str) -> Page:
    programme = shipped.programme(name)
    minutes = sum(segment["minutes"] for segment in programme["segments"])
    titles = [segment["title"] for segment in programme["segments"]]
    return {"name": name, "title": programme["title"], "minutes": minutes, "segments": titles}


@never_cache
@require_safe
@refusals_as_pages
@for_crew("edit_programme")
def editor(request: HttpRequest, identity: Identity) -> HttpResponse:
    """Everything of a programme, for hosts."""
    context = {
        **plain_page(request),
        "code": identity.event.code,
        "editing": actions.edited_programme(identity.event),
        "state": documents.now(identity.event)["state"],
        "kinds_known": {kind.name: {"label": str(kind.label), "options": kind.options} for kind in KINDS.values()},
        "hues": HUES,
        "palettes_known": PALETTES,
        "most_logo_bytes": LOGO_BYTES,
        "languages": settings.LANGUAGES,
        "most_keep_days": MOST_KEEP_DAYS,
    }
    return render(request, "community/editor.html", {"page": context, "title": identity.event.title})


@never_cache
@require_safe
@refusals_as_pages
def programme_file(request: HttpRequest, code: str) -> HttpResponse:
    """The event's programme as the file that it could be made from, for its crew."""
    identity = identify(request, code, "console")
    assert identity.crew, "only crew asks as a console"
    spend(TAKE_HOME, identity.crew.public_id)
    saved = content_disposition_header(as_attachment=True, filename=f"programme-{identity.event.code}.toml")
    text = dump(actions.programme_of(identity.event))
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers={"Content-Disposition": saved})


@never_cache
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309: the front page and the events on the public list; nothing else is for strangers."""
    open_doors = [f"Allow: /{event.code}/$" for event in queries.listed()]
    lines = ["User-agent: *", "Allow: /$", "Allow: /static/", *open_doors, "Disallow: /", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
