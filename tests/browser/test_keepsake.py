"""The keepsake on the phone of somebody who was there: read, without a network, on paper, forgotten. And the report."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.servers.chromium import SHOTS, Screens, barriers, shoot
from tests.servers.people import Evening

pytestmark = pytest.mark.browser

TIP, LATER, LINE = "Write down what you agreed on", "Say thank you in public", "ben@example.org"


@pytest.fixture
def over(evening: Evening) -> dict[str, str]:
    """Ada and Ben met and swapped contacts, wrote a tip each and sent a picture; it is over. Ids of the tips."""
    hana, mo, ada, ben = evening.hana, evening.mo, evening.ada, evening.ben
    hana.press("start")
    hana.ask("POST", "rounds/", {"after": 0}).raise_for_status()
    for one, other, line in ((ada, ben, "ada@example.org"), (ben, ada, LINE)):
        one.ask("PUT", "me/group/found/").raise_for_status()
        there = other.ask("GET", "snapshot/?as=phone").json()["streams"]["me"]["documents"]["attendee"]["id"]
        evening_contacts(one, there, line)
    segments = hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]["programme"]["segments"]
    wall = segments[3]["id"]
    hana.press("enter", segment=wall)
    ids = {}
    for one, text in ((ada, TIP), (ben, LATER)):
        written = one.ask("POST", f"walls/{wall}/tips/", {"text": text, "signed": True}).raise_for_status().json()
        ids[text] = f"walls/{wall}/tips/{written['tip']['id']}/decision/"
        mo.ask("PUT", ids[text], {"verb": "approve"}).raise_for_status()
    send_picture(evening)
    hana.press("end")
    return ids


def evening_contacts(person: Any, other: str, line: str) -> None:
    person.ask("PUT", f"contacts/{other}/", {"contact": line}).raise_for_status()


def send_picture(evening: Evening) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "#c8553d").save(drawn, "PNG")
    sent = evening.ada.client.post(
        evening.ada.api + "pictures/",
        files={"file": ("a.png", drawn.getvalue(), "image/png")},
        data={"consent": "true", "caption": "The three of us"},
        headers={"Idempotency-Key": "a-picture-of-the-evening"},
    )
    name = sent.raise_for_status().json()["picture"]["id"]
    evening.mo.ask("PUT", f"pictures/{name}/decision/", {"verb": "approve"}).raise_for_status()


def is_kept(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-kept", "true")


def test_taken_home(evening: Evening, over: dict[str, str], screens: Screens) -> None:
    phone = screens.open(f"/{evening.code}/", evening.ada)
    phone.get_by_role("link", name="Open your keepsake").click()
    expect(phone.get_by_role("heading", name="People you met")).to_be_visible()
    for text in (TIP, LATER, LINE, "The three of us"):
        expect(phone.get_by_text(text)).to_be_visible()
    is_kept(phone)
    assert barriers(phone) == []
    phone.emulate_media(color_scheme="dark")
    assert barriers(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shoot(phone, "keepsake-phone")
    SHOTS.mkdir(parents=True, exist_ok=True)
    printed = phone.pdf(path=SHOTS / "keepsake.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF-")

    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text(LINE)).to_be_visible()
    assert phone.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 0)")
    assert phone.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Display'))")
    assert phone.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor") != "rgba(0, 0, 0, 0)"

    # What was taken down is gone from the next view, and from what is kept of it.
    phone.context.set_offline(False)
    evening.mo.ask("PUT", over[LATER], {"verb": "take_down"}).raise_for_status()
    phone.reload()
    expect(phone.get_by_text(TIP)).to_be_visible()
    expect(phone.get_by_text(LATER)).to_have_count(0)
    is_kept(phone)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text(TIP)).to_be_visible()
    expect(phone.get_by_text(LATER)).to_have_count(0)

    # Whoever holds this device next finds nothing of Ada on it.
    phone.context.set_offline(False)
    phone.goto(f"{evening.server.other}/{evening.code}/")
    assert phone.evaluate("caches.keys()") == [f"keepsake-{evening.code}"]
    phone.get_by_role("button", name="You", exact=True).click()
    phone.get_by_role("button", name="Forget me").click()
    phone.get_by_role("button", name="Erase everything").click()
    expect(phone.get_by_role("heading", name="Come in")).to_be_visible()
    assert phone.evaluate("caches.keys()") == []
    phone.goto(f"{evening.server.other}/{evening.code}/keepsake/")
    expect(phone.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_at_the_end_stories_are_named_and_no_names_wanted(evening: Evening, screens: Screens) -> None:
    hana = evening.hana
    hana.press("start")
    phone = screens.open(f"/{evening.code}/", evening.ada)
    expect(phone.get_by_text("Names wanted")).to_have_count(2)
    hana.press("next")
    documents = hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
    segments = documents["programme"]["segments"]
    here = f"bowls/{segments[1]['id']}/"
    evening.ada.ask("PUT", f"{here}slips/mine/", {}).raise_for_status()
    hana.ask("POST", f"{here}draws/", {"after": 0}).raise_for_status()
    for verb in ("PUT", "DELETE"):
        hana.ask(verb, f"{here}draws/1/turn/").raise_for_status()
    hana.press("enter", segment=segments[-1]["id"])
    expect(phone.get_by_text("Thank you for being here.")).to_be_visible()
    expect(phone.locator(".bowl-beside")).to_have_count(1)
    expect(phone.locator(".bowl-beside")).to_contain_text("Your story")


def test_whoever_is_removed_loses_the_copy_with_the_next_view(
    evening: Evening, over: dict[str, str], screens: Screens
) -> None:
    address = f"/{evening.code}/keepsake/"
    phone = screens.open(address, evening.ben)
    is_kept(phone)
    ben = evening.ben.ask("GET", "snapshot/?as=phone").json()["streams"]["me"]["documents"]["attendee"]["id"]
    evening.hana.ask("DELETE", f"attendees/{ben}/").raise_for_status()
    phone.reload()
    expect(phone.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert phone.evaluate("caches.keys()") == []


def test_the_crew_looks_back(evening: Evening, over: dict[str, str], screens: Screens) -> None:
    console = screens.open(f"/console/{evening.code}/", evening.hana, "console")
    with console.expect_popup() as opened:
        console.get_by_role("link", name="Report").click()
    report = opened.value
    expect(report.get_by_role("img", name="New connections in each round")).to_be_visible()
    expect(report.get_by_text("Ada")).to_have_count(0)
    report.get_by_role("link", name="With names").click()
    expect(report.get_by_role("rowheader", name="Ada")).to_be_visible()
    for scheme in ("light", "dark"):
        report.emulate_media(color_scheme=scheme)
        assert barriers(report) == []
    shoot(report, "report")

    console.goto(f"{evening.server.base}/{evening.code}/keepsake/")
    console.get_by_role("button", name="Make a public version").click()
    link = console.locator(".sharing .address")
    expect(link).to_be_visible()
    assert barriers(console) == []
    anybody = screens.open(evening.server.base + (link.get_attribute("href") or ""))
    expect(anybody.get_by_text(TIP)).to_be_visible()
    expect(anybody.get_by_text("Ada")).to_have_count(0)
    console.get_by_role("button", name="Switch it off").click()
    expect(console.get_by_role("button", name="Make a public version")).to_be_visible()
    anybody.reload()
    expect(anybody.get_by_role("heading", name="There is nothing here")).to_be_visible()
