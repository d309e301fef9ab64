"""Header rules on every route there is: a new route without a row fails."""

import httpx
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from tests.servers.people import Evening

# What a cache or a shared computer may never keep: everything that is somebody's own.
PERSONAL = "no-store"
ANYBODY = ""
ROUTES = {
    "api/v1/schema/": ANYBODY,
    "api/v1/docs/": ANYBODY,
    "": PERSONAL,
    "healthz": PERSONAL,
    "readyz": PERSONAL,
    "metrics": PERSONAL,
    "sign-in/": PERSONAL,
    "sign-in/mailbox/": PERSONAL,
    "console/": PERSONAL,
    "robots.txt": PERSONAL,
    "api/v1/events/": PERSONAL,
    "api/v1/account/mailbox/": PERSONAL,
    "api/v1/account/password/": PERSONAL,
    "api/v1/invitation/": PERSONAL,
    "api/v1/invitation/acceptance/": PERSONAL,
    "language/": PERSONAL,
    "sign-out/": PERSONAL,
    "<str:code>/hand-over/": PERSONAL,
    "<str:code>/hand-over/code.svg": PERSONAL,
    "<str:code>/move/": PERSONAL,
    "console/<str:code>/crew/": PERSONAL,
    "console/<str:code>/crew/code/": PERSONAL,
    "invitation/": PERSONAL,
    "console/<str:code>/": PERSONAL,
    "console/<str:code>/programme/": PERSONAL,
    "console/<str:code>/rehearsal/": PERSONAL,
    "console/<str:code>/rehearsal/clock/": PERSONAL,
    "console/<str:code>/programme.toml": PERSONAL,
    "console/<str:code>/stage.svg": PERSONAL,
    "console/<str:code>/tips/": PERSONAL,
    "stage/<str:token>/": PERSONAL,
    "stage/<str:token>/links/<str:segment>/<int:number>.svg": PERSONAL,
    r"^(?P<code>[A-Za-z]{5})/$": PERSONAL,
    "keepsake/<str:token>/": PERSONAL,
    "<str:code>/keepsake/": PERSONAL,
    "<str:code>/keepsake/worker.js": PERSONAL,
    "<str:code>/keepsake/keepsake.md": PERSONAL,
    "<str:code>/keepsake/keepsake.html": PERSONAL,
    "<str:code>/keepsake/event.ics": PERSONAL,
    "<str:code>/keepsake/sharing/": PERSONAL,
    "console/<str:code>/report/": PERSONAL,
    "console/<str:code>/export.zip": PERSONAL,
}
# Every answer of the API is somebody's.
API = "api/v1/events/<str:code>/"


def routes(patterns: list, before: str = "") -> list[str]:
    found = []
    for one in patterns:
        text = before + str(one.pattern)
        found += routes(one.url_patterns, text) if isinstance(one, URLResolver) else [text]
        assert isinstance(one, URLPattern | URLResolver)
        assert isinstance(one.pattern, RoutePattern) or text in ROUTES or not before
    return found


ALL = routes(get_resolver().url_patterns)


def address(route: str, evening: Evening) -> str:
    path = "/" + route.replace(r"^(?P<code>[A-Za-z]{5})/$", f"{evening.code}/")
    filled = {"code": evening.code, "token": evening.stage.split("/")[-2]}
    for name, value in filled.items():
        path = path.replace(f"<str:{name}>", value)
    # The rest need not be there: a refusal has to keep to the rules as well.
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        path = path[:start] + ("1" if "int:" in path[start:end] else "nobody") + path[end + 1 :]
    return path


def test_every_route_has_a_row() -> None:
    assert {route for route in ALL if not route.startswith(API)} == set(ROUTES)
    assert len(ALL) > len(ROUTES) + 12


def test_every_answer_keeps_to_the_rules(evening: Evening) -> None:
    asked = [(route, person) for route in ALL for person in (evening.hana, evening.ada, evening.zoe)]
    broken = {}
    for route, person in asked:
        answer = person.client.get(address(route, evening), follow_redirects=False)
        if wrong := [rule for rule, is_kept in rules(route, answer).items() if not is_kept]:
            broken[route, person.name] = wrong
    assert broken == {}


def rules(route: str, answer: httpx.Response) -> dict[str, bool]:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    cookies = headers.get_list("set-cookie")
    return {
        "no 5xx": answer.status_code < 500,
        "nosniff": headers["X-Content-Type-Options"] == "nosniff",
        "referrer": headers["Referrer-Policy"] == "same-origin",
        "frames": headers["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in policy,
        "policy": all(f"{name} 'none'" in policy for name in ("default-src", "base-uri", "object-src")),
        "scripts": "unsafe" not in policy.split("script-src")[1].split(";")[0],
        "no server": "Server" not in headers,
        "no store": ROUTES.get(route, PERSONAL) != PERSONAL or "no-store" in headers.get("Cache-Control", ""),
        "cookies": all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies),
    }
