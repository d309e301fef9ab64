"""Ada moves from one phone to another and goes on where she was; the old one says so, with what it could not send."""

import pytest
from playwright.sync_api import Page, expect

from apps.screens.qr import svg
from tests.servers.chromium import Screens, barriers, meddle, shoot
from tests.servers.people import Evening

pytestmark = pytest.mark.browser

SENT, UNSENT = "Write down what you agreed on", "Say thank you in public"


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Stick it on the wall").click()


def test_ada_goes_on_with_another_phone(evening: Evening, screens: Screens) -> None:
    hana, ada, code = evening.hana, evening.ada, evening.code
    hana.press("start")
    programme = hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]["programme"]
    hana.press("enter", segment=programme["segments"][3]["id"])
    old = screens.open(f"/{code}/", ada)
    write(old, SENT)
    expect(old.get_by_text(SENT)).to_be_visible()
    old.get_by_role("button", name="You", exact=True).click()
    shoot(old, "handover-you")
    old.get_by_role("link", name="Move to another phone").click()
    words = old.locator(".move-words li")
    expect(words).to_have_count(3)
    address = f"{ada.base}/{code}/move/#{'-'.join(words.all_inner_texts())}"
    image = ada.client.get(f"/{code}/hand-over/code.svg")
    assert (image.headers["Content-Type"], image.text) == ("image/svg+xml", svg(address))
    assert old.get_by_alt_text("QR code to go on with another phone").evaluate("image => image.naturalWidth > 0")
    assert (barriers(old), fits(old)) == ([], True)
    shoot(old, "handover-offering")

    # What is typed after the offer, without a network, is nowhere but here.
    dead = old.context.new_page()
    dead.goto(f"{ada.base}/{code}/")
    meddle(dead, "**/api/**", lambda route: route.abort())
    write(dead, UNSENT)
    expect(dead.get_by_text("Your phone keeps it")).to_be_visible()

    new = screens.open(address)
    assert "#" not in new.url
    assert (barriers(new), fits(new)) == ([], True)
    shoot(new, "handover-taking")
    new.get_by_label("The three words on your other phone").fill("river river river")
    new.get_by_role("button", name="Go on here").click()
    expect(new.get_by_role("alert")).to_contain_text("These words open nothing.")
    shoot(new, "handover-refused")
    new.get_by_label("The three words on your other phone").fill(" ".join(address.split("#")[1].split("-")).title())
    new.get_by_role("button", name="Go on here").click()
    expect(new.get_by_text(SENT)).to_be_visible()
    new.get_by_role("button", name="You", exact=True).click()
    expect(new.get_by_label("Your name")).to_have_value("Ada")

    for page in (old, dead):
        expect(page.get_by_role("heading", name="You have moved to another phone")).to_be_visible()
    old.reload()
    expect(old.get_by_text(UNSENT)).to_be_visible()
    assert (barriers(old), fits(old)) == ([], True)
    shoot(old, "handover-left")
    old.get_by_role("button", name="Join here as somebody else").click()
    expect(old.get_by_role("button", name="Join", exact=True)).to_be_visible()
    assert old.evaluate("Object.keys(localStorage).filter(name => name.startsWith('outbox/'))") == []
