"""A real browser, and what it must never be shown: errors, other hosts, barriers."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright

from .daphne import ROOT
from .people import Person
from .tools import chromium_binary

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Timers of pages in the background are throttled otherwise, and all but one of ours are there.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
SIZES = {
    "phone": {"width": 360, "height": 740},
    "console": {"width": 1280, "height": 800},
    "stage": {"width": 1920, "height": 1080},
}
SHOTS = ROOT / "var" / "shots"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# Whatever moves for ever is not waited for.
SETTLED = """() => Promise.all(document.getAnimations()
  .filter(one => Number.isFinite(one.effect?.getComputedTiming().endTime))
  .map(one => one.finished.catch(() => null)))"""
# Both in one task: a card that comes in between would move the end.
LOOK = """([runOnly, atEnd]) => {
  if (atEnd) scrollTo(0, document.documentElement.scrollHeight);
  return axe.run(document, { runOnly });
}"""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What a page cannot help when a server is away.
NETWORK = re.compile(r"Failed to load resource|WebSocket connection to|net::ERR_")


# Several browsers may share two cores: what is waited for may take its time.
expect.set_options(timeout=20_000)


@contextmanager
def chromium(whole: bool = False) -> Iterator[Browser]:
    """`whole`: as people have it, where what it costs is measured."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_binary(whole), args=FLAGS)
        yield browser
        browser.close()


class Screens:
    """The screens of one test. Whatever a page complains of, policies included, is kept in `complaints`."""

    def __init__(self, browser: Browser, motion: str = "no-preference") -> None:
        self.browser = browser
        self.motion = motion
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, address: str, person: Person | None = None, size: str = "phone", **options: Any) -> Page:
        """A page of its own device at a full address, or at a path on the person's server, with that person's cookies.

        Options are those of a browser context: `color_scheme`, `reduced_motion`, `locale`, `viewport`, ...
        """
        usual = {"viewport": SIZES[size], "has_touch": size == "phone", "reduced_motion": self.motion}
        context = self.browser.new_context(**(usual | options))
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        if person:
            address = address if "://" in address else person.base + address
            cookies = [(cookie.name, cookie.value or "") for cookie in person.client.cookies.jar]
            context.add_cookies([{"name": name, "value": value, "url": person.base} for name, value in cookies])
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self.note(page, message))
        page.goto(address)
        return page

    def note(self, page: Page, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not NETWORK.search(message.text):
            self.complaints.append(f"{page.url}: {message.text}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def barriers(page: Page, at_end: bool = False) -> list[str]:
    """What axe finds against WCAG 2.2 AA, by day and by evening, one line each.

    Evaluated, since our policy allows no foreign script tags. By evening only colours are other ones.
    What a phone's dock covers by half can be scrolled free, and axe counts the half: looked at `at_end`, none is.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = []
    for scheme, rules in (("light", {"type": "tag", "values": STANDARDS}), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)
        # A colour half way through its slow wash is nobody's contrast.
        page.evaluate(SETTLED)
        for violation in page.evaluate(LOOK, [rules, at_end])["violations"]:
            head = f"{scheme}: {violation['id']}: {violation['help']}"
            found += [f"{head}: {node['html'][:160]}" for node in violation["nodes"]]
    return found


def meddle(page: Page, pattern: str, handler: Callable[[Route], object]) -> None:
    """What a page asks from now on goes through `handler`, until `page.unroute(pattern)`.

    Chromium says that it does so before every page knows: a request of the next moments would pass it by. And when the
    last route of a page ends, a request that it let through may end with it: this page keeps one.
    """
    page.route("**/meddled", lambda route: route.fulfill(status=204))
    page.route(pattern, handler)
    page.evaluate("async () => { while ((await fetch('/meddled')).status !== 204); }")


def shoot(page: Page, name: str) -> None:
    """With SHOTS=1, pictures for people to look at, in var/shots: by day and by evening."""
    if not os.environ.get("SHOTS"):
        return
    SHOTS.mkdir(parents=True, exist_ok=True)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        page.screenshot(path=SHOTS / f"{name}-{scheme}.png")
