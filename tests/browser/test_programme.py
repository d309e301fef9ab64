"""The editor in a real browser: by keys and by hand, beside somebody else, and while the event runs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.servers.chromium import Screens, barriers, shoot
from tests.servers.people import Evening

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(screens: Screens, evening: Evening) -> Callable[..., Page]:
    def opened(size: str = "console", **options: Any) -> Page:
        page = screens.open(f"/console/{evening.code}/programme/", evening.hana, size, **options)
        expect(page.get_by_role("heading", name="Segments")).to_be_visible()
        return page

    return opened


def titles(page: Page) -> list[str]:
    return page.locator(".segment-toggle b").all_inner_texts()


def saved(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Everything is saved")).to_be_visible()


def test_edits_while_live_reach_a_phone_and_the_stage(screens: Screens, evening: Evening, editor: Any) -> None:
    evening.hana.press("start")
    phone = screens.open(f"/{evening.code}/", evening.ada)
    stage = screens.open(evening.hana.base + evening.stage, size="stage")
    page = editor()
    page.get_by_role("button", name=re.compile("Icebreaker")).first.click()
    expect(page.get_by_text("Prompt 1, shown now")).to_be_visible()
    page.get_by_label("Prompt 1, shown now").fill("What would you ask a stranger on a train?")
    page.get_by_label("Title", exact=True).nth(1).fill("Zugbekanntschaften")
    page.get_by_label("Kind").select_option("break")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".segment-card .refusal").first).to_contain_text("It has begun, and stays of its kind")
    shoot(page, "editor-live-refused")
    assert barriers(page) == []
    page.get_by_label("Kind").select_option("icebreaker")
    saved(page)
    for screen in (phone, stage):
        expect(screen.locator("body")).to_contain_text("What would you ask a stranger on a train?")
        expect(screen.locator("body")).to_contain_text("Zugbekanntschaften")


def test_by_keys_alone(editor: Any) -> None:
    page = editor("phone")
    first, second = titles(page)[:2]
    page.locator(".segment-toggle").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".segment-toggle b").first).to_have_text(second)
    expect(page.locator(".segment-toggle").nth(1)).to_be_focused()
    expect(page.get_by_text("is now in place 2 of 5.")).to_be_attached()
    page.keyboard.press("Enter")
    expect(page.locator(".segment-body")).to_be_visible()
    page.get_by_role("button", name="Plan the times as they add up").press("Enter")
    expect(page.get_by_role("button", name="Plan the times")).to_have_count(0)
    page.get_by_label("Minutes", exact=True).fill("ten")
    page.keyboard.press("Control+s")
    expect(page.get_by_label("Minutes", exact=True)).to_be_focused()
    expect(page.get_by_text("'ten' is not a whole number")).to_be_visible()
    shoot(page, "editor-phone")
    assert barriers(page) == []
    page.get_by_label("Minutes", exact=True).fill("10")
    page.reload()
    expect(page.get_by_text("What you had not saved is back.")).to_be_visible()
    assert titles(page)[:2] == [second, first]
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    page.reload()
    expect(page.locator(".segment-toggle b").first).to_have_text(second)


def test_dragging_and_the_bank(editor: Any) -> None:
    page = editor()
    before = titles(page)
    page.locator(".segment-line").nth(3).drag_to(page.locator(".segment-line").nth(1))
    assert titles(page) == [before[0], before[3], before[1], before[2], before[4]]
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_label("Title", exact=True).last).to_be_focused()
    page.get_by_text("Prompts you have used before").click()
    page.get_by_label("Search").fill("paper")
    found = page.locator(".bank .list-row")
    expect(found).to_have_count(1)
    found.get_by_role("button").click()
    expect(page.get_by_label("Prompt 1", exact=True)).to_have_value(re.compile("paper"))
    shoot(page, "editor-bank")
    assert barriers(page) == []
    saved(page)
    assert len(titles(page)) == 6


def test_two_editors(editor: Any, evening: Evening) -> None:
    page = editor()
    theirs = evening.hana.ask("GET", "programme/").json()
    theirs["programme"]["title"] = "Theirs"
    del theirs["programme"]["segments"][1]
    body = {"version": theirs["version"], "programme": theirs["programme"]}
    page.get_by_label("Subtitle").fill("Mine")
    evening.hana.ask("PUT", "programme/", body).raise_for_status()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_contain_text("You saved another version of the programme meanwhile.")
    page.get_by_role("button", name="See both").click()
    expect(page.get_by_role("dialog").locator("mark").first).to_have_text("Theirs")
    shoot(page, "editor-two")
    assert barriers(page) == []
    page.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    kept = evening.hana.ask("GET", "programme/").json()["programme"]
    assert (kept["subtitle"], len(kept["segments"])) == ("Mine", 5)
