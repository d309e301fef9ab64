"""The clock of a story: the same second on screens whose clocks are wrong, and a story that runs over."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.servers.chromium import Screens, shoot
from tests.servers.people import Evening

from .bowls import console, evening, milliseconds, speaking, stage
from .test_founding import cut_lines

__all__ = ["console", "evening", "stage"]
pytestmark = pytest.mark.browser

ALLOWED_MILLISECONDS = 200
SERVER_NOW = 'import("/static/screens/clock.js").then((clock) => clock.serverNow())'
# Resolves once the second that a screen shows is the one that is left by the server's clock.
SAME_SECOND = """async ([ring, ends]) => {
    const { serverNow } = await import("/static/screens/clock.js");
    const { figures } = await import("/static/screens/parts/now.js");
    const shown = () => document.querySelector(ring)?.textContent.trim();
    for (let frame = 0; frame < 600; frame++) {
        if (shown() === figures(ends - serverNow())) return true;
        await new Promise(requestAnimationFrame);
    }
    return `${shown()} and not ${figures(ends - serverNow())}`;
}"""


@pytest.mark.looks
@pytest.mark.parametrize("skew", [-60_000, 60_000], ids=["slow", "fast"])
def test_wrong_clocks_show_the_same_second_also_after_a_reload(
    screens: Screens, evening: Evening, console: Page, stage: Page, skew: int
) -> None:
    ends = milliseconds(speaking(evening)["ends_at"])
    phone = screens.open(f"/{evening.code}/", evening.ada)
    wrong = f"const now = Date.now; Date.now = () => now() + {skew};"
    for screen in (phone, stage, console):
        screen.add_init_script(wrong)
        screen.reload()
    rings = {phone: ".my-turn .figures", stage: ".speaking-foot .figures", console: ".bowl-console .figures"}
    for _time in range(2):
        for screen, ring in rings.items():
            expect(screen.locator(ring)).to_be_visible()
            # A better measure than that of the page itself comes with the first round trip.
            screen.wait_for_timeout(1_500)
            before = time.time() * 1000
            theirs = screen.evaluate(SERVER_NOW)
            after = time.time() * 1000
            assert before - ALLOWED_MILLISECONDS <= theirs <= after + ALLOWED_MILLISECONDS, screen.url
            assert screen.evaluate(SAME_SECOND, [ring, ends]) is True
        phone.context.set_offline(True)
        phone.wait_for_timeout(300)
        phone.context.set_offline(False)
        phone.reload()


def test_a_story_runs_over(screens: Screens, evening: Evening, stage: Page, console: Page) -> None:
    """Screens go on by themselves, here without a line, so that time passes by hand: amber, red, a buzz, a sound."""
    speaking(evening)
    phone = screens.open(f"/{evening.code}/", evening.ada)
    phone.add_init_script("window.buzzes = 0; navigator.vibrate = () => Boolean(++window.buzzes);")
    stage.add_init_script(
        """window.tones = 0;
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) { window.tones++; start.call(this, at); };"""
    )
    rings = {phone: ".my-turn .ring", stage: ".speaking-foot .ring"}
    for screen, ring in rings.items():
        expect(screen.locator(ring)).to_be_visible()
        cut_lines(screen)
        screen.clock.install()
        screen.reload()
        screen.clock.run_for(2_000)
        expect(screen.locator(ring)).not_to_have_class(re.compile("soon|over"))
    stage.keyboard.press("?")
    expect(stage.get_by_text("sound at the end of a story: on")).to_be_visible()
    stage.keyboard.press("Escape")
    for screen, ring in rings.items():
        screen.clock.run_for(3 * 60_000 + 32_000)
        expect(screen.locator(ring)).to_have_class(re.compile("soon"))
        shoot(screen, f"open-mic-soon-{'phone' if screen is phone else 'stage'}")
        assert screen.evaluate("[window.buzzes ?? 0, window.tones ?? 0]") == [0, 0]
        screen.clock.run_for(40_000)
        expect(screen.locator(ring)).to_have_class(re.compile("over"))
        expect(screen.locator(f"{ring} .figures")).to_have_text(re.compile(r"\+0:\d\d"))
        shoot(screen, f"open-mic-over-{'phone' if screen is phone else 'stage'}")
    # Of twenty minutes a little is gone; eight minutes into a story of four, one fewer fits than had it ended in time.
    expect(console.get_by_text("3 more full stories fit")).to_be_visible()
    cut_lines(console)
    console.clock.install()
    console.reload()
    console.clock.fast_forward(8 * 60_000)
    expect(console.get_by_text("2 more full stories fit, 1 fewer, as this one runs over")).to_be_visible()
    assert phone.evaluate("window.buzzes") == 1
    assert stage.evaluate("window.tones") == 2
    stage.keyboard.press("s")
    stage.keyboard.press("?")
    expect(stage.get_by_text("sound at the end of a story: off")).to_be_visible()
