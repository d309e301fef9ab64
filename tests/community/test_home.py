"""The community's home: what is on whose list, how an event begins, and how it is put away, found or deleted."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.core import limits
from apps.core.idempotency import Answer
from apps.events import actions, shipped
from apps.events.models import Crew, Event
from apps.events.signals import crew_acted
from apps.live import sources
from tests.events.conftest import Browser, Clock, Social
from tests.events.told import assert_said_is_true, stored

pytestmark = pytest.mark.django_db
Opened = Callable[..., Browser]
CARD = {
    "title": "Mixer in May",
    "starts_on": "2027-05-08",
    "starts_at_local": "20:15",
    "timezone": "Africa/Cairo",
    "language": "ar",
}


@pytest.fixture
def deeds() -> Any:
    """What the crew did: `(deed, name)`, in order."""
    heard: list[tuple[str, str]] = []

    def hear(deed: str, by: Crew, **_news: Any) -> None:
        heard.append((deed, by.name))

    crew_acted.connect(hear)
    yield heard
    crew_acted.disconnect(hear)


def create(browser: Browser, body: dict[str, Any], key: str | None = None) -> Event:
    answer = browser.ask("POST", "events/", body, key)
    assert answer.status_code == 201, answer.content
    return Event.objects.get(code=answer.json()["code"])


def test_an_event_from_each_programme_that_ships(social: Social, browser: Opened, deeds: Any) -> None:
    hana = browser(crew=social.hana)
    for name in shipped.NAMES:
        event = create(hana, {"programme": name, **CARD})
        given, whole = shipped.programme(name), actions.programme_of(event)
        assert {key: whole[key] for key in CARD} == CARD
        assert [one["title"] for one in whole["segments"]] == [one["title"] for one in given["segments"]]
        assert whole["segments"][0]["starts_at_local"] == "20:15"
        assert [(one.name, one.role) for one in event.crew.all()] == [("Hana", "host")]
        assert_said_is_true(event.code)
    assert deeds == [("create_event", "Hana")] * 4
    assert len(hana.ask("GET", "events/").json()["events"]) == 5


def test_the_same_wish_twice_is_one_event(social: Social, browser: Opened) -> None:
    hana, body = browser(crew=social.hana), {"programme": "newcomers-mixer", "title": "Secret supper"}
    first = create(hana, body, key="a-key-of-a-new-event")
    assert create(hana, body, key="a-key-of-a-new-event") == first
    assert "Secret" not in str(Answer.objects.get(key="a-key-of-a-new-event").body), "it outlives the event"


def test_a_duplicate_has_the_programme_and_nobody(social: Social, browser: Opened, deeds: Any) -> None:
    social.press("start")
    copy = create(browser(crew=social.hana), {"copy_of": "BCDFG", "starts_on": "2027-01-02"})
    original, whole = actions.programme_of(social.fresh()), actions.programme_of(copy)
    assert whole == {**original, "starts_on": "2027-01-02"}
    assert (copy.attendees.count(), copy.started_at, copy.crew.count()) == (0, None, 1)
    assert deeds == [("create_event", "Hana"), ("duplicate_event", "Hana")]


def test_nobody_duplicates_what_is_not_theirs(social: Social, elsewhere: Social, browser: Opened) -> None:
    for member, code, status in ((social.mo, "BCDFG", 403), (elsewhere.hana, "BCDFG", 404), (social.mo, "XXXXX", 404)):
        assert browser(crew=member).ask("POST", "events/", {"copy_of": code}).status_code == status


def test_a_file_goes_up_and_comes_down_the_same(social: Social, browser: Opened) -> None:
    hana = browser(crew=social.hana)
    down = hana.get("/console/BCDFG/programme.toml")
    assert (down.status_code, down["Content-Disposition"]) == (200, 'attachment; filename="programme-BCDFG.toml"')
    event = create(hana, {"file": down.content.decode()})
    assert actions.programme_of(event) == actions.programme_of(social.event)
    assert hana.get(f"/console/{event.code}/programme.toml").content == down.content


BAD = {
    "no TOML": ({"file": "title ="}, {"file": ["is not TOML: Invalid value (at end of document)"]}),
    "faults": (
        {"file": 'title = "A"\n[[segments]]\nkind = "poll"\ntitle = "B"\nminutes = -1'},
        {
            "segments[0].minutes": ["-1 is less than the minimum of 0"],
            "segments[0].kind": [
                "'poll' is not a kind; there are break, closing, group_exercise, icebreaker, open_mic"
            ],
        },
    ),
    "no day": (
        {"programme": "online-social", "starts_on": "2027-02-30"},
        {"starts_on": ["'2027-02-30' is not a day"]},
    ),
    "no time": (
        {"programme": "online-social", "starts_at_local": "25:00"},
        {"starts_at_local": ["'25:00' is not a time such as '12:45'"]},
    ),
    "no zone": (
        {"copy_of": "BCDFG", "timezone": "Vienna"},
        {"timezone": ["'Vienna' is not a time zone such as 'Europe/Vienna'"]},
    ),
    "nothing to begin with": ({"title": "A"}, {"programme": ["Choose what the event begins with."]}),
    "two at once": (
        {"programme": "online-social", "copy_of": "BCDFG"},
        {"programme": ["Choose what the event begins with."]},
    ),
}


@pytest.mark.parametrize(("body", "fields"), BAD.values(), ids=BAD)
def test_what_is_wrong_stands_beside_what_it_is_about(
    social: Social, browser: Opened, body: dict[str, Any], fields: dict[str, list[str]]
) -> None:
    answer = browser(crew=social.hana).ask("POST", "events/", body)
    assert (answer.status_code, answer.json()["fields"]) == (400, fields)
    assert Event.objects.count() == 1


def test_who_was_revoked_everywhere_makes_no_events(social: Social, browser: Opened) -> None:
    actions.revoke(social.mo)
    assert browser(crew=social.mo).ask("POST", "events/", {"programme": "online-social"}).status_code == 403


def test_an_account_hosts_so_many_and_no_more(social: Social, browser: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.events.actions.programming.EVENTS_PER_ACCOUNT", 2)
    hana = browser(crew=social.hana)
    create(hana, {"programme": "online-social"})
    full = hana.ask("POST", "events/", {"programme": "online-social"})
    assert (full.status_code, full.json()["code"]) == (409, "too_many_events")
    actions.archive(social.event, by=social.hana)
    create(hana, {"programme": "online-social"})


def test_events_are_not_made_in_a_stream(social: Social, browser: Opened, moment: Clock) -> None:
    hana = browser(crew=social.hana)
    codes = [
        hana.ask("POST", "events/", {"programme": "online-social"}).status_code
        for _ in range(limits.EVENT_CREATE.capacity + 1)
    ]
    assert codes == [201] * limits.EVENT_CREATE.capacity + [429]


def test_an_archived_event_is_read_and_nothing_else(social: Social, browser: Opened, deeds: Any) -> None:
    hana = browser(crew=social.hana)
    assert hana.ask("PUT", "events/BCDFG/archive/").json()["archived_at"]
    assert hana.ask("PUT", "events/BCDFG/archive/").status_code == 200
    refused = {
        "move": hana.ask("POST", "events/BCDFG/moves/", {"verb": "start", "from_step": 0}),
        "blank": browser(crew=social.mo).ask("POST", "events/BCDFG/moves/", {"verb": "blank", "from_step": 0}),
        "join": browser(device="device-of-cleo").ask("POST", "events/BCDFG/attendees/", {"name": "Cleo"}),
        "edit": browser(device="device-of-ada").ask("PATCH", "events/BCDFG/me/", {"spot": "here"}),
        "list": hana.ask("PUT", "events/BCDFG/listing/"),
        "stage": hana.ask("POST", "events/BCDFG/stage-links/", {}),
    }
    assert {name: (one.status_code, one.json()["code"]) for name, one in refused.items()} == dict.fromkeys(
        refused, (409, "archived")
    )
    assert stored("BCDFG/public")["now"]["joining"] == "closed"
    assert sources.gather("BCDFG")["BCDFG/public"] == stored("BCDFG/public")
    for address in ("/console/BCDFG/", "/BCDFG/keepsake/", "/console/BCDFG/report/"):
        assert hana.get(address).status_code == 200, address
    assert browser(device="device-of-ada").ask("DELETE", "events/BCDFG/me/").status_code == 204
    assert hana.ask("DELETE", "events/BCDFG/archive/").json()["archived_at"] is None
    assert hana.ask("DELETE", "events/BCDFG/archive/").status_code == 200
    assert stored("BCDFG/public")["now"]["joining"] == "open"
    assert deeds == [("archive_event", "Hana")] * 2


def test_what_runs_is_not_put_away(social: Social, browser: Opened) -> None:
    social.press("start")
    hana = browser(crew=social.hana)
    answer = hana.ask("PUT", "events/BCDFG/archive/")
    assert (answer.status_code, answer.json()["code"]) == (409, "still_live")
    made = social.press("end")["move"]["id"]
    assert hana.ask("PUT", "events/BCDFG/archive/").status_code == 200
    assert hana.ask("DELETE", f"events/BCDFG/moves/{made}/").json()["code"] == "archived", "undo would start it again"


def test_strangers_and_search_engines_see_what_is_listed(social: Social, elsewhere: Social, browser: Opened) -> None:
    hana, stranger = browser(crew=social.hana), browser()

    def seen() -> tuple[bool, bool, str, bool]:
        front, door, robots = stranger.get("/"), stranger.get("/BCDFG/"), stranger.get("/robots.txt")
        return (
            "BCDFG" in front.content.decode(),
            b'content="noindex"' in door.content,
            door["X-Robots-Tag"],
            "Allow: /BCDFG/$" in robots.content.decode(),
        )

    hidden = (False, True, "noindex", False)
    assert seen() == hidden
    assert hana.ask("PUT", "events/BCDFG/listing/").json()["listed"] is True
    assert seen() == (True, False, "all", True)
    assert "ZZZZZ" not in stranger.get("/").content.decode()
    assert stranger.get("/")["X-Robots-Tag"] == "all"
    assert browser(device="device-of-ada").get("/BCDFG/")["X-Robots-Tag"] == "noindex", "a phone is somebody's own"
    for address in ("/console/", "/api/v1/events/BCDFG/", "/stage/none/", "/ZZZZZ/", "/sign-in/"):
        assert hana.get(address)["X-Robots-Tag"] == "noindex", address
    hana.ask("PUT", "events/BCDFG/archive/")
    assert seen() == hidden
    hana.ask("DELETE", "events/BCDFG/archive/")
    hana.ask("DELETE", "events/BCDFG/listing/")
    assert seen() == hidden


def test_deleting_wants_the_code(social: Social, elsewhere: Social, browser: Opened) -> None:
    hana = browser(crew=social.hana)
    wrong = hana.ask("DELETE", "events/BCDFG/", {"code": "ZZZZZ"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "not_confirmed")
    assert hana.ask("DELETE", "events/BCDFG/", {}).status_code == 400
    assert hana.ask("DELETE", "events/BCDFG/", {"code": "bcd fg"}).status_code == 204
    assert [event.code for event in Event.objects.all()] == ["ZZZZZ"]
