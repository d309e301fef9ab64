"""How a community makes an evening its own, in a real browser: its colours, and how names are at its door."""

import base64
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.events.test_logo import drawing
from tests.pictures.samples import SVG
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


def test_a_logo_is_drawn_into_the_programme_and_is_everywhere(screens: Screens, evening: Evening) -> None:
    door = screens.open(f"/{evening.code}/", Person("Zoe", evening.ada.base, evening.code))
    phone = screens.open(f"/{evening.code}/", evening.ada)
    stage = screens.open(evening.hana.base + evening.stage, size="stage")
    editor = screens.open(f"/console/{evening.code}/programme/", evening.hana, "console")
    chosen = editor.get_by_label("Image file", exact=True)
    chosen.set_input_files({"name": "logo.svg", "mimeType": "image/png", "buffer": SVG})
    expect(editor.get_by_text("This is not a picture we can read.")).to_be_visible()
    assert chosen.get_attribute("aria-invalid") == "true"
    chosen.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": drawing()})
    expect(editor.locator(".logo-field img")).to_be_visible()
    editor.keyboard.press("Control+s")
    expect(editor.locator("#logo-alt-refusal")).to_be_visible()
    editor.get_by_label("What the logo says or shows").fill("A black ring")
    assert barriers(editor) == []
    shoot(editor, "logo-editor")
    editor.keyboard.press("Control+s")
    expect(editor.get_by_text("Everything is saved")).to_be_visible()
    door.reload()
    keepsake = screens.open(f"/{evening.code}/keepsake/", evening.ada)
    for name, page in {"door": door, "phone": phone, "stage": stage, "keepsake": keepsake}.items():
        image = page.get_by_role("img", name="A black ring")
        expect(image).to_be_visible()
        assert image.evaluate("async one => (await one.decode(), one.naturalWidth)") == 512
        shoot(page, f"logo-{name}")
        assert barriers(page) == []
    evening.hana.press("start")
    expect(stage.locator(".prompt")).to_be_visible()
    box, side = (stage.locator(where).bounding_box() for where in (".side .logo", ".side"))
    assert box
    assert side
    assert (box["height"] > 1080 / 20, box["x"] + box["width"] <= side["x"] + side["width"]) == (True, True)
    shoot(stage, "logo-stage-live")
    small = screens.open(f"/console/{evening.code}/programme/", evening.hana, "phone")
    small.locator(".rooms").scroll_into_view_if_needed()
    shoot(small, "editor-rooms-phone")
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.looks
def test_in_arabic(screens: Screens, evening: Evening) -> None:
    logo = evening.hana.ask("POST", "logos/", {"file": base64.b64encode(drawing("white")).decode()}).json()
    words = {"title": "لقاء التعاون المفتوح", "subtitle": "في فيينا", "language": "ar", "names": "full"}
    edited(evening, **words, palette="garden", logo={"alt": "حلقة بيضاء", "data": logo["data"]})
    door = screens.open(f"/{evening.code}/", Person("Zoe", evening.ada.base, evening.code))
    stage = screens.open(evening.hana.base + evening.stage, size="stage")
    for name, page in {"door": door, "stage": stage}.items():
        assert page.locator("html").get_attribute("dir") == "rtl"
        expect(page.get_by_role("img", name="حلقة بيضاء")).to_be_visible()
        shoot(page, f"rooms-arabic-{name}")
        assert barriers(page) == []
    evening.hana.press("start")
    expect(stage.locator(".prompt")).to_be_visible()
    shoot(stage, "rooms-arabic-stage-live")
