"""Whoever tries codes is slowed at every door, and nobody else is who comes from the same place."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core import limits
from apps.core.refusal import Refusal
from apps.events.socket import admission
from apps.live.upward import Hello
from tests.events.conftest import Clock, Social

pytestmark = pytest.mark.django_db

# As many as are behind one address in a large hall.
HALL = 1000


def hello(code: str, address: str = "127.0.0.1") -> str:
    """What a phone is told that says hello at this code."""
    scope = {
        "cookies": {},
        "headers": [],
        "client": [address, 5],
        "url_route": {"kwargs": {"code": code}},
        "user": None,
    }
    try:
        admission(scope, Hello("phone"))
    except Refusal as refusal:
        return refusal.code
    return "heard"


def test_a_hall_with_last_weeks_code_and_one_troll_in_it(social: Social, browser: Any, moment: Clock) -> None:
    limits.spend(limits.CODE_MISS, "127.0.0.1", HALL - 4)
    visitor = browser()
    doors = {
        "the code field": lambda code: visitor.get("/", {"code": code}).status_code,
        "a page": lambda code: visitor.get(f"/{code}/").status_code,
        "the API": lambda code: visitor.ask("GET", f"events/{code}/").status_code,
        "a socket": lambda code: hello(code),
    }
    assert [ask("QQQQQ") for ask in doors.values()] == [404, 404, 404, "not_here"]
    assert [ask("QQQQQ") for ask in doors.values()] == [429, 429, 429, "too_many"]
    # Who has the right one comes in by every door, however often, and joins.
    assert [ask("BCDFG") for ask in doors.values()] == [302, 200, 200, "not_joined"]
    cleo = browser(device="device-of-cleo")
    assert cleo.ask("POST", "events/BCDFG/attendees/", {"name": "Cleo"}).status_code == 201
    # Elsewhere nobody has tried anything, and here it is forgotten soon.
    assert hello("QQQQQ", "203.0.113.7") == "not_here"
    moment.advance(minutes=1)
    assert [ask("QQQQQ") for ask in doors.values()] == [404, 404, 404, "not_here"]


def test_what_is_said_on_a_page(social: Social, browser: Any, moment: Clock) -> None:
    limits.spend(limits.CODE_MISS, "127.0.0.1", HALL)
    for page in ("/QQQQQ/", "/?code=qqqqq"):
        assert "Many wrong codes were tried from here." in browser().get(page).content.decode()
    # Going on costs no more writes.
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser().get("/QQQQQ/").status_code == 429
    assert not [one["sql"] for one in asked if not one["sql"].startswith("SELECT")]


def test_the_crew_learns_nothing_of_codes_and_pays_nothing(social: Social, browser: Any, moment: Clock) -> None:
    limits.spend(limits.CODE_MISS, "127.0.0.1", HALL)
    hana = browser(crew=social.hana)
    assert hana.ask("GET", "events/QQQQQ/crew/").json()["code"] == "not_here"
    assert hana.ask("GET", "events/BCDFG/crew/").status_code == 200
