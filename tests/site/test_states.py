"""Every state of phone and stage, by day and by evening: no barrier, nothing wider than the screen, nothing cut off."""

import pytest
from playwright.sync_api import Page

from tests.servers.chromium import Screens, barriers
from tests.servers.people import Evening

# With motion: what is at rest when it has ended has also got its faces and its stylesheets by then.
pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.motion]

# (name, moves that lead there, words the phone shows, words the stage shows)
STATES = [
    ("before", [], "You're in, Ada.", "Starts at 12:45"),
    ("icebreaker", ["start"], "What inspired you", "Icebreaker · Q1"),
    ("paused", ["pause"], "paused", "paused"),
    ("blanked", ["resume", "blank"], "A short pause", "A short pause"),
    ("success", ["unblank", "next"], "Share a positive", "Share a positive"),
    ("horror", ["next"], "Share a difficult", "Share a difficult"),
    ("exercise", ["next"], "Grab a pen", "Grab a pen"),
    ("closing", ["next"], "Stay connected?", "Stay connected?"),
    ("ended", ["end"], "Thank you for being here.", "The End!"),
]


def at_rest(page: Page) -> None:
    """The wash is over and no animation runs: colours are what they will stay."""
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")


def too_wide(page: Page) -> int:
    """CSS pixels by which the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_every_state_is_without_barriers(evening: Evening, screens: Screens) -> None:
    phone = screens.open(f"/{evening.code}/", evening.ada)
    stage = screens.open(evening.hana.base + evening.stage, size="stage")
    found = {}
    for name, moves, on_phone, on_stage in STATES:
        for verb in moves:
            evening.hana.press(verb)
        phone.get_by_text(on_phone).first.wait_for()
        stage.get_by_text(on_stage).first.wait_for()
        for page, screen in ((phone, "phone"), (stage, "stage")):
            at_rest(page)
            found[f"{name} on the {screen}"] = (barriers(page, at_end=True), too_wide(page))
    assert found == {name: ([], 0) for name in found}


def test_what_is_one_tap_away_is_without_barriers(evening: Evening, screens: Screens) -> None:
    phone = screens.open(f"/{evening.code}/", evening.ada)
    for button in ("Programme", "About", "You"):
        phone.get_by_role("navigation").get_by_role("button", name=button).click()
        at_rest(phone)
        assert (barriers(phone), too_wide(phone)) == ([], 0), button
        phone.get_by_role("button", name="Close").click()
    phone.get_by_role("button", name="You").click()
    phone.get_by_role("button", name="Forget me").click()
    phone.get_by_role("button", name="Keep me").wait_for()
    at_rest(phone)
    assert barriers(phone) == []


@pytest.mark.parametrize("path", ["/", "/?code=zzzzz", "/sign-in/", "/nowhere", "/{code}/"])
def test_every_door_is_without_barriers(evening: Evening, screens: Screens, path: str) -> None:
    page = screens.open(evening.ada.base + path.format(code=evening.code))
    page.get_by_role("heading").first.wait_for()
    at_rest(page)
    assert (barriers(page), too_wide(page)) == ([], 0)


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (1080, 1920)], ids=["16:9", "4:3", "portrait"])
def test_prompts_fill_the_stage_and_are_never_cut(evening: Evening, screens: Screens, size: tuple[int, int]) -> None:
    width, height = size
    stage = screens.open(evening.hana.base + evening.stage, size="stage", viewport={"width": width, "height": height})
    evening.hana.press("start")
    lines = []
    for number in range(1, 6):
        stage.get_by_text(f"Icebreaker · Q{number}").wait_for()
        stage.locator(".prompt").wait_for()
        at_rest(stage)
        lines.append(
            stage.evaluate(
                """() => {
                  const box = document.querySelector(".prompt"), line = box.firstElementChild;
                  return {
                    cut: line.scrollHeight > box.clientHeight || line.scrollWidth > box.clientWidth,
                    size: parseFloat(getComputedStyle(line).fontSize),
                  };
                }"""
            )
        )
        if number < 5:
            evening.hana.press("next_prompt")
    assert [line["cut"] for line in lines] == [False] * 5
    # The last row reads letters of a twentieth of the picture's shorter side.
    assert min(line["size"] for line in lines) >= min(width, height) / 20


def test_the_code_can_be_read_from_the_last_row(evening: Evening, screens: Screens) -> None:
    for width, height in ((1920, 1080), (1024, 768), (1080, 1920)):
        stage = screens.open(
            evening.hana.base + evening.stage, size="stage", viewport={"width": width, "height": height}
        )
        code = stage.locator(".side .code")
        code.wait_for()
        assert float(code.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")) >= 0.04 * height


def test_less_motion_means_a_cut(evening: Evening, screens: Screens) -> None:
    phone = screens.open(f"/{evening.code}/", evening.ada, reduced_motion="reduce")
    moving = screens.open(f"/{evening.code}/", evening.ben)
    durations = [
        page.evaluate("getComputedStyle(document.documentElement).transitionDuration.split(',')[0].trim()")
        for page in (phone, moving)
    ]
    assert durations == ["0s", "0.45s"]
