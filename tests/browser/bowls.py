"""An open-mic on its screens: who opens them, what is pressed there, and where the evening stands."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.servers import people
from tests.servers.chromium import Screens
from tests.servers.daphne import Server
from tests.servers.people import Evening, Person


@pytest.fixture
def evening(server: Server, founding_programme: Path, tmp_path: Path) -> Iterator[Evening]:
    """The founding event, whose bowls show their seeds as soon as they are closed."""
    programme = tmp_path / "programme.toml"
    text = founding_programme.read_text()
    programme.write_text(text.replace("story_minutes = 4", "story_minutes = 4\nseed_after_seconds = 0"))
    begun = people.evening(server, str(programme))
    yield begun
    begun.close()


@pytest.fixture
def phones(screens: Screens, evening: Evening) -> Iterator[dict[str, Page]]:
    """Ada, Ben, who is remote, and three more; by name."""
    more = [Person(name, evening.server.other, evening.code).join() for name in ("Cleo", "Dan", "Eva")]
    evening.hana.press("start")
    yield {one.name: screens.open(f"/{evening.code}/", one) for one in (evening.ada, evening.ben, *more)}
    for person in more:
        person.client.close()


@pytest.fixture
def console(screens: Screens, evening: Evening) -> Page:
    return screens.open(f"/console/{evening.code}/", evening.hana, "console")


@pytest.fixture
def stage(screens: Screens, evening: Evening) -> Page:
    return screens.open(evening.server.base + evening.stage, size="stage")


def press(screen: Page | Locator, name: str) -> None:
    screen.get_by_role("button", name=name, exact=True).click()


def beside(phone: Page, title: str) -> Locator:
    return phone.locator(".bowl-beside").filter(has_text=title)


def draw(console: Page, button: str = "Draw a name") -> str:
    press(console, button)
    return console.get_by_role("group", name="Called").locator("strong").inner_text()


def bowl_of(evening: Evening, place: int = 1) -> dict[str, Any]:
    documents = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
    return documents[f"bowl/{documents['programme']['segments'][place]['id']}"]


def speaking(evening: Evening, name: str = "Ada") -> dict[str, Any]:
    """The open-mic is on and this person, alone in the bowl, tells the story; its turn."""
    person = getattr(evening, name.lower())
    evening.hana.press("start")
    evening.hana.press("next")
    here = f"bowls/{bowl_of(evening)['segment']}/"
    person.ask("PUT", f"{here}slips/mine/", {}).raise_for_status()
    evening.hana.ask("POST", f"{here}draws/", {"after": 0}).raise_for_status()
    return evening.hana.ask("PUT", f"{here}draws/1/turn/").raise_for_status().json()["draw"]["turn"]


def milliseconds(instant: str) -> int:
    return round(datetime.fromisoformat(instant).timestamp() * 1000)
