"""Whose address counts behind a proxy, and who may read the counts."""

from ipaddress import ip_network

import pytest
from django.test import Client, RequestFactory

from apps.core.address import address_of

PROXY, PHONE, FORGED = "172.28.7.5", "203.0.113.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        (PHONE, None, PHONE),
        (PHONE, FORGED, PHONE),  # nobody's proxy
        (PROXY, PHONE, PHONE),
        (PROXY, f"{FORGED}, {PHONE}", PHONE),  # never the leftmost
        (PROXY, f"{PHONE}, 172.28.7.6", PHONE),  # two of our own, one behind the other
        (PROXY, None, PROXY),
        (PROXY, "nonsense", PROXY),
        (PROXY, f"{FORGED}, nonsense", PROXY),
        (PROXY, "2001:db8::7", "2001:db8::/64"),
        ("2001:db8:0:0:9999:8888:7777:6666", None, "2001:db8::/64"),  # the same line, another of its addresses
        ("2001:db8:0:1::7", None, "2001:db8:0:1::/64"),
        (f"::ffff:{PHONE}", None, PHONE),
    ],
)
def test_whose_address(settings, peer: str, forwarded: str | None, address: str) -> None:
    settings.TRUSTED_PROXY = [ip_network("172.28.7.0/24")]
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)) == address
    # The same of a websocket.
    lines = [(b"x-forwarded-for", value.encode()) for value in headers.values()]
    assert address_of({"client": [peer, 50000], "headers": [(b"host", b"here"), *lines]}) == address


def test_without_the_setting_no_header_is_believed() -> None:
    headers = {"X-Forwarded-For": FORGED}
    assert address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR="127.0.0.1")) == "127.0.0.1"


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        (PHONE, {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": PHONE}, 404),  # a proxy on this machine
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        (PHONE, {"X-Forwarded-For": "127.0.0.1"}, 404),
        (PHONE, {"Authorization": "Bearer a token for the counts"}, 200),
        (PHONE, {"Authorization": "Bearer another token for them"}, 404),
        (PHONE, {"Authorization": "Bearer "}, 404),
    ],
)
def test_who_may_read_the_counts(settings, peer: str, headers: dict[str, str], status: int) -> None:
    settings.METRICS_TOKEN = "a token for the counts"
    assert Client(REMOTE_ADDR=peer).get("/metrics", headers=headers).status_code == status


def test_without_a_token_an_empty_one_opens_nothing() -> None:
    answer = Client(REMOTE_ADDR=PHONE).get("/metrics", headers={"Authorization": "Bearer "})
    assert answer.status_code == 404
