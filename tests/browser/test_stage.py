"""What whoever sits at the projector does: full screen, zoom, the code large; the cursor goes away by itself."""

import pytest
from playwright.sync_api import expect

from tests.servers.chromium import Screens
from tests.servers.people import Evening

pytestmark = [pytest.mark.browser, pytest.mark.looks]

SIZE = "one => getComputedStyle(one).fontSize"


def test_the_keys_of_the_stage(screens: Screens, evening: Evening) -> None:
    evening.hana.press("start")
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    expect(stage.locator(".prompt")).to_be_visible()
    stage.keyboard.press("f")
    expect(stage.locator("html:fullscreen")).to_have_count(1)
    stage.keyboard.press("f")
    expect(stage.locator("html:fullscreen")).to_have_count(0)

    agenda = stage.get_by_text("Group Exercise “What now?”").first
    usual = agenda.evaluate(SIZE)
    for key in "---":
        stage.keyboard.press(key)
    expect(agenda).not_to_have_css("font-size", usual)
    stage.keyboard.press("0")
    expect(agenda).to_have_css("font-size", usual)

    overlay = stage.get_by_role("dialog", name="Join")
    stage.keyboard.press("q")
    expect(overlay).to_contain_text(evening.code)
    code = overlay.locator("svg").first.bounding_box()
    assert code
    assert code["height"] > 400
    stage.keyboard.press("q")
    expect(overlay).to_have_count(0)
    stage.keyboard.press("?")
    expect(stage.get_by_role("dialog", name="Keys")).to_contain_text("full screen")


def test_a_cursor_that_rests_is_hidden(screens: Screens, evening: Evening) -> None:
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    stage.clock.install()
    stage.reload()
    expect(stage.get_by_text("Starts at 12:45")).to_be_visible()
    stage.mouse.move(400, 400)
    expect(stage.locator("body")).not_to_have_css("cursor", "none")
    stage.clock.run_for(3_100)
    expect(stage.locator("body")).to_have_css("cursor", "none")
    stage.mouse.move(500, 400)
    expect(stage.locator("body")).not_to_have_css("cursor", "none")
