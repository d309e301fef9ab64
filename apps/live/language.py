"""In which language a socket is spoken to: what its browser prefers among ours, as Django's pages choose it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(scope: Mapping[str, Any]) -> str:
    """A language code of `settings.LANGUAGES`."""
    header = dict(scope["headers"]).get(b"accept-language", b"").decode("latin1")
    for code, _quality in parse_accept_lang_header(header):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
