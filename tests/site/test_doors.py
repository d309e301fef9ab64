"""Which hosts are ours, which origins may open a websocket, and what every answer tells the browser."""

import pytest
from django.test import Client
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from socialhub.doors import is_our_host, is_our_origin
from tests.servers.people import Evening

LOCAL = [
    "192.0.2.7",
    "192.0.2.7:8000",
    "[2001:db8::7]:8000",
    "localhost:8000",
    "laptop",
    "laptop.local:8000",
    "hub.lan",
]
FOREIGN = [
    "social.example.org",
    "192.0.2.7.example.org",
    "",
    "a b",
    "local",
    "laptop.local.example.org",
    "[::1",
    "x..y",
]
WRONG = {
    "another host": "http://social.example.org:{port}",
    "another port": "http://127.0.0.1:1",
    "no port": "http://127.0.0.1",
    "another scheme": "https://127.0.0.1:{port}",
    "a longer name": "http://127.0.0.1:{port}.example.org",
    "somebody in front": "http://127.0.0.1@example.org:{port}",
    "a path": "http://127.0.0.1:{port}/",
    "none of its own": "null",
    "none at all": None,
}


@pytest.mark.parametrize("host", LOCAL)
def test_addresses_and_local_names_are_ours(host: str) -> None:
    assert is_our_host(host)


@pytest.mark.parametrize("host", [name for name in FOREIGN if name != "local"])
def test_other_names_are_not(host: str) -> None:
    assert not is_our_host(host)


def test_with_the_setting_only_the_named_are_ours(settings) -> None:
    settings.ALLOWED_HOSTS = ["social.example.org"]
    assert is_our_host("social.example.org:443")
    assert not any(map(is_our_host, LOCAL))


def test_a_name_that_somebody_else_points_at_us_gets_nothing() -> None:
    answer = Client().get("/", headers={"host": "rebound.example.org"})
    assert (answer.status_code, answer.content) == (400, b"This server does not go by that name.")


async def test_wrong_origins_open_no_websocket(evening: Evening) -> None:
    port = evening.ada.base.rpartition(":")[2]
    answers = {}
    for wrong, origin in WRONG.items():
        with pytest.raises(InvalidStatus) as refused:
            async with connect(
                f"ws://127.0.0.1:{port}/live/{evening.code}/", origin=origin and origin.format(port=port), proxy=None
            ):
                pass
        answers[wrong] = refused.value.response.status_code
    assert answers == dict.fromkeys(WRONG, 403) | {"a longer name": 400}
    # The same door, asked properly, opens.
    async with evening.ada.listen() as ada:
        assert "public" in ada.streams


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        ("https://social.example.org", True),
        ("https://other.example.org:8443", True),
        ("http://social.example.org", False),
        ("https://other.example.org", False),
        ("https://a.social.example.org", False),
    ],
)
def test_with_the_setting_origins_are_compared_in_full(settings, origin: str, is_ours: bool) -> None:
    settings.ORIGINS = ["https://social.example.org", "https://other.example.org:8443"]
    assert is_our_origin(origin, "social.example.org", https=True) is is_ours


def test_every_page_says_what_it_may_do(db: None) -> None:
    headers = Client().get("/", headers={"host": "192.0.2.7:8000"}).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self' ws://192.0.2.7:8000",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "object-src": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_page_with_scripts_names_them_by_a_nonce_of_its_own(evening: Evening) -> None:
    nonces = set()
    for _ in range(2):
        answer = evening.ada.client.get(f"/{evening.code}/")
        nonce = answer.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
        assert f'nonce="{nonce}"' in answer.text
        nonces.add(nonce)
    assert len(nonces) == 2


def test_behind_https_nothing_stays_on_http(evening: Evening, new_server) -> None:
    with new_server({"HTTPS": "true"}) as server:
        answer = evening.ada.client.get(f"{server.base}/")
        assert (answer.status_code, answer.headers["Location"]) == (301, server.base.replace("http", "https", 1) + "/")
        answer = evening.ada.client.get(f"{server.base}/sign-in/?token=x", headers={"X-Forwarded-Proto": "https"})
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "Secure" in answer.headers["Set-Cookie"]
        assert "wss://127.0.0.1" in answer.headers["Content-Security-Policy"]
