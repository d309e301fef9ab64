"""The pictures of the README, taken of a real evening: `python -m tests.browser.pictures`, written to `docs/`."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

from socialhub.static import collect
from tests.servers import daphne, people
from tests.servers.chromium import Screens, chromium
from tests.servers.people import Evening, Person

DOCS = daphne.ROOT / "docs"
CROWD = ("Mira Okafor", "Jun", "Sofía", "Lev", "Priya", "Tomasz", "Amara", "Noor", "Inês", "Kofi")


def main() -> None:
    import django

    django.setup()
    collect()
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, daphne.on_sqlite(Path(folder)) as server, chromium() as browser:
        evening, screens = people.evening(server), Screens(browser)
        crowd = [Person(name, server.other, evening.code).join(spot="by the window") for name in CROWD]
        take(screens, evening, crowd)
        screens.close()
        for person in crowd:
            person.client.close()
        evening.close()


def take(screens: Screens, evening: Evening, crowd: list[Person]) -> None:
    phone = screens.open(f"/{evening.code}/", crowd[0], color_scheme="light")
    console = screens.open(f"/console/{evening.code}/", evening.hana, "console", color_scheme="light")
    stage = screens.open(evening.server.base + evening.stage, size="stage")
    expect(stage.get_by_text("What is ML Collective")).to_be_visible()
    evening.hana.press("start")
    console.get_by_role("button", name="Open a round").click()
    expect(phone.get_by_text("You're with")).to_be_visible()
    phone.get_by_role("button", name=re.compile("We found each other")).click()
    expect(phone.get_by_text("You have met")).to_be_visible()
    for page, name in ((phone, "phone"), (console, "console"), (stage, "stage")):
        keep(page, name)


def keep(page: Page, name: str) -> None:
    # The slow wash of colours is over by then.
    page.wait_for_timeout(1200)
    page.screenshot(path=DOCS / f"{name}.png")


if __name__ == "__main__":
    main()
