"""From the host's press to the last phone's painted state.

    python -m tests.bench.path [--phones 1000] [--presses 9] [--quick]

Hana shows another question. The clock starts before her request leaves, so HTTP, the rules, the commit, the hub and the
socket are inside. A thousand phones are sockets in this process with a reducer in Python: theirs is the time until the
frame was read, parsed and applied. Four real pages in Chromium (two phones, the stage, a console; the scripts as they
ship) tell when the frame with the new question on it was painted, on the cores that serve and read as well.
"""

import time

from playwright.sync_api import Page

from tests.bench import report
from tests.bench.installation import Installation, Line, installation, middle_of
from tests.bench.phones import Phones, spread
from tests.servers.chromium import Screens, chromium

WARM_UP = 2

# A task posted from an animation frame runs once that frame was handed to be shown.
AWAIT_PAINT = """wanted => { window.paintedAt = new Promise((resolve) => {
  const posted = () => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
    channel.port2.postMessage(null);
  };
  const look = () => {
    if (!document.body.textContent.includes(wanted)) return;
    observer.disconnect();
    requestAnimationFrame(posted);
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}); }"""


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--presses", type=int, default=9)
    options = parser.parse_args()
    if options.quick:
        options.phones, options.presses = 30, 3
    with installation() as running, chromium(whole=True) as browser:
        running.seed(options.phones)
        screens = Screens(browser)
        rows = measured(running, screens, options.presses)
        screens.close()
        assert not screens.complaints, screens.complaints
    report.write("path", rows)


def measured(running: Installation, screens: Screens, presses: int) -> list[report.Row]:
    evening, base = running.evening, running.server.base
    pages = {
        "phone in Chromium: painted": screens.open(f"/{running.code}/", evening.ada),
        "another phone in Chromium: painted": screens.open(f"/{running.code}/", evening.ben),
        "stage in Chromium: painted": screens.open(base + evening.stage, size="stage"),
        "console in Chromium: painted": screens.open(f"/console/{running.code}/", evening.hana, "console"),
    }
    phones = Phones(running.port, reduces=True)
    crowd = running.crowd()
    phones.arrive(crowd)
    prompts = next(segment["prompts"] for segment in running.segments if len(segment["prompts"]) > 1)
    running.enter(next(segment["kind"] for segment in running.segments if segment["prompts"] is prompts))
    phones.rest(2)
    line, answered, last, all_of_them = Line.of(evening.hana), [], [], []
    painted: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(WARM_UP + presses):
        prompt = prompts[(turn + 1) % 2]
        step = crowd[0].held["public"].documents["now"]["step"]  # type: ignore[index]
        for page in pages.values():
            page.evaluate(AWAIT_PAINT, prompt["text"])
        body = {"verb": "show_prompt", "from_step": step, "prompt": prompt["id"]}
        wall = time.time() * 1000
        begun, heard = phones.mark(
            b'"step":%d,' % (step + 1), lambda body=body: line.send("POST", "moves/", body), len(crowd)
        )
        line.answer()
        answer_ms = (time.monotonic_ns() - begun) / 1e6
        times = {name: paint(page) - wall for name, page in pages.items()}
        assert all(phone.held["public"].documents["now"]["step"] == step + 1 for phone in crowd)  # type: ignore[index]
        phones.rest(0.5)
        if turn >= WARM_UP:
            delays = [(at - begun) / 1e6 for at in heard.values()]
            answered.append(answer_ms)
            last.append(max(delays))
            all_of_them += delays
            for name, found in times.items():
                painted[name].append(found)
    rows: list[report.Row] = [
        {"what": f"{len(crowd)} phones: read and applied", **spread(all_of_them), "last_ms": middle_of(last)},
        *({"what": name, **spread(found)} for name, found in painted.items()),
    ]
    return [{"presses": presses, **row} for row in rows]


def paint(page: Page) -> float:
    """Milliseconds of the wall's clock."""
    return page.evaluate("() => window.paintedAt")


if __name__ == "__main__":
    main()
