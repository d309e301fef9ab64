"""The language an event is spoken in: that of its programme, unless somebody chose another one on their device.

The crew's own screens do not follow it: they speak as every page outside an event does, by the device's choice, then by
what the browser prefers (Django's LocaleMiddleware; `live/language.py` for sockets).
"""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from apps.core.language import chosen, ours

from .models import Event


def follow(event: Event, cookies: Mapping[str, Any] | None = None) -> None:
    """From here on, in this thread, in the event's language, or in what the device chose.

    Without cookies nobody has a choice: a stage is read by a whole room. An event in a language that is none of
    ours changes nothing.
    """
    code = chosen(cookies or {}) or ours(event.language)
    if code:
        translation.activate(code)
