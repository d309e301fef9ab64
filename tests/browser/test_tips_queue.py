"""The queue: by keys alone, by dragging, with a finger, and by two at once."""

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.servers.chromium import SIZES, Screens
from tests.servers.people import Evening, Person
from tests.tips.notes import NOTES

from .sticky_notes import crowd, documents_of, open_phone, segment_of, step_of, write

__all__ = ["crowd"]

pytestmark = pytest.mark.browser


def test_the_queue_by_keys_alone(screens: Screens, evening: Evening, crowd: list[Person]) -> None:
    phone = open_phone(screens, evening, crowd[0])
    for text in NOTES[:4]:
        write(phone, text)
    mo = screens.open(f"/console/{evening.code}/", evening.mo, "console")
    cards = mo.locator(".queue-card")
    expect(cards).to_have_count(4)
    while not mo.evaluate("document.activeElement.matches('.queue-card')"):
        mo.keyboard.press("Tab")
    mo.keyboard.press("j")
    expect(cards.nth(1)).to_be_focused()
    mo.keyboard.press("a")
    expect(cards).to_have_count(3)
    expect(phone.get_by_text("On the wall", exact=True)).to_be_visible()
    mo.keyboard.press("u")
    expect(cards).to_have_count(4)
    expect(phone.get_by_text("On the wall", exact=True)).to_have_count(0)
    mo.keyboard.press("e")
    box = mo.get_by_role("textbox", name="The author is told.")
    expect(box).to_be_visible()
    mo.keyboard.press("Tab")
    mo.keyboard.press("Tab")
    expect(box).to_be_focused()
    mo.keyboard.press("Control+A")
    mo.keyboard.type("Other words")
    mo.keyboard.press("Tab")
    mo.keyboard.press("Enter")
    expect(phone.get_by_text("A moderator changed the wording of your tip a little.")).to_be_visible()
    mo.keyboard.press("d")
    dialog = mo.get_by_role("dialog", name="Send back")
    dialog.get_by_role("radio", name="Off topic").focus()
    mo.keyboard.press("Space")
    dialog.get_by_role("button", name="Send back").focus()
    mo.keyboard.press("Enter")
    expect(phone.get_by_text("This one leads away from the question")).to_be_visible()
    expect(cards).to_have_count(3)
    # The last card is gone, and its approval is still what was done last.
    for left in (2, 1, 0):
        mo.keyboard.press("a")
        expect(cards).to_have_count(left)
    step = step_of(evening)
    mo.keyboard.press("u")
    expect(cards).to_have_count(1)
    mo.keyboard.press("a")
    expect(cards).to_have_count(0)
    mo.keyboard.press("b")
    expect(mo.get_by_text("All screens are blank")).to_be_visible()
    mo.keyboard.press("u")
    expect(mo.get_by_text("Nothing waits.")).to_be_visible()
    assert step_of(evening) == step + 2


