"""A rehearsal in the browser: the host confirms, a bar goes up, a second screen sees the same, nothing is left."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.servers.chromium import Screens, barriers, shoot
from tests.servers.people import Evening

pytestmark = pytest.mark.browser
# A machine with much else to do simulates people slowly.
LONG_MS = 180_000


def shorten(evening: Evening) -> None:
    """The founding evening, a fifth as long."""
    seen = evening.hana.ask("GET", "programme/").json()
    for segment in seen["programme"]["segments"]:
        segment["minutes"] = -(-segment["minutes"] // 5)
        segment |= {"story_minutes": 1} if segment["kind"] == "open_mic" else {}
    wanted = {"version": seen["version"], "programme": seen["programme"]}
    evening.hana.ask("PUT", "programme/", wanted).raise_for_status()


def test_a_host_rehearses_and_leaves_nothing(screens: Screens, evening: Evening) -> None:
    shorten(evening)
    page = screens.open(f"/console/{evening.code}/rehearsal/", evening.hana, "phone")
    expect(page.get_by_role("heading", name="Rehearsal")).to_be_visible()
    page.get_by_text("12", exact=True).click()
    # Of a short evening, no two choices are called the same.
    page.get_by_text("About 1 minute").click()
    shoot_whole(page, "rehearsal-choices")
    page.get_by_role("button", name="Rehearse").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("2 people have joined this event.")
    shoot_whole(page, "rehearsal-confirm")
    assert barriers(page) == []
    page.get_by_role("button", name="Rehearse all the same").press("Enter")

    bar = page.get_by_role("progressbar", name="Rehearsal")
    expect(bar).to_have_attribute("aria-valuenow", re.compile("[1-9]"), timeout=LONG_MS)
    shoot_whole(page, "rehearsal-going")
    assert barriers(page) == []
    # Somebody else's screen has the same bar, and nothing to press.
    console = screens.open(f"/console/{evening.code}/rehearsal/", evening.mo, "console")
    expect(console.get_by_role("progressbar", name="Rehearsal")).to_be_visible()
    expect(console.get_by_text("of 12")).to_be_visible()
    shoot_whole(console, "rehearsal-going-console")
    expect(console.get_by_role("button", name="Stop")).to_have_count(0)

    expect(page.get_by_text("All was well with 12 people")).to_be_visible(timeout=LONG_MS)
    page.reload()
    expect(page.get_by_role("row", name=re.compile("A move of the host"))).to_be_visible()
    shoot_whole(page, "rehearsal-report")
    assert barriers(page) == []
    expect(console.get_by_text("All was well with 12 people")).to_be_visible()
    shoot_whole(console, "rehearsal-report-console")
    assert barriers(console) == []

    page.get_by_role("button", name="Remove every trace").press("Enter")
    expect(page.get_by_text("All was well")).to_have_count(0)
    expect(console.get_by_text("There was none yet.")).to_be_visible()


def test_one_that_is_stopped_says_so(screens: Screens, evening: Evening) -> None:
    evening.hana.ask("POST", "rehearsal/", {"people": 2, "speed": 10, "among_people": True}).raise_for_status()
    page = screens.open(f"/console/{evening.code}/rehearsal/", evening.hana, "console", locale="ar")
    page.locator("html[dir=rtl]").wait_for()
    page.get_by_role("progressbar").wait_for()
    shoot_whole(page, "rehearsal-arabic")
    stop = page.locator(".rehearsal .button")
    stop.press("Enter")
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=LONG_MS)
    assert evening.hana.ask("GET", "rehearsal/").json()["rehearsal"]["state"] == "stopped"


def shoot_whole(page: Page, name: str) -> None:
    page.locator("#rehearsal").scroll_into_view_if_needed()
    shoot(page, name)
