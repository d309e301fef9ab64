"""The wall on phones and on the stage: from thirty notes to the picture at the end, and two thousand of them."""

import re

import pytest
from playwright.sync_api import expect

from tests.servers.chromium import Screens, barriers
from tests.servers.people import Evening, Person
from tests.tips.notes import NOTES

from .sticky_notes import RUDE, blank, crowd, documents_of, open_phone, press_slowly, segment_of, write

__all__ = ["crowd"]

pytestmark = pytest.mark.browser


@pytest.mark.motion
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
        write(phones[place % 4], NOTES[place] if place < len(NOTES) else f"Tip number {place} of tonight")
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
    for place, text in enumerate([*NOTES[:3], RUDE]):
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