def test_the_moderators_own_page_by_keys_and_by_dragging(
    screens: Screens, evening: Evening, crowd: list[Person]
) -> None:
    evening.hana.press("back")
    mo = screens.open(f"/console/{evening.code}/tips/", evening.mo, "console")
    for width in (360, 760, 1280, 1500, 1920):
        mo.set_viewport_size({"width": width, "height": 800})
        title, heading = (
            mo.locator(one).evaluate("at => at.getBoundingClientRect().left") for one in (".console-title", "h1")
        )
        assert title == heading, f"out of line at {width} px"
    mo.set_viewport_size(SIZES["console"])
    evening.hana.press("next")
    segment = segment_of(evening)
    wall = f"walls/{segment}/"
    for place, text in enumerate(NOTES):
        crowd[place % 5].ask("POST", f"{wall}tips/", {"text": text}).raise_for_status()
    evening.mo.ask("POST", f"{wall}themes/", {"name": "Authorship"}).raise_for_status()
    # Whatever is current, the wall is here.
    evening.hana.press("next")
    cards = mo.locator(".queue-card")
    expect(cards).to_have_count(10)
    card = cards.filter(has_text="Decide authorship order")
    card.locator(".tip-text").click()
    expect(card).to_be_focused()
    expect(card.get_by_role("button", name="Approve under Authorship, shared words: authorship")).to_be_visible()
    mo.keyboard.press("1")
    expect(cards).to_have_count(9)
    expect(mo.get_by_text("Approved under Authorship.")).to_be_visible()
    for left in range(8, -1, -1):
        mo.keyboard.press("a")
        expect(cards).to_have_count(left)
    mo.keyboard.press("u")
    expect(cards).to_have_count(1)
    mo.keyboard.press("a")
    expect(cards).to_have_count(0)

    mo.keyboard.press("w")
    boxes, tray = mo.locator(".theme-box[class*=hue-]"), mo.locator(".theme-box.tray .board-tip")
    expect(tray).to_have_count(9)
    expect(mo.get_by_text("Suggested groups")).to_be_visible()
    mo.keyboard.press("g")
    expect(mo.locator(".suggestion").first).to_be_focused()
    mo.keyboard.press("y")
    expect(boxes).to_have_count(2)
    expect(tray).not_to_have_count(9)
    moved = boxes.nth(1).locator(".board-tip").first
    words = moved.locator(".tip-text").inner_text()
    moved.drag_to(boxes.first.locator("h3"))
    expect(boxes.first.get_by_text(words, exact=True)).to_be_visible()
    expect(mo.get_by_text("Moved to Authorship.")).to_be_visible()
    mo.keyboard.press("u")
    expect(boxes.nth(1).get_by_text(words, exact=True)).to_be_visible()
    # The same without a mouse.
    boxes.nth(1).locator(".board-tip").filter(has_text=words).focus()
    mo.keyboard.press("t")
    expect(mo.get_by_role("dialog", name="Move to a theme")).to_be_visible()
    mo.keyboard.press("1")
    expect(boxes.first.get_by_text(words, exact=True)).to_be_visible()
    # The machine's name for it was in its tips' words; with the last of them it leaves the wall, and somebody is asked.
    taken = boxes.nth(1).locator("h3 [dir]").inner_text()
    for tip in evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"].items():
        if tip[0].startswith("tips/") and taken.casefold() in tip[1]["text"].casefold():
            decision = f"{wall}tips/{tip[1]['id']}/decision/"
            evening.mo.ask("PUT", decision, {"verb": "take_down"}).raise_for_status()
    expect(mo.get_by_text("name missing")).to_be_visible()
    expect(boxes.nth(1).get_by_role("heading")).to_contain_text("Theme 2")
    assert taken not in str(documents_of(evening)[f"themes/{segment}"])
    mo.get_by_role("button", name="Name it").click()
    mo.get_by_role("dialog").get_by_label("Name").fill("Openness")
    mo.get_by_role("button", name="Rename").click()
    expect(mo.get_by_text("name missing")).to_have_count(0)
    mo.keyboard.press("Escape")
    with mo.expect_download() as download:
        mo.get_by_role("link", name="Log as a table").click()
    assert download.value.path().read_text("utf-8-sig").count(",approve,") == 11


def test_a_finger_decides(screens: Screens, evening: Evening, crowd: list[Person]) -> None:
    wall = f"walls/{segment_of(evening)}/"
    for person, text in zip(crowd, NOTES[:3], strict=False):
        person.ask("POST", f"{wall}tips/", {"text": text}).raise_for_status()
    mo = screens.open(f"/console/{evening.code}/", evening.mo, is_mobile=True)
    mo.get_by_role("link", name="The wall on a page of its own").click()
    cards = mo.locator(".queue-card")
    expect(cards).to_have_count(3)
    expect(mo.get_by_text("Swipe right to approve, left to send back.")).to_be_visible()
    expect(cards.first.get_by_role("button", name="Approve", exact=True)).to_be_visible()
    swipe(mo, cards.nth(1), 60)
    swipe(mo, cards.nth(1), 40, down=120)
    expect(cards).to_have_count(3)
    swipe(mo, cards.nth(1), 220)
    expect(cards).to_have_count(2)
    assert [one.inner_text() for one in cards.locator(".tip-text").all()] == [NOTES[0], NOTES[2]]
    mo.get_by_role("button", name="Undo").click()
    expect(cards).to_have_count(3)
    swipe(mo, cards.nth(2), -220)
    dialog = mo.get_by_role("dialog", name="Send back")
    expect(dialog).to_contain_text(NOTES[2])
    dialog.get_by_role("radio", name="Said already").check(force=True)
    dialog.get_by_role("button", name="Send back").click()
    expect(cards).to_have_count(2)
    assert mo.evaluate("document.documentElement.scrollWidth <= innerWidth && scrollX === 0")


