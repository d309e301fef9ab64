"""In which language a socket is spoken to before its hello: as Django's pages choose it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from apps.core.language import chosen, preferred


def language_of(scope: Mapping[str, Any]) -> str:
    """A language code of `settings.LANGUAGES`: what was chosen on the device, else what its browser prefers."""
    header = dict(scope["headers"]).get(b"accept-language", b"").decode("latin1")
    return chosen(scope.get("cookies", {})) or preferred(header) or settings.LANGUAGE_CODE
