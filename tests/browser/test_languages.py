"""The screens in German, whose words are long, and in Arabic, from right to left: nothing is cut, nothing English."""

import re
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
  const seen = (at) => at.checkVisibility() && !at.closest("script, style, noscript, [lang]:not(html)");
  const texts = [document.title];
  while (walk.nextNode()) {
    const { parentElement: at, data } = walk.currentNode;
    if (seen(at)) texts.push(data.trim());
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"]) {
    for (const at of document.querySelectorAll(`[${name}]`)) if (seen(at)) texts.push(at.getAttribute(name).trim());
  }
  return texts;
}"""
# What stands in a text for something else, in Python's way and in that of the screens.
GAP = re.compile(r"%\(\w+\)[sd]|\\{\w+\\}")


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
    # Of both directions, with a figure at the end.
    begun.ada.ask("PATCH", "me/", {"name": "Ada مصطفى (2)"}).raise_for_status()
    begun.ben.ask("PATCH", "me/", {"name": "بن Ben", "spot": "الطاولة 4, blue scarf"}).raise_for_status()
    yield begun
    begun.close()


def untranslated(language: str) -> re.Pattern[str]:
    """English texts of the catalogues that are other ones in this language, and none of the programme's."""
    said_by_hosts = (ROOT / people.FOUNDING).read_text()
    texts = {
        text
        for domain in DOMAINS
        for entry in read(language, domain)
        for text in (entry.id if isinstance(entry.id, tuple) else (entry.id,))
        if entry.string not in ("", ("",), entry.id) and f'"{text}"' not in said_by_hosts
    }
    # With a few words of its own beside what is put in: “{name}: {count}” is English in every language.
    wordy = [text for text in texts if len(re.sub(r"\W", "", GAP.sub("", re.escape(text)))) > 3]
    return re.compile("|".join(GAP.sub(".+", re.escape(text)) for text in wordy))


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
        english = sorted({text for text in page.evaluate(TEXTS) if self.english.fullmatch(text)})
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


def test_every_page_of_the_crew_in_its_language(evening: Evening, screens: Screens, language: str) -> None:
    """On a laptop and on a phone, with what opens on each page."""
    look = Look(language)
    hana, code = evening.hana, evening.code
    hana.press("start")
    hana.ask("PATCH", f"crew/members/{member_of(hana)}/", {"role": "host"}).raise_for_status()
    link = hana.ask("POST", "crew/invitations/", {"role": "moderator"}).raise_for_status().json()["link"]

    def at_both(page: Page, name: str) -> None:
        for width, height in ((1280, 800), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            look.at(page, f"{name}-{width}")

    page = screens.open("/console/", hana, "console", locale=language)
    page.locator(".event-row").first.wait_for()
    at_both(page, "home")
    page.locator(".event-row button").last.click()
    at_both(page, "home-more")
    page.keyboard.press("Escape")
    page.locator("header .button.primary").click()
    at_both(page, "home-new")
    page.goto(f"{hana.base}/console/{code}/programme/")
    page.locator(".segment-toggle").first.click()
    page.locator(".segment-body").wait_for()
    at_both(page, "editor")
    page.goto(f"{hana.base}/console/{code}/crew/")
    page.locator(".list-row").first.wait_for()
    at_both(page, "crew")
    page.locator(".row.between .button.primary").click()
    at_both(page, "crew-invite")
    page.locator("dialog .button.primary").click()
    page.locator("dialog svg path").first.wait_for()
    at_both(page, "crew-link")
    page.goto(f"{hana.base}/console/{code}/rehearsal/")
    expect(page.locator("#offset .verdict")).not_to_be_empty()
    at_both(page, "preflight")

    door = screens.open(hana.base + link, size="console", locale=language)
    door.locator("form").wait_for()
    at_both(door, "invitation")
    door.goto(f"{hana.base}/sign-in/")
    door.locator("summary").click()
    at_both(door, "sign-in")
    phone = screens.open(f"/{code}/hand-over/", evening.ada, locale=language)
    phone.locator(".move-words li").first.wait_for()
    at_both(phone, "hand-over")
    door.goto(f"{hana.base}/{code}/move/")
    door.locator("form").wait_for()
    at_both(door, "move")
    assert look.wrong == {}


def member_of(person: people.Person) -> str:
    """The id of the other one of the crew."""
    crew = person.ask("GET", "crew/").raise_for_status().json()["members"]
    return next(one["id"] for one in crew if one["name"] != person.name)
