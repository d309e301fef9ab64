"""In which of our languages somebody is spoken to: what this device was told to speak, and what its browser prefers."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def ours(code: str) -> str | None:
    """The language of `settings.LANGUAGES` that serves a language tag (`pt` for `pt-BR`), or None."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return None


def chosen(cookies: Mapping[str, Any]) -> str | None:
    """What somebody chose on this device (`/language/`), or None."""
    return ours(str(cookies.get(settings.LANGUAGE_COOKIE_NAME, "")))


def preferred(header: str) -> str | None:
    """The first of ours in an `Accept-Language` header, or None."""
    return next((code for tag, _quality in parse_accept_lang_header(header) if (code := ours(tag))), None)
