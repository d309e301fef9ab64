"""What a phone has to fetch before it shows anything, over real HTTP with an empty cache."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.servers.chromium import Screens
from tests.servers.people import Evening

pytestmark = [pytest.mark.browser, pytest.mark.looks]

MOST_REQUESTS = 12
MOST_BYTES = 45_000
# What a phone asks its sources for in another language than theirs, in the page itself: no request more.
MOST_BYTES_OF_WORDS = 9_000


def fetched(page: Page, address: str) -> dict[str, int]:
    """Bytes on the wire, headers included, of each request until the network is quiet."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def asked(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def came(event: dict[str, Any]) -> None:
        if event["requestId"] in addresses:
            sizes[addresses[event["requestId"]]] = event["encodedDataLength"]

    wire.on("Network.requestWillBeSent", asked)
    wire.on("Network.loadingFinished", came)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return {address: sizes.get(address, 0) for address in addresses.values()}


def test_the_door_is_light(evening: Evening, screens: Screens) -> None:
    page = screens.open(f"{evening.ada.base}/healthz")
    sizes = fetched(page, f"{evening.ada.base}/{evening.code}/")
    assert page.get_by_role("button", name="Join").is_visible()
    assert (len(sizes) <= MOST_REQUESTS, sum(sizes.values()) <= MOST_BYTES) == (True, True), sizes


def test_the_phone_is_light(evening: Evening, screens: Screens) -> None:
    evening.hana.press("start")
    page = screens.open("/healthz", evening.ada)
    sizes = fetched(page, f"{evening.ada.base}/{evening.code}/")
    assert page.get_by_role("heading", name="Icebreaker").is_visible()
    assert (len(sizes) <= MOST_REQUESTS, sum(sizes.values()) <= MOST_BYTES) == (True, True), sizes


def test_the_bowl_is_light(evening: Evening, screens: Screens) -> None:
    """What checks the draws is most of its script, and comes only when somebody looks."""
    evening.hana.press("start")
    evening.hana.press("next")
    page = screens.open("/healthz", evening.ada)
    sizes = fetched(page, f"{evening.ada.base}/{evening.code}/")
    assert page.get_by_role("button", name="Put my name in").is_visible()
    assert (len(sizes) <= MOST_REQUESTS, sum(sizes.values()) <= MOST_BYTES) == (True, True), sizes


def test_a_phone_in_another_language_is_light(evening: Evening, screens: Screens) -> None:
    """Arabic, for its letters take two bytes each and its plurals six forms: the others are lighter."""
    evening.hana.press("start")
    page = screens.open("/healthz", evening.ada)
    page.context.add_cookies([{"name": "language", "value": "ar", "url": evening.ada.base}])
    sizes = fetched(page, f"{evening.ada.base}/{evening.code}/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    most = MOST_BYTES + MOST_BYTES_OF_WORDS
    assert (len(sizes) <= MOST_REQUESTS, sum(sizes.values()) <= most) == (True, True), sizes
