"""Five phones at the group exercise, and what a hand does there."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.servers.chromium import Screens
from tests.servers.people import Evening, Person

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


def segment_of(evening: Evening) -> str:
    return str(documents_of(evening)["now"]["segment"])


def step_of(evening: Evening) -> int:
    return int(documents_of(evening)["now"]["step"])


def documents_of(evening: Evening) -> dict[str, Any]:
    return evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
