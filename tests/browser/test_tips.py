"""The group exercise on screens: five phones, a host and a moderator, and the picture at the end."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.servers.chromium import Screens, barriers
from tests.servers.people import Evening, Person

pytestmark = pytest.mark.browser

TIPS = (
    "Write down who does what before you begin",
    "Agree on authorship early and write it down",
    "Decide authorship order in the first meeting",
    "Discuss authorship before the work starts",
    "Meet every week, even for ten minutes",
    "A short weekly meeting keeps everybody going",
    "Have a weekly call and keep it short",
    "Share the code early and often",
    "Publish your code from the first day",
    "Put the code in the open from day one",
)
RUDE = "This is sh1t"


@pytest.fixture
def crowd(evening: Evening) -> Iterator[list[Person]]:
    """Ada, Ben and three more, at the group exercise."""
    more = [Person(name, evening.server.other, evening.code).join() for name in ("Cleo", "Dan", "Eva")]
    snapshot = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
    evening.hana.press("start")
    evening.hana.press("enter", segment=snapshot["programme"]["segments"][3]["id"])
    yield [evening.ada, evening.ben, *more]
    for person in more:
        person.client.close()


def open_phone(screens: Screens, evening: Evening, person: Person) -> Page:
    page = screens.open(f"/{evening.code}/", person)
    expect(blank(page)).to_be_visible()
    return page


def blank(page: Page):
    return page.locator(".write").get_by_role("textbox", name="Your tip")


def press_slowly(page: Page, button: Locator) -> None:
    """As a hand does: a tenth of a second lies between down and up, in which nothing may move from under it."""
    button.hover()
    page.mouse.down()
    page.wait_for_timeout(120)
    page.mouse.up()


def write(page: Page, text: str) -> None:
    blank(page).fill(text)
    page.get_by_role("button", name="Stick it on the wall").click()
    expect(blank(page)).to_have_value("")


def test_from_thirty_notes_to_the_themes(screens: Screens, evening: Evening, crowd: list[Person]) -> None:
    phones = [open_phone(screens, evening, person) for person in crowd]
    console = screens.open(f"/console/{evening.code}/", evening.hana, "console")
    mo = screens.open(f"/console/{evening.code}/", evening.mo, "phone")
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    offline = phones[4]
    offline.context.set_offline(True)
    write(offline, "Written without a network")
    expect(offline.get_by_text("On your phone, not sent yet")).to_be_visible()
    for place in range(28):
        write(phones[place % 4], TIPS[place] if place < len(TIPS) else f"Tip number {place} of tonight")
    write(phones[0], RUDE)
    expect(mo.get_by_text("29 tips wait")).to_be_visible()
    offline.context.set_offline(False)
    expect(mo.get_by_text("30 tips wait")).to_be_visible()
    expect(offline.get_by_text("Waiting for a look")).to_have_count(1)
    # Flagged words come last, and are not among those that may be waved through.
    expect(console.locator(".queue-card").last).to_contain_text(RUDE)
    expect(stage.get_by_text("Tips appear here.")).to_be_visible()

    mo.locator(".queue-card").last.click()
    mo.get_by_role("button", name="Send back").click()
    mo.get_by_role("radio", name="Could hurt somebody").check(force=True)
    mo.get_by_role("dialog").get_by_role("button", name="Send back").click()
    expect(phones[0].get_by_text("Could you say it in a kinder way?")).to_be_visible()

    press_slowly(console, console.get_by_role("button", name="without flags"))
    expect(stage.locator(".note").first).to_be_visible()
    while console.locator(".queue-card").count():
        card = console.locator(".queue-card").first
        name = card.get_attribute("data-id")
        card.click()
        card.get_by_role("button", name="Approve").click()
        expect(console.locator(f'[data-id="{name}"]')).to_have_count(0)
    for phone in phones:
        expect(phone.get_by_role("heading", name="The wall")).to_contain_text("29")
        expect(phone.get_by_text(RUDE)).to_have_count(int(phone is phones[0]))
    assert RUDE not in stage.content()

    console.get_by_role("button", name="Wall and themes").click()
    console.get_by_text("Suggested groups").click()
    console.get_by_role("button", name="Make this theme").first.click()
    expect(console.locator(".theme-box[class*=hue-]")).to_have_count(1)
    console.get_by_label("New theme").fill("Everything else")
    console.get_by_role("button", name="Add", exact=True).click()
    console.get_by_role("button", name="Change the theme Everything else").click()
    dialog = console.get_by_role("dialog")
    dialog.get_by_label("Name").fill("All the rest")
    dialog.get_by_role("button", name="Rename").click()
    expect(console.get_by_role("button", name="Change the theme All the rest")).to_be_attached()
    console.keyboard.press("Escape")
    last = console.locator(".board-tip").filter(has_text="Written without a network")
    press_slowly(console, last.get_by_role("button", name="Theme"))
    console.get_by_role("dialog").get_by_role("button", name="All the rest").click()

    phones[1].get_by_role("group", name="Show one theme").get_by_role("button", name="All the rest").click()
    expect(phones[1].locator(".phone-wall .note")).to_have_count(1)
    vote = phones[1].get_by_role("button", name=re.compile("Vote for this tip"))
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(phones[2].get_by_role("button", name="Vote for this tip, 1 vote", exact=True)).to_be_visible()

    console.get_by_role("button", name="Cover the wall").click()
    expect(phones[3].get_by_text("It is covered until everybody has written.")).to_be_visible()
    assert "Written without a network" not in stage.content()
    console.get_by_role("button", name="Show the wall").click()
    console.get_by_role("button", name="Themes on the stage").click()
    card = stage.locator(".theme-card").filter(has_text="All the rest")
    expect(card).to_contain_text("Written without a network")
    expect(stage.locator(".theme-card")).to_have_count(2)
    # What a theme is quoted with goes with its tip.
    shown = documents_of(evening)
    quoted = next(
        body for key, body in shown.items() if key.startswith("tips/") and body["text"] == "Written without a network"
    )
    decision = f"walls/{quoted['segment']}/tips/{quoted['id']}/decision/"
    evening.mo.ask("PUT", decision, {"verb": "take_down"}).raise_for_status()
    expect(stage.locator(".theme-card")).to_have_count(1)
    assert "Written without a network" not in stage.content()


def test_the_queue_by_keys_alone(screens: Screens, evening: Evening, crowd: list[Person]) -> None:
    phone = open_phone(screens, evening, crowd[0])
    for text in TIPS[:4]:
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
    evening.hana.press("next")
    segment = segment_of(evening)
    wall = f"walls/{segment}/"
    for place, text in enumerate(TIPS):
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
    for person, text in zip(crowd, TIPS[:3], strict=False):
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
    assert [one.inner_text() for one in cards.locator(".tip-text").all()] == [TIPS[0], TIPS[2]]
    mo.get_by_role("button", name="Undo").click()
    expect(cards).to_have_count(3)
    swipe(mo, cards.nth(2), -220)
    dialog = mo.get_by_role("dialog", name="Send back")
    expect(dialog).to_contain_text(TIPS[2])
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
    write(phone, TIPS[0])
    mo = screens.open(f"/console/{evening.code}/", evening.mo, "console")
    console = screens.open(f"/console/{evening.code}/", evening.hana, "console")
    mo.locator(".queue-card").focus()
    expect(console.get_by_text("Mo has it open")).to_be_visible()
    console.locator(".queue-card").get_by_role("button", name="Approve").click()
    expect(console.get_by_text("Mo has this one open.")).to_be_visible()


@pytest.mark.looks
def test_what_is_typed_outlives_a_reload(screens: Screens, evening: Evening, crowd: list[Person]) -> None:
    phone = open_phone(screens, evening, crowd[0])
    blank(phone).fill("Half a thou")
    phone.reload()
    expect(blank(phone)).to_have_value("Half a thou")
    blank(phone).fill("x" * 281)
    phone.get_by_role("button", name="Stick it on the wall").click()
    expect(phone.get_by_text("1 character too many.")).to_be_visible()
    expect(blank(phone)).to_have_value("x" * 281)


@pytest.mark.looks
def test_no_barriers(screens: Screens, evening: Evening, crowd: list[Person]) -> None:
    for place, text in enumerate([*TIPS[:3], RUDE]):
        address = f"walls/{segment_of(evening)}/tips/"
        crowd[place].ask("POST", address, {"text": text, "signed": place > 1}).raise_for_status()
    waiting = evening.mo.ask("GET", "snapshot/?as=console").json()["streams"]["crew"]["documents"]
    ids = [key.removeprefix("queue/") for key in waiting if key.startswith("queue/")]
    evening.mo.ask("POST", f"walls/{segment_of(evening)}/approvals/", {"tips": ids[:2]}).raise_for_status()
    phone = screens.open(f"/{evening.code}/", crowd[0])
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    console = screens.open(f"/console/{evening.code}/", evening.mo, "phone")
    own = screens.open(f"/console/{evening.code}/tips/", evening.mo, "phone", is_mobile=True)
    expect(phone.locator(".phone-wall .note")).to_have_count(2)
    expect(stage.locator(".note")).to_have_count(2)
    expect(console.locator(".queue-card")).to_have_count(2)
    expect(own.locator(".queue-card")).to_have_count(2)
    for page in (phone, stage, console, own):
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for page in (console, own):
        page.get_by_role("button", name="Wall and themes").click()
        expect(page.locator(".board-tip")).to_have_count(2)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


MANY = """
from apps.core import clock
from apps.live.rebuild import rebuild
from apps.tips.models import COLOURS, Theme, Tip, Wall
wall, now = Wall.objects.get(segment__event__code="{code}"), clock.now()
ada = wall.segment.event.attendees.first()
LONG = "Donaudampfschifffahrtselektrizität and all that goes with it"
themes = [
    Theme.objects.create(wall=wall, name=name, name_key=name, colour=COLOURS[place % 8], position=place)
    for place, name in enumerate([LONG[:60 - 5 * number] for number in range(12)])
]
Tip.objects.bulk_create(
    Tip(wall=wall, author=ada, author_name="Ada", signed=False, text=f"Tip number {{number}}, in more words",
        theme=[None, *themes][number % 13],
        state="pending" if number % 10 == 0 else "approved", written_at=now, approved_at=now if number % 10 else None)
    for number in range(2000)
)
rebuild("{code}")
"""


# Theme cards whose parts lie over each other, or that do not fit on the canvas.
CROWDED = """() => [...document.querySelectorAll('.theme-card')].filter(card => {
  const parts = [...card.children, card, card.parentElement].map(one => one.getBoundingClientRect());
  const [name, size, quote, own, all] = parts;
  const isOver = size.top < name.bottom - 1 || quote.top < size.bottom - 1;
  return isOver || quote.bottom > own.bottom + 1 || own.bottom > all.bottom + 1;
}).length"""


@pytest.mark.looks
def test_two_thousand_tips_are_drawn_a_screenful_at_a_time(
    screens: Screens, evening: Evening, crowd: list[Person]
) -> None:
    evening.server.manage(("shell", "-c", MANY.format(code=evening.code)))
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    # A room reads the newest, and what all of them come to; the rest is on the phones.
    expect(stage.get_by_text(re.compile(r"Page (\d+) of \d\b.* · 1,752 more tips on your phones"))).to_be_visible()
    assert 4 <= stage.locator(".note").count() <= 10
    phone = screens.open(f"/{evening.code}/", crowd[1])
    expect(phone.locator(".phone-wall .note")).to_have_count(40)
    phone.get_by_role("button", name="Show 40 more").click()
    expect(phone.locator(".phone-wall .note")).to_have_count(80)
    # Who reads is not pushed away by what comes.
    reading = phone.locator(".phone-wall .note").nth(60)
    reading.scroll_into_view_if_needed()
    phone.wait_for_timeout(300)
    before = reading.get_by_role("paragraph").inner_text(), reading.bounding_box()
    expect(stage.locator(".theme-card")).to_have_count(12)
    mo = screens.open(f"/console/{evening.code}/tips/", evening.mo, "console")
    expect(mo.get_by_text("200 tips wait")).to_be_visible()
    mo.keyboard.press("a")
    expect(phone.get_by_role("heading", name="The wall")).to_contain_text("1,801")
    reading = phone.locator(".phone-wall .note").filter(has=phone.get_by_text(before[0], exact=True))
    assert (before[0], reading.bounding_box()) == before
    expect(mo.locator(".queue-card")).to_have_count(40)
    mo.get_by_role("button", name="Wall and themes").click()
    expect(mo.locator(".board-tip")).to_have_count(13 * 30)
    mo.keyboard.press("ArrowDown")
    expect(mo.locator(".board-tip").nth(1)).to_be_focused()
    # The picture at the end: however many themes there are, each of them is whole.
    evening.hana.ask("PUT", f"walls/{segment_of(evening)}/", {"themes_on_stage": True}).raise_for_status()
    expect(stage.locator(".theme-card")).to_have_count(12)
    stage.wait_for_timeout(500)
    assert stage.evaluate(CROWDED) == 0


def segment_of(evening: Evening) -> str:
    return str(documents_of(evening)["now"]["segment"])


def step_of(evening: Evening) -> int:
    return int(documents_of(evening)["now"]["step"])


def documents_of(evening: Evening) -> dict[str, Any]:
    return evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
