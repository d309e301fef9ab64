"""The pictures of the README, taken of a real evening: `python -m tests.browser.pictures`, written to `docs/`."""

import os
import re
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

from socialhub.static import collect
from tests.servers import daphne, people
from tests.servers.chromium import Screens, chromium
from tests.servers.people import Evening, Person

DOCS = daphne.ROOT / "docs"
THEMES = {
    "Authorship, early": (
        "Agree on authorship early and write it down",
        "Decide authorship order in the first meeting",
        "Discuss authorship before the work starts",
    ),
    "Short, regular calls": (
        "Meet every week, even for ten minutes",
        "A short weekly meeting keeps everybody going",
        "Una llamada corta cada semana",
    ),
    "Open from day one": (
        "Share the code early and often",
        "Publish your code from the first day",
        "从第一天起就公开代码",
    ),
}
WAITING, LATE = "Say thank you in public", "Write down who does what before you begin"
CROWD = ("Mira Okafor", "Jun", "Sofía", "Lev", "Priya", "Tomasz", "Amara", "Noor", "Inês", "Kofi")


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialhub.settings")
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
    expect(phone.get_by_role("heading", name="You're with")).to_be_visible()
    phone.get_by_role("button", name=re.compile("We found each other")).click()
    expect(phone.get_by_text("You have met")).to_be_visible()
    for page, name in ((phone, "phone"), (console, "console"), (stage, "stage")):
        keep(page, name)
    exercise(evening, crowd)
    queue = screens.open(f"/console/{evening.code}/tips/", evening.mo, "console", color_scheme="light")
    expect(queue.get_by_text(LATE)).to_be_visible()
    keep(queue, "moderation")
    console.get_by_role("button", name="Themes on the stage").click()
    expect(stage.locator(".theme-card")).to_have_count(len(THEMES))
    keep(stage, "themes")
    evening.hana.press("next")
    evening.hana.press("end")
    phone.goto(f"{evening.ada.base}/{evening.code}/keepsake/")
    expect(phone.get_by_text("Authorship, early").first).to_be_visible()
    keep(phone, "keepsake")


def exercise(evening: Evening, crowd: list[Person]) -> None:
    """The wall is full, three themes have emerged, and two notes wait."""
    programme = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]["programme"]
    segment = next(one["id"] for one in programme["segments"] if one["kind"] == "group_exercise")
    evening.hana.press("enter", segment=segment)
    wall = f"walls/{segment}/"
    people = iter(crowd)
    for name, texts in THEMES.items():
        shown = []
        for text in texts:
            answer = next(people).ask("POST", f"{wall}tips/", {"text": text}).raise_for_status().json()
            shown.append(answer["tip"]["id"])
        evening.mo.ask("POST", f"{wall}approvals/", {"tips": shown}).raise_for_status()
        evening.hana.ask("POST", f"{wall}themes/", {"name": name, "tips": shown}).raise_for_status()
    for person, text in zip((evening.ada, evening.ben), (WAITING, LATE), strict=True):
        person.ask("POST", f"{wall}tips/", {"text": text}).raise_for_status()


def keep(page: Page, name: str) -> None:
    page.evaluate("scrollTo(0, 0)")
    # The slow wash of colours is over by then.
    page.wait_for_timeout(1200)
    page.screenshot(path=DOCS / f"{name}.png")


if __name__ == "__main__":
    main()
