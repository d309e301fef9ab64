"""The console in a real browser: pressing, being second, taking back, panic, bad lines; nothing in it is a barrier."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.servers.chromium import SIZES, Screens, barriers, meddle, shoot
from tests.servers.people import Evening, Person

pytestmark = pytest.mark.browser
FIRST, SECOND = "Icebreaker · Q1", "Open-Mic “Success Stories”"


@pytest.fixture
def console(screens: Screens, evening: Evening) -> Callable[..., Page]:
    """Somebody's console, live."""

    def opened(person: Person | None = None, size: str = "console", **options: Any) -> Page:
        page = screens.open(f"/console/{evening.code}/", person or evening.hana, size, **options)
        expect(page.locator(".now-card h1")).not_to_be_empty()
        expect(page.locator(".line")).to_have_count(0)
        return page

    return opened


def title(page: Page) -> Any:
    return page.locator(".now-card h1")


def at_night() -> str:
    """A time zone where it is about three: far from the programme's 12:45, whose clock would be followed near it."""
    west = (datetime.now(UTC).hour - 3 + 12) % 24 - 12
    return f"Etc/GMT{west:+d}"


def settled(page: Page) -> None:
    """Long enough since the last press: the same one at once would count as a double tap."""
    expect(page.locator(".pressed")).to_have_count(0)
    page.wait_for_timeout(400)


def test_one_obvious_button_leads_through_the_evening(console: Any, screens: Screens, evening: Evening) -> None:
    page = console()
    phone = screens.open(f"/{evening.code}/", evening.ada)
    lead = page.locator(".lead-button")
    expect(lead).to_contain_text("Start with")
    lead.click()
    for name in ("Icebreaker", SECOND, "Open-Mic “Horror Stories”", "Group Exercise “What now?”", "The End!"):
        expect(title(page)).to_contain_text(name)
        expect(phone.locator("h1").first).to_contain_text(name)
        settled(page)
        lead.click()
    expect(page.locator("dialog")).to_contain_text("End the event?")
    page.get_by_role("button", name="Stay here").click()
    expect(title(page)).to_have_text("The End!")


def test_who_was_second_is_told_who_was_faster_and_nothing_happens_twice(console: Any, evening: Evening) -> None:
    evening.hana.press("start")
    page = console()

    def faster(route: Route) -> None:
        """Another laptop of Hana's gets in between the press and the server."""
        evening.hana.press("next")
        route.continue_()

    meddle(page, "**/moves/", faster)
    page.keyboard.press("n")
    expect(page.locator(".toast")).to_contain_text(f"moved on to {SECOND} first.")
    expect(title(page)).to_have_text(SECOND)


def test_every_press_can_be_taken_back_by_a_key_or_a_button(console: Any, evening: Evening) -> None:
    evening.hana.press("start")
    page = console(timezone_id=at_night())
    page.keyboard.press("n")
    expect(title(page)).to_have_text(SECOND)
    settled(page)
    page.keyboard.press("u")
    expect(title(page)).to_have_text(FIRST)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(title(page)).to_have_text("Icebreaker · Q2")
    settled(page)
    page.keyboard.press("Control+z")
    expect(title(page)).to_have_text(FIRST)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.get_by_role("button", name="+5 min").click()
    expect(page.locator(".standing")).to_contain_text("5 min late: the rest ends at")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".standing")).to_contain_text("On time.")


def test_signing_in_again_in_another_tab_leaves_this_one_working(console: Any, evening: Evening) -> None:
    page = console()
    other = page.context.new_page()
    [address] = evening.server.manage(("sign_in_link", evening.code, "Hana"))
    other.goto(evening.hana.base + address.strip())
    other.get_by_role("button", name="Sign in").click()
    expect(title(other)).not_to_be_empty()
    page.keyboard.press("n")
    expect(title(page)).to_have_text(FIRST)


def test_panic_blanks_every_screen_and_everybody_of_the_crew_can_end_it(
    console: Any, screens: Screens, evening: Evening
) -> None:
    evening.hana.press("start")
    hana, mo = console(), console(evening.mo)
    phone = screens.open(f"/{evening.code}/", evening.ada)
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    hana.keyboard.press("b")
    for crew in (hana, mo):
        expect(title(crew)).to_have_text("All screens are blank")
    expect(phone.get_by_text("A short pause")).to_be_visible()
    expect(stage.get_by_text("A short pause")).to_be_visible()
    mo.get_by_role("button", name="Show the screens again").click()
    expect(title(hana)).to_have_text(FIRST)
    expect(phone.get_by_text("A short pause")).to_have_count(0)
    expect(stage.get_by_text("A short pause")).to_have_count(0)
    # All else is the hosts' to press.
    expect(mo.get_by_text("Hosts move the event on.")).to_be_visible()
    expect(mo.locator(".lead-button")).to_have_count(0)
    mo.keyboard.press("n")
    mo.keyboard.press("ArrowRight")
    expect(title(mo)).to_have_text(FIRST)


