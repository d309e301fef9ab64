"""How smooth a wall of two thousand tips is: `python -m tests.bench.wall [--tips 2000] [--seconds 5]`.

Real pages in Chromium: a phone whose CPU is slowed down four times, scrolled by a thumb that never rests, and a stage.
Meanwhile a tip is approved every half a second. Figures are the times between frames; 16.7 ms is smooth. `busy` is the
share of frames that took longer than 50 ms. The phone is measured as it opens, and with every last tip unfolded.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.bench import report
from tests.bench.installation import Installation, Line, installation
from tests.bench.phones import spread
from tests.servers.chromium import Screens, chromium

SLOWER = 4
TIP_SECONDS = 0.5
UNFOLD = ".phone-wall > .button.wide"

# Scrolls down by a swift thumb's speed and starts again at the top; says how long each frame took.
FRAMES = """({ seconds, pixels }) => new Promise((resolve) => {
  const times = [];
  const end = performance.now() + seconds * 1000;
  let last;
  const frame = (now) => {
    if (last !== undefined) times.push(now - last);
    last = now;
    if (pixels) {
      const before = window.scrollY;
      window.scrollBy({ top: pixels, behavior: "instant" });
      if (window.scrollY === before) window.scrollTo({ top: 0, behavior: "instant" });
    }
    if (now < end) requestAnimationFrame(frame);
    else resolve(times);
  };
  requestAnimationFrame(frame);
})"""
UNFOLD_ALL = """async (selector) => {
  const times = [];
  for (let button; (button = document.querySelector(selector)); ) {
    const before = performance.now();
    button.click();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    times.push(performance.now() - before);
  }
  return times;
}"""


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--tips", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    if options.quick:
        options.tips, options.seconds = 100, 2
    with installation() as running, chromium(whole=True) as browser:
        segment = running.enter("group_exercise")
        running.seed(200, options.tips)
        screens = Screens(browser)
        writer = Writer(running, segment)
        rows = measured(running, screens, writer, options.seconds)
        screens.close()
        assert not screens.complaints, screens.complaints
    report.write("wall", [{"tips": options.tips, **row} for row in rows])


class Writer:
    """Writes and approves a tip every half a second, in a thread; Playwright needs its own."""

    def __init__(self, running: Installation, segment: str) -> None:
        self.running, self.path, self.number = running, f"walls/{segment}/tips/", 0
        self.mo = Line.of(running.evening.mo)

    @contextmanager
    def writing(self) -> Iterator[None]:
        enough = threading.Event()
        thread = threading.Thread(target=self.write, args=[enough])
        thread.start()
        yield
        enough.set()
        thread.join()

    def write(self, enough: threading.Event) -> None:
        while not enough.wait(TIP_SECONDS):
            cookie = self.running.cookies[self.number % len(self.running.cookies)]
            author = Line(self.running.server.base, self.running.evening.mo.api, cookie)
            self.number += 1
            author.send("POST", self.path, {"text": f"A tip that comes while everybody reads, number {self.number}"})
            tip = author.answer()["tip"]["id"]
            self.mo.send("PUT", f"{self.path}{tip}/decision/", {"verb": "approve"})
            self.mo.answer()


def measured(running: Installation, screens: Screens, writer: Writer, seconds: float) -> list[report.Row]:
    rows: list[report.Row] = []

    def look(what: str, page: Page, pixels: int) -> None:
        with writer.writing():
            times: list[float] = page.evaluate(FRAMES, {"seconds": seconds, "pixels": pixels})
        busy = sum(time > 50 for time in times) / len(times)
        rows.append({"what": what, **spread(times), "busy": round(busy, 3), "notes": page.locator(".note").count()})

    stage = with_notes(screens.open(running.server.base + running.evening.stage, size="stage"))
    look("stage", stage, 0)
    stage.context.close()
    phone = with_notes(screens.open(f"/{running.code}/", running.evening.ada))
    phone.context.new_cdp_session(phone).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    look(f"phone, {SLOWER} times slower", phone, 25)
    presses: list[float] = phone.evaluate(UNFOLD_ALL, UNFOLD)
    rows.append({"what": "one press of “Show 40 more”", **spread(presses or [0.0])})
    look("phone, every tip unfolded", phone, 25)
    return rows


def with_notes(page: Page) -> Page:
    page.locator(".note").first.wait_for()
    page.wait_for_timeout(1500)
    return page


if __name__ == "__main__":
    main()
