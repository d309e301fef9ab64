"""How a community makes an evening its own, in a real browser: its colours, and how names are at its door."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.servers.chromium import Screens, barriers, shoot
from tests.servers.people import Evening, Person

pytestmark = pytest.mark.browser


def edited(evening: Evening, **words: Any) -> None:
    """As the editor saves it."""
    seen = evening.hana.ask("GET", "programme/").json()
    wanted = {"version": seen["version"], "programme": {**seen["programme"], **words}}
    evening.hana.ask("PUT", "programme/", wanted).raise_for_status()


def paper(page: Page) -> str:
    """By day, whatever was looked at before; a stage has its evening."""
    page.emulate_media(color_scheme="light")
    return str(page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()"))


def test_a_palette_is_chosen_by_keys_and_is_on_every_screen_at_once(screens: Screens, evening: Evening) -> None:
    evening.hana.press("start")
    stage_address = evening.hana.base + evening.stage
    opened = {
        "phone": screens.open(f"/{evening.code}/", evening.ada),
        "console": screens.open(f"/console/{evening.code}/", evening.hana, "console"),
        "stage": screens.open(stage_address, size="stage"),
    }
    before = {name: paper(page) for name, page in opened.items()}
    editor = screens.open(f"/console/{evening.code}/programme/", evening.hana, "console")
    group = editor.get_by_role("radiogroup", name="Colours")
    group.get_by_role("radio", name="Evening").focus()
    for _step in range(2):
        editor.keyboard.press("ArrowDown")
    expect(group.get_by_role("radio", name="Garden")).to_be_checked()
    assert barriers(editor) == []
    editor.keyboard.press("Control+s")
    expect(editor.get_by_text("Everything is saved")).to_be_visible()
    for name, page in opened.items():
        expect(page.locator("html")).to_have_attribute("data-palette", "garden")
        assert paper(page) != before[name]
        assert barriers(page) == []
        page.reload()
        assert page.locator("html").get_attribute("data-palette") == "garden"
        assert len({paper(page), before[name]}) == 2
    edited(evening, palette="evening")
    for page in opened.values():
        expect(page.locator("html")).to_have_attribute("data-palette", "evening")
    assert {name: paper(page) for name, page in opened.items()} == before


@pytest.mark.looks
@pytest.mark.parametrize("palette", ["harbour", "garden", "berry", "chalk"])
def test_the_screens_of_a_palette(screens: Screens, evening: Evening, palette: str) -> None:
    edited(evening, palette=palette)
    zoe = Person("Zoe", evening.ada.base, evening.code)
    found = {
        "door": screens.open(f"/{evening.code}/", zoe),
        "before": screens.open(f"/{evening.code}/", evening.ada),
        "stage": screens.open(evening.hana.base + evening.stage, size="stage"),
    }
    for name, page in found.items():
        shoot(page, f"room-{palette}-{name}")
    assert [barrier for page in found.values() for barrier in barriers(page)] == []
    evening.hana.press("start")
    expect(found["before"].get_by_role("heading", name="Icebreaker")).to_be_visible()
    shoot(found["before"], f"room-{palette}-phone")
    shoot(found["stage"], f"room-{palette}-stage-live")
    assert barriers(found["stage"]) == []
    keepsake = screens.open(f"/{evening.code}/keepsake/", evening.ada)
    assert keepsake.locator("html").get_attribute("data-palette") == palette
    shoot(keepsake, f"room-{palette}-keepsake")
    assert barriers(keepsake) == []


def test_the_door_says_what_it_wants_of_names(screens: Screens, evening: Evening) -> None:
    edited(evening, names="full")
    grace = screens.open(f"/{evening.code}/", Person("Grace", evening.ada.base, evening.code))
    expect(grace.get_by_text("First and last name, as the others should see them.")).to_be_visible()
    grace.get_by_label("Your name").fill("Grace")
    grace.get_by_role("button", name="Join").click()
    expect(grace.get_by_text("Your first and last name, please.")).to_be_visible()
    only = grace.get_by_role("checkbox", name="I have one name only")
    assert barriers(grace) == []
    shoot(grace, "names-full")
    only.check()
    grace.get_by_role("button", name="Join").click()
    expect(grace.get_by_text("You're in, Grace.")).to_be_visible()
    edited(evening, names="unique")
    other = screens.open(f"/{evening.code}/", Person("Grace", evening.ada.base, evening.code))
    other.get_by_label("Your name").fill("GRACE")
    other.get_by_role("button", name="Join").click()
    offered = other.get_by_text("Somebody here is called that already.")
    expect(offered).to_be_visible()
    shoot(other, "names-unique")
    name = re.search("“(.*)”", offered.inner_text())
    assert name
    other.get_by_label("Your name").fill(name[1])
    other.get_by_role("button", name="Join").click()
    expect(other.get_by_text("You're in, GRACE B..")).to_be_visible()
