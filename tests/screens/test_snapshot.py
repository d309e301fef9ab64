"""What the page brings along is what the socket would bring: the same documents, no more, for a constant price."""

import secrets
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.events import actions, kinds, stage
from apps.live import queries
from tests.events.conftest import Social

pytestmark = pytest.mark.django_db


def test_the_snapshot_of_a_page_is_the_streams_own(browser: Any, social: Social, page_json: Any) -> None:
    social.press("start")
    page = page_json(browser(crew=social.hana).get("/console/BCDFG/"))
    for alias, name in {
        "public": "BCDFG/public",
        "crew": "BCDFG/crew",
        "me": f"BCDFG/member/{social.hana.public_id}",
    }.items():
        stored = queries.snapshot(name)
        brought = page["snapshot"]["streams"][alias]
        assert (brought["epoch"], brought["version"]) == (stored.epoch, stored.version)
        assert sorted(brought["documents"]) == sorted(stored.documents)
    assert page["snapshot"]["streams"]["public"]["documents"]["now"]["state"] == "live"


def test_nobody_is_brought_what_is_not_theirs(browser: Any, social: Social, elsewhere: Social) -> None:
    """Canary: words that only the crew, or only one attendee, may read."""
    canary = secrets.token_hex(8)
    actions.edit(social.event, social.ben, spot=canary)
    address = stage.address(social.event)
    not_entitled = {
        "ada": browser(device="device-of-ada").get("/BCDFG/"),
        "visitor": browser().get("/BCDFG/"),
        "zoe": browser(device="device-of-zoe").get("/BCDFG/"),
        "stage": browser().get(address),
        "hedda": browser(crew=elsewhere.hana).get("/console/ZZZZZ/"),
    }
    assert {name: canary.encode() in page.content for name, page in not_entitled.items()} == dict.fromkeys(
        not_entitled, False
    )
    entitled = [browser(device="device-of-ben").get("/BCDFG/"), browser(crew=social.mo).get("/console/BCDFG/")]
    assert [canary.encode() in page.content for page in entitled] == [True, True]


def test_the_stages_address_is_not_told_to_phones(browser: Any, social: Social) -> None:
    assert stage.token(social.event).encode() not in browser(device="device-of-ada").get("/BCDFG/").content


def test_the_device_cookie_is_in_no_page(browser: Any, social: Social) -> None:
    ada = browser(device="device-of-ada")
    assert b"device-of-ada" not in ada.get("/BCDFG/").content


@pytest.mark.parametrize("screen", ["phone", "console", "stage", "door"])
def test_a_page_costs_the_same_for_three_people_and_for_thirty(browser: Any, social: Social, screen: str) -> None:
    asking = {
        "phone": lambda: browser(device="device-of-ada").get("/BCDFG/"),
        "console": lambda: browser(crew=social.hana).get("/console/BCDFG/"),
        "stage": lambda: browser().get(stage.address(social.event)),
        "door": lambda: browser().get("/BCDFG/"),
    }[screen]

    def cost() -> int:
        with CaptureQueriesContext(connection) as spent:
            assert asking().status_code == 200
        return len(spent)

    asking()
    few = cost()
    for number in range(27):
        actions.join(social.event, f"device-{number}", name=f"Guest {number}")
    assert cost() == few


def test_words_in_a_page_cannot_end_its_script(browser: Any, social: Social, page_json: Any) -> None:
    nasty = "</script><script>alert(1)</script><!--"
    actions.edit(social.event, social.ada, spot=nasty)
    response = browser(device="device-of-ada").get("/BCDFG/")
    assert nasty.encode() not in response.content
    assert page_json(response)["snapshot"]["streams"]["me"]["documents"]["attendee"]["spot"] == nasty


def test_kinds_lead_to_their_modules(
    browser: Any, social: Social, page_json: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(kinds.KINDS, "poll", kinds.Kind("poll", "Poll", script="poll/poll.js"))
    page = page_json(browser(device="device-of-ada").get("/BCDFG/"))
    assert page["kinds"]["poll"] == f"{settings.STATIC_URL}poll/poll.js"
    assert "break" not in page["kinds"]