@pytest.mark.looks
def test_keys_never_move_the_event_by_accident(console: Any) -> None:
    page = console()
    page.locator(".lead-button").click()
    expect(title(page)).to_have_text(FIRST)
    settled(page)
    # A clicked button keeps the focus: this space must not be its own.
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    expect(title(page)).to_have_text(FIRST)
    # In a field, letters are letters.
    page.keyboard.press("a")
    # Not even while the field is on its way.
    page.keyboard.press("n")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.get_by_label("Search").fill("")
    page.get_by_label("Search").press_sequentially("nbu ben")
    expect(page.get_by_text("0 of 2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(title(page)).to_have_text(FIRST)


@pytest.mark.looks
def test_a_jump_asks_first_then_goes(console: Any, evening: Evening) -> None:
    evening.hana.press("start")
    page = console()
    page.locator(".agenda").get_by_role("button", name="Group Exercise").click()
    page.get_by_role("button", name="Stay here").click()
    expect(title(page)).to_have_text(FIRST)
    page.locator(".agenda").get_by_role("button", name="Group Exercise").click()
    page.get_by_role("button", name="Go there").click()
    expect(title(page)).to_have_text("Group Exercise “What now?”")


def test_removed_people_and_old_stage_addresses_are_shut_out_at_once(
    console: Any, screens: Screens, evening: Evening
) -> None:
    page = console()
    phone = screens.open(f"/{evening.code}/", evening.ben)
    expect(phone.get_by_text("Ben").first).to_be_visible()
    page.keyboard.press("a")
    page.get_by_label("Search").fill("ben")
    page.get_by_role("button", name="Remove Ben").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("0 of 1")).to_be_visible()
    expect(phone.get_by_text("You are not at this event any more")).to_be_visible()
    page.keyboard.press("Escape")

    stage = screens.open(evening.server.base + evening.stage, size="stage")
    page.keyboard.press("s")
    old = page.get_by_label("Address", exact=True).input_value()
    page.get_by_role("button", name="Make a new address").click()
    page.get_by_role("button", name="New address").click()
    expect(page.get_by_label("Address", exact=True)).not_to_have_value(old)
    expect(page.get_by_label("Address", exact=True)).to_have_value(re.compile(rf"/stage/{evening.code}\."))
    expect(stage.get_by_text("This stage link is no longer valid")).to_be_visible()
    picture = page.get_by_role("img", name="QR code of the stage's address")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth > 0")


@pytest.mark.looks
def test_without_a_line_the_console_says_so_and_what_became_of_a_press(console: Any, evening: Evening) -> None:
    evening.hana.press("start")
    page = console()
    expect(page.get_by_text("Now", exact=True)).to_be_visible()
    page.context.set_offline(True)
    page.keyboard.press("b")
    expect(page.locator(".pressed")).to_have_count(1)
    expect(page.locator(".line")).to_contain_text("Not live: last heard")
    expect(page.get_by_text("When last heard from")).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("No answer from the server.")
    page.context.set_offline(False)
    expect(page.locator(".line")).to_have_count(0)
    expect(title(page)).to_have_text(FIRST)
    page.keyboard.press("b")
    expect(title(page)).to_have_text("All screens are blank")


@pytest.mark.looks
def test_a_line_that_swallows_everything_is_not_shown_as_live_and_misses_nothing(
    screens: Screens, evening: Evening
) -> None:
    """A black hole: the socket stays open, and nothing comes out of it."""
    evening.hana.press("start")
    page = screens.open("/healthz", evening.hana, "console")
    is_hole = False

    def line(phone: WebSocketRoute) -> None:
        server = phone.connect_to_server()
        phone.on_message(lambda frame: None if is_hole else server.send(frame))
        server.on_message(lambda frame: None if is_hole else phone.send(frame))

    page.route_web_socket("**/live/**", line)
    page.goto(f"{evening.hana.base}/console/{evening.code}/")
    expect(page.get_by_text("Now", exact=True)).to_be_visible()
    is_hole = True
    evening.hana.press("next")
    expect(page.locator(".line")).to_contain_text("Not live: last heard")
    expect(title(page)).to_have_text(FIRST)
    is_hole = False
    expect(title(page)).to_have_text(SECOND, timeout=30_000)
    expect(page.locator(".line")).to_have_count(0)


def test_a_host_who_is_taken_off_the_crew_sees_nothing_more(console: Any, evening: Evening) -> None:
    page = console(evening.mo)
    evening.server.manage(("revoke_crew", evening.code, "Mo"))
    expect(page.get_by_role("heading", name="This console is no longer yours")).to_be_visible()
    expect(page.locator(".now-card")).to_have_count(0)


@pytest.mark.looks
@pytest.mark.parametrize("size", ["phone", "console"])
def test_no_barriers_in_any_state(console: Any, evening: Evening, size: str) -> None:
    page = console(size=size)
    found = {}

    def look(state: str) -> None:
        page.wait_for_timeout(50)
        shoot(page, f"console-{size}-{state}")
        found[state] = barriers(page)

    look("before")
    evening.hana.press("start")
    expect(title(page)).to_have_text(FIRST)
    look("live")
    for key, state in {"q": "join", "a": "people", "s": "stage", "?": "keys"}.items():
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_be_visible()
        look(state)
        page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(title(page)).to_have_text("All screens are blank")
    look("blank")
    evening.hana.press("unblank")
    evening.hana.press("end")
    expect(page.locator(".now-card")).to_contain_text("Ended")
    look("ended")
    assert {state: faults for state, faults in found.items() if faults} == {}


@pytest.mark.looks
def test_it_fits_a_small_phone_and_every_target_is_large_enough(console: Any, evening: Evening) -> None:
    evening.hana.press("start")
    page = console(size="phone")
    expect(title(page)).to_have_text(FIRST)
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES["phone"]["width"]
    small = page.evaluate(
        """[...document.querySelectorAll("button, a")]
        .filter((one) => one.offsetParent && (one.offsetWidth < 48 || one.offsetHeight < 48))
        .map((one) => `${one.textContent.trim()} ${one.offsetWidth}x${one.offsetHeight}`)"""
    )
    assert small == []
