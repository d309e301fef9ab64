"""The three screens of a real server open in a real browser, without a complaint of theirs."""

import pytest

from tests.servers.chromium import Screens, barriers, shoot
from tests.servers.people import Evening

pytestmark = pytest.mark.browser


def test_the_three_screens_follow_one_press(evening: Evening, screens: Screens) -> None:
    console = screens.open(f"/console/{evening.code}/", evening.hana, "console")
    phone = screens.open(f"/{evening.code}/", evening.ada)
    stage = screens.open(evening.hana.base + evening.stage, size="stage")
    for page in (console, phone, stage):
        page.wait_for_load_state("networkidle")
    evening.hana.press("start")
    for page, name in ((console, "console"), (phone, "phone"), (stage, "stage")):
        page.get_by_text("Icebreaker").first.wait_for()
        shoot(page, name)
        assert barriers(page) == [], name
