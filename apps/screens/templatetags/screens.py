"""`{% import_map %}`: from the plain addresses that modules import to the hashed ones that may be cached for ever."""

from typing import Any

import orjson
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..modules import entries, preloads

register = template.Library()


@register.simple_tag(takes_context=True)
def import_map(context: dict[str, Any]) -> SafeString:
    """Nothing where static files have no hashed names (a development server)."""
    imports = entries(context.get("page", {}).get("as", ""))
    if not imports:
        return mark_safe("")
    nonce = getattr(context["request"], "csp_nonce", "")
    # Names of our own files, in which no "<" can end the script early.
    body = mark_safe(orjson.dumps({"imports": imports}).decode())  # noqa: S308
    script = format_html('<script type="importmap" nonce="{}">{}</script>', nonce, body)
    links = format_html_join("", '<link rel="modulepreload" href="{}">', ((address,) for address in preloads()))
    return script + links
