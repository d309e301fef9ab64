"""Who may knock, and what a page of ours may do: hosts, origins, permissions.

In the embedded set-up nobody knows the address beforehand: a laptop gets another one in every Wi-Fi. So an address
of digits and a name that no public DNS can give are ours; any other name must be in HOSTS. That is what keeps DNS
rebinding out, where a page of some other site makes its own name point at this laptop.
"""

import ipaddress
from collections.abc import Callable, Mapping
from typing import Any

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, parse_cookie
from django.http.request import split_domain_port
from django.utils.functional import SimpleLazyObject

from apps.events.sessions import account_at

# Suffixes that are only ever local: RFC 6762 (.local), RFC 8375 (.home.arpa), ICANN 2024 (.internal); .lan by custom.
LOCAL_NAMES = (".local", ".home.arpa", ".internal", ".lan", ".localhost")
POWERS = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=(), "
    "fullscreen=(self), screen-wake-lock=(self), clipboard-write=(self)"
)
GetResponse = Callable[[HttpRequest], HttpResponse]


def is_our_host(host: str) -> bool:
    """`host` as in a Host header, port included."""
    name, _port = split_domain_port(host)
    if not name:
        return False
    if "*" not in settings.ALLOWED_HOSTS:
        return name in settings.ALLOWED_HOSTS
    if "." not in name and ":" not in name:
        return True
    if name.endswith(LOCAL_NAMES):
        return True
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def is_our_origin(origin: str, host: str, *, https: bool) -> bool:
    """Whether a browser's `origin` is one of ORIGINS; without that setting, the very place the page came from."""
    if settings.ORIGINS:
        return origin in settings.ORIGINS
    return is_our_host(host) and origin == f"{'https' if https else 'http'}://{host}"


class OnlyOurHosts:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_our_host(request.META.get("HTTP_HOST", request.META["SERVER_NAME"])):
            return self.get_response(request)
        return HttpResponseBadRequest("This server does not go by that name.", content_type="text/plain")


class OnlyWhatWeNeed:
    """What pages may ask of the browser, and the one place they may connect to."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POWERS)
        # Nearly every answer is somebody's own. What a cache may keep says so itself; static files do.
        response.headers.setdefault("Cache-Control", "no-store")
        # Events are for who has their code. What search engines may keep says so itself.
        response.headers.setdefault("X-Robots-Tag", "noindex")
        # Safari before 15.4 does not count our own websockets as 'self'.
        scheme = "wss" if request.is_secure() else "ws"
        ours = {"connect-src": [f"{scheme}://{request.get_host()}"]}
        response._csp_update = getattr(response, "_csp_update", {}) | ours  # type: ignore[attr-defined]
        return response


class OnlyOurOrigins:
    """Websockets are held to no origin by browsers: another site's page must not listen with somebody's cookie."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        headers = headers_of(scope)
        https = settings.HTTPS and headers.get(b"x-forwarded-proto") == "https"
        if is_our_origin(headers.get(b"origin", "").lower(), headers.get(b"host", "").lower(), https=https):
            return await self.application(scope, receive, send)
        return await WebsocketDenier()(scope, receive, send)


class WithCookies:
    """A websocket's `cookies` and `user`.

    The account is only looked up when it is asked for: a thousand phones that come back at once have none.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        cookies = parse_cookie(headers_of(scope).get(b"cookie", ""))
        user = SimpleLazyObject(lambda: account_at(cookies.get(settings.SESSION_COOKIE_NAME)))
        return await self.application(scope | {"cookies": cookies, "user": user}, receive, send)


def headers_of(scope: Mapping[str, Any]) -> dict[bytes, str]:
    return {name: value.decode("latin1") for name, value in scope["headers"]}
