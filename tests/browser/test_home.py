"""The community's home in a real browser: a host without a shell makes an event, and puts it away again."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.servers.chromium import Screens, barriers, shoot
from tests.servers.people import Evening, Person

pytestmark = pytest.mark.browser
MOST_STEPS = 90


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


def at(page: Page, wanted: Locator) -> Page:
    """Goes there as somebody without a mouse has to: tab by tab, and it is seen where one is."""
    expect(wanted).to_be_visible()
    there = "one => one === document.activeElement"
    for _step in range(MOST_STEPS):
        if wanted.evaluate(there):
            assert wanted.evaluate("one => one.matches(':focus-visible')")
            return page
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_STEPS} tabs do not lead to {wanted}")


def press(page: Page, name: str | re.Pattern[str], role: Any = "button") -> None:
    at(page, page.get_by_role(role, name=name).first).keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    at(page, page.get_by_label(label, exact=True).first)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_from_nothing_to_somebody_else_s_evening_by_keys_alone(screens: Screens, evening: Evening) -> None:
    """On a phone with a keyboard: Hana makes an event, asks Mia in, edits while it runs, and hands all of it over."""
    page = screens.open("/console/", evening.hana, has_touch=False)
    press(page, "New event")
    at(page, page.get_by_role("radio").first)
    for _programme in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Online social")).to_be_checked()
    write(page, "Title", "Feierabendgesellschaft")
    at(page, page.get_by_label("Day")).keyboard.type("02052027")
    shoot(page, "keys-new")
    press(page, "Create the event")
    page.wait_for_url(re.compile(r"/console/[A-Z]{5}/programme/"))
    code = page.url.split("/")[-3]
    press(page, "Console", "link")
    page.wait_for_url(re.compile(r"/console/[A-Z]{5}/$"))

    ada = Person("Ada", evening.ada.base, code).join()
    phone = screens.open(f"/{code}/", ada)
    ada.client.close()
    press(page, "Stage")
    at(page, page.get_by_role("link", name="Open the stage"))
    shoot(page, "keys-stage-link")
    with page.context.expect_page() as opening:
        page.keyboard.press("Enter")
    stage = screens.open(opening.value.url, size="stage")
    opening.value.close()
    page.keyboard.press("Escape")
    press(page, re.compile("Start with"))
    for screen in (phone, stage):
        expect(screen.locator("html")).to_have_attribute("data-hue", "coral")

    press(page, re.compile("here|joined"))
    press(page, "Crew", "link")
    press(page, "Invite somebody")
    press(page, "Make a link")
    link = page.get_by_role("textbox", name="Link").input_value()
    page.keyboard.press("Escape")
    mia = screens.open(link, has_touch=False)
    write(mia, "Your name", "Mia")
    press(mia, "Accept")
    mia.wait_for_url(re.compile(rf"/console/{code}/$"))
    expect(mia.get_by_role("button", name=re.compile("Next"))).to_have_count(0)
    shoot(mia, "keys-moderator")

    press(page, "To the console", "link")
    at(page, page.get_by_role("link", name="Edit the programme"))
    with page.context.expect_page() as opening:
        page.keyboard.press("Enter")
    editor = opening.value
    at(editor, editor.locator(".segment-toggle").first).keyboard.press("Enter")
    at(editor, editor.locator(".segment-body").get_by_label("Title", exact=True))
    editor.keyboard.press("Control+a")
    editor.keyboard.type("Zu zweit und zu dritt")
    editor.keyboard.press("Control+s")
    expect(editor.get_by_text("Everything is saved")).to_be_visible()
    for screen in (phone, stage):
        expect(screen.locator("body")).to_contain_text("Zu zweit und zu dritt")
    editor.close()

    press(page, re.compile("here|joined"))
    press(page, "Crew", "link")
    press(page, "Change Mia")
    shoot(page, "keys-change")
    press(page, "Make host")
    press(page, "Leave")
    press(page, "Leave the crew")
    page.wait_for_url(re.compile("/console/$"))
    expect(page.get_by_role("heading", name="Your events")).to_be_visible()
    expect(row(page, "Feierabendgesellschaft")).to_have_count(0)
    press(mia, re.compile("Next Away"))
    for screen in (phone, stage):
        expect(screen.locator("html")).not_to_have_attribute("data-hue", "coral")
