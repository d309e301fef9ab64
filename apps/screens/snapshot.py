"""What the page brings along, so that a screen draws itself before its socket is open."""

from typing import Any, TypeAlias

import orjson
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.translation import get_language

from apps.core import clock
from apps.events.identity import As, Identity
from apps.events.queries import snapshots

from .addresses import origin
from .modules import beside, kinds
from .qr import qr
from .words import phone_words, words

Page: TypeAlias = dict[str, Any]


def page(request: HttpRequest, as_: As, identity: Identity) -> Page:
    """The page JSON of a screen; `streams` holds what this identity may hear, and nothing else."""
    return {
        **plain_page(request, as_),
        "as": as_,
        "code": identity.event.code,
        "snapshot": {"streams": orjson.loads(orjson.dumps(snapshots(identity.streams())))},
        "kinds": kinds(as_),
        "beside": beside(),
        "palettes": static("screens/palettes.css"),
    }


def plain_page(request: HttpRequest, as_: As | None = None) -> Page:
    """What a page's scripts need that follows no event."""
    language = get_language() or "en"
    texts, plural = phone_words(language) if as_ == "phone" else words(language)
    return {
        "at": clock.iso(clock.now()),
        "words": texts,
        "plural": plural,
        "language": language,
        "csrf": get_token(request),
    }


def invitation(request: HttpRequest, code: str) -> Page:
    """How to join, for the stage and the console: the address to be read aloud, and the QR code of the event's page."""
    where = origin(request)
    return {"origin": where, "address": where.partition("://")[2], "qr": qr(f"{where}/{code}/")}
