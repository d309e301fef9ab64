"""The screens in German, whose words are long, and in Arabic, from right to left: nothing is cut, nothing English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.servers import people
from tests.servers.chromium import Screens, barriers, shoot
from tests.servers.daphne import ROOT, Server
from tests.servers.people import Evening
from tests.site.messages import DOMAINS, read

pytestmark = [pytest.mark.browser, pytest.mark.looks]

# Buttons that show less than their whole text; those that say so themselves (`cut`) are meant.
CUT = """() => [...document.querySelectorAll("button, a.button, .badge, label, th")]
  .filter((one) => one.checkVisibility() && !one.closest(".cut, .hidden-text") && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.trim())"""
TEXTS = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) {
    const { parentElement: at, data } = walk.currentNode;
    if (at.checkVisibility() && !at.closest("script, style, noscript, [lang]:not(html)")) texts.push(data.trim());
  }
  return texts;
}"""


@pytest.fixture(params=["de", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def evening(server: Server, tmp_path: Path, language: str) -> Iterator[Evening]:
    programme = tmp_path / "programme.toml"
    programme.write_text(f'language = "{language}"\n{(ROOT / people.FOUNDING).read_text()}')
    begun = people.evening(server, str(programme))
    for person in (begun.ada, begun.hana):
        person.client.cookies.set("language", language, domain="127.0.0.1")
    yield begun
    begun.close()


def untranslated(language: str) -> set[str]:
    """Plain English texts of the catalogues that are other ones in this language, and none of the programme's."""
    said_by_hosts = (ROOT / people.FOUNDING).read_text()
    return {
        entry.id
        for domain in DOMAINS
        for entry in read(language, domain)
        if isinstance(entry.id, str)
        and len(entry.id) > 3
        and entry.string not in ("", entry.id)
        and f'"{entry.id}"' not in said_by_hosts
    }


class Look:
    """Opens screens and keeps what is wrong with them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.english = untranslated(language)
        self.wrong: dict[str, object] = {}

    def at(self, page: Page, name: str, *, closely: bool = False) -> None:
        root = page.locator("html")
        direction = "rtl" if self.language == "ar" else "ltr"
        assert (root.get_attribute("lang"), root.get_attribute("dir")) == (self.language, direction), name
        page.evaluate("document.fonts.ready.then(() => true)")
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        english = sorted(self.english & set(page.evaluate(TEXTS)))
        found = (too_wide, page.evaluate(CUT), english, barriers(page) if closely else [])
        if found != (0, [], [], []):
            self.wrong[name] = found
        shoot(page, f"{self.language}-{name}")


def test_every_screen_in_its_language(evening: Evening, screens: Screens, language: str) -> None:
    look = Look(language)
    door = screens.open(f"{evening.ada.base}/{evening.code}/", locale="en-US")
    phone = screens.open(f"/{evening.code}/", evening.ada)
    stage = screens.open(evening.hana.base + evening.stage, size="stage")
    console = screens.open(f"/console/{evening.code}/", evening.hana, size="console")
    small = screens.open(f"/console/{evening.code}/", evening.hana, viewport={"width": 360, "height": 740})
    expect(door.locator("form")).to_be_visible()
    look.at(door, "door")
    phone.locator(".dock button").last.click()
    expect(phone.locator("dialog form")).to_be_visible()
    look.at(phone, "you", closely=True)
    phone.reload()
    look.at(stage, "stage-before")
    for name, verb in (("icebreaker", "start"), ("bowl", "next"), ("horror", "next"), ("tips", "next")):
        evening.hana.press(verb)
        if name == "horror":
            continue
        if name == "icebreaker":
            # Ben has no screen here: only who was heard from lately is matched.
            evening.ben.say_hello()
            evening.hana.ask("POST", "rounds/", {"after": 0}).raise_for_status()
        hue = {"icebreaker": "coral", "bowl": "leaf", "tips": "sun"}[name]
        shown = ((phone, "phone"), (stage, "stage"), (console, "console"), (small, "small"))
        for page, screen in shown[:1] if name == "bowl" else shown:
            expect(page.locator("html")).to_have_attribute("data-hue", hue)
            page.locator("main, section").first.wait_for()
            page.wait_for_load_state("networkidle")
            look.at(page, f"{name}-{screen}", closely=name == "tips" and screen != "small")
    tips = screens.open(f"/console/{evening.code}/tips/", evening.hana, size="console")
    expect(tips.get_by_role("heading").first).to_be_visible()
    look.at(tips, "moderation")
    evening.hana.press("next")
    evening.hana.press("end")
    expect(phone.locator("h1.huge")).to_be_visible()
    look.at(phone, "ended-phone")
    for name, path in (("keepsake", "{}/keepsake/"), ("report", "console/{}/report/"), ("language", "language/")):
        person = evening.hana if name == "report" else evening.ada
        look.at(screens.open(f"/{path.format(evening.code)}", person), name, closely=name == "keepsake")
    assert look.wrong == {}
    assert screens.complaints == []