def swipe(page: Page, card: Locator, by: int, *, down: int = 0) -> None:
    """A finger on a card that goes sideways, some pixels at a time, and lets go."""
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    assert box
    x, y = box["x"] + (40 if by > 0 else box["width"] - 40), box["y"] + 30
    finger = page.context.new_cdp_session(page)
    path = [(x + by * step / 10, y + down * step / 10) for step in range(11)]
    for place, (left, top) in enumerate(path):
        kind = "touchMove" if place else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": left, "y": top}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_card_that_somebody_has_open_says_so(screens: Screens, evening: Evening, crowd: list[Person]) -> None:
    phone = open_phone(screens, evening, crowd[0])
    write(phone, NOTES[0])
    mo = screens.open(f"/console/{evening.code}/", evening.mo, "console")
    console = screens.open(f"/console/{evening.code}/", evening.hana, "console")
    mo.locator(".queue-card").focus()
    expect(console.get_by_text("Mo has it open")).to_be_visible()
    console.locator(".queue-card").get_by_role("button", name="Approve").click()
    expect(console.get_by_text("Mo has this one open.")).to_be_visible()


WAITING = """
from apps.core import clock
from apps.live.rebuild import rebuild
from apps.tips.models import Tip, Wall
wall, now = Wall.objects.get(segment__event__code="{code}"), clock.now()
ada = wall.segment.event.attendees.first()
Tip.objects.bulk_create(
    Tip(wall=wall, author=ada, author_name="Ada", signed=False, state="pending", written_at=now,
        text=" ".join(f"w{{number}}{{letter}}" for letter in "abcde"))
    for number in range(501)
)
rebuild("{code}")
"""


@pytest.mark.looks
def test_more_wait_than_one_request_decides(screens: Screens, evening: Evening, crowd: list[Person]) -> None:
    """The longest list there is goes in two presses, each saying how many it means."""
    evening.server.manage(("shell", "-c", WAITING.format(code=evening.code)))
    mo = screens.open(f"/console/{evening.code}/tips/", evening.mo, "phone")
    expect(mo.get_by_text("501 tips wait")).to_be_visible()
    mo.get_by_role("button", name="Approve the first 500 without flags").click()
    expect(mo.get_by_text("500 tips approved.")).to_be_visible()
    expect(mo.get_by_text("1 tip waits")).to_be_visible()


def test_what_was_approved_at_once_is_taken_back_at_once(
    screens: Screens, evening: Evening, crowd: list[Person]
) -> None:
    """In one request, however many they are; what somebody else has decided on meanwhile stays, and that is said."""
    evening.server.manage(("shell", "-c", WAITING.format(code=evening.code)))
    mo = screens.open(f"/console/{evening.code}/tips/", evening.mo, "console")
    decided: list[str] = []
    mo.on("request", lambda asked: is_decision(asked) and decided.append(asked.url.rpartition("/walls/")[2]))
    expect(mo.get_by_text("501 tips wait")).to_be_visible()
    mo.get_by_role("button", name="Approve the first 500 without flags").click()
    expect(mo.get_by_text("500 tips approved.")).to_be_visible()
    mo.get_by_role("button", name="Undo").click()
    expect(mo.get_by_text("501 tips wait")).to_be_visible()
    segment = segment_of(evening)
    assert decided == [f"{segment}/approvals/", f"{segment}/undoings/"]
    assert not [key for key in documents_of(evening) if key.startswith("tips/")]

    mo.get_by_role("button", name="Approve the first 500 without flags").click()
    expect(mo.get_by_text("500 tips approved.")).to_be_visible()
    board = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["crew"]["documents"]
    gone = next(one["id"] for key, one in board.items() if key.startswith("board/"))
    taken = evening.hana.ask("PUT", f"walls/{segment}/tips/{gone}/decision/", {"verb": "take_down"})
    taken.raise_for_status()
    mo.keyboard.press("u")
    expect(mo.get_by_text("1 tip could not be taken back.")).to_be_visible()
    expect(mo.get_by_text("500 tips wait")).to_be_visible()


def is_decision(asked: Request) -> bool:
    """Whatever is written to the wall but that a card is open."""
    return asked.method != "GET" and "/walls/" in asked.url and not asked.url.endswith("/claim/")
