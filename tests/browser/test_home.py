"""The community's home in a real browser: a host without a shell makes an event, and puts it away again."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.servers.chromium import Screens, barriers, shoot
from tests.servers.people import Evening

pytestmark = pytest.mark.browser


def row(page: Page, title: str) -> Any:
    return page.locator(".event-row", has_text=title)


def test_a_host_without_a_shell(screens: Screens, evening: Evening) -> None:
    page = screens.open("/console/", evening.hana)
    expect(row(page, evening.code)).to_contain_text("Open Collaboration Social")
    shoot(page, "home")
    assert barriers(page) == []

    page.get_by_role("button", name="New event").click()
    page.get_by_label("Online social").check()
    page.get_by_label("Title").fill("Freitagabendgesellschaftsspielerunde der Forschungsgemeinschaft")
    page.get_by_label("Day").fill("2027-02-05")
    page.get_by_label("Starts at").fill("19:30")
    page.get_by_label("Time zone").fill("Vienna")
    shoot(page, "home-new")
    assert barriers(page) == []
    page.get_by_role("button", name="Create the event").click()
    expect(page.locator("#timezone-refusal")).to_contain_text("is not a time zone")
    expect(page.get_by_label("Day")).to_have_value("2027-02-05")
    page.get_by_label("Time zone").fill("Europe/Vienna")
    page.get_by_role("button", name="Create the event").click()
    page.wait_for_url(re.compile(r"/console/[A-Z]{5}/programme/"))

    page.goto(evening.hana.base + "/console/")
    made = row(page, "Freitagabend")
    expect(made).to_contain_text("5 February 2027, 19:30, Europe/Vienna")
    made.get_by_role("button", name="More").press("Enter")
    page.get_by_label("On the public list").check()
    expect(made).to_contain_text("Public")
    page.keyboard.press("Escape")
    stranger = screens.open(evening.hana.base + "/")
    expect(stranger.get_by_role("link", name="Freitagabend")).to_be_visible()
    expect(stranger.get_by_role("link", name="Open Collaboration")).to_have_count(0)
    shoot(stranger, "home-public")
    assert barriers(stranger) == []

    made.get_by_role("button", name="More").click()
    shoot(page, "home-more")
    assert barriers(page) == []
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(page.locator(".archived summary")).to_be_visible()
    page.locator(".archived summary").click()
    made.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Delete").click()
    shoot(page, "home-delete")
    assert barriers(page) == []
    field = page.get_by_label(re.compile("^Type [A-Z]{5} to delete it$"))
    field.fill(evening.code)
    page.get_by_role("button", name="Delete for good").click()
    expect(page.locator("#delete-code-refusal")).to_contain_text("This is not the code of the event.")
    field.fill(str(made.locator(".code").inner_text()).lower())
    page.get_by_role("button", name="Delete for good").click()
    expect(made).to_have_count(0)


def test_a_file_says_what_is_wrong_with_it(screens: Screens, evening: Evening) -> None:
    page = screens.open("/console/", evening.hana, "console")
    page.get_by_role("button", name="New event").click()
    page.get_by_label("A programme file").check()
    bad = {"name": "bad.toml", "mimeType": "application/toml", "buffer": b'title = "A"\n[[segments]]\nkind = "poll"'}
    page.get_by_label("Programme file", exact=True).set_input_files(bad)
    page.get_by_role("button", name="Create the event").click()
    faults = page.locator(".faults")
    expect(faults).to_contain_text("segments[0].minutes: is missing")
    expect(faults).to_contain_text("segments[0].kind: 'poll' is not a kind")
    shoot(page, "home-faults")
    assert barriers(page) == []
