"""The REST side: one shape of errors, and each press counted once; who may do what is in `tests/roles`."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.core.idempotency import Answer
from apps.events import actions
from apps.events.models import Attendee, Move
from apps.events.queries import segments_of

from .conftest import Browser, Clock, Social

Opened = Callable[..., Browser]


def test_what_anybody_may_know(social: Social, browser: Opened) -> None:
    phone = browser()
    answer = phone.ask("GET", "events/bcd-fg/")
    body = answer.json()
    assert (body["event"]["code"], body["now"]["state"], body["me"]) == ("BCDFG", "before", None)
    assert "Ada" not in answer.content.decode()
    assert social.event.stage_id not in answer.content.decode()
    cookie = answer.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 90 * 24 * 3600)
    assert "device" not in phone.ask("GET", "events/BCDFG/").cookies


def test_joining_with_the_cookie_one_was_given(social: Social, browser: Opened) -> None:
    phone = browser()
    phone.ask("GET", "events/BCDFG/")
    first = phone.ask("POST", "events/BCDFG/attendees/", {"name": " Cleo ", "remote": True, "spot": "  "})
    assert first.status_code == 201
    attendee = first.json()["attendee"]
    assert {**attendee, "id": ""} == {"id": "", "name": "Cleo", "remote": True, "spot": "", "left_at": None}
    second = phone.ask("POST", "events/BCDFG/attendees/", {"name": "Cleopatra"})
    assert (second.status_code, second.json()) == (200, first.json())
    assert phone.ask("GET", "events/BCDFG/").json()["me"] == attendee


def test_the_same_key_is_the_same_press(social: Social, browser: Opened) -> None:
    console, body = browser(crew=social.hana), {"verb": "start", "from_step": 0}
    first = console.ask("POST", "events/BCDFG/moves/", body, key="a-key-of-one-press")
    again = console.ask("POST", "events/BCDFG/moves/", body, key="a-key-of-one-press")
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    other = console.ask("POST", "events/BCDFG/moves/", {"verb": "next", "from_step": 1}, key="a-key-of-one-press")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert Move.objects.count() == 1


def test_one_key_of_two_devices_is_two_people(social: Social, browser: Opened) -> None:
    for device in ("one", "two"):
        answer = browser(device=device).ask("POST", "events/BCDFG/attendees/", {"name": "Kim"}, key="the-very-same-key")
        assert answer.status_code == 201
    assert Attendee.objects.filter(name="Kim").count() == 2


def test_a_press_without_a_key(social: Social, browser: Opened) -> None:
    answer = browser(crew=social.hana).ask("POST", "events/BCDFG/moves/", {"verb": "start", "from_step": 0}, key=" ")
    assert (answer.status_code, answer.json()["code"]) == (400, "key_missing")


def test_two_hosts_by_http(social: Social, browser: Opened) -> None:
    hal = actions.add_crew(social.event, "Hal", "host")
    social.press("start")
    body = {"verb": "next", "from_step": 1}
    assert browser(crew=social.hana).ask("POST", "events/BCDFG/moves/", body).status_code == 201
    answer = browser(crew=hal).ask("POST", "events/BCDFG/moves/", body)
    assert (answer.status_code, answer.json()) == (
        409,
        {"code": "somebody_faster", "message": "Hana moved on to Open-Mic “Success Stories” first."},
    )


def test_verbs_with_their_words(social: Social, browser: Opened) -> None:
    console = browser(crew=social.hana)
    social.press("start")
    segment = segments_of(social.event)[0]
    prompt = segment.prompts.all()[2].public_id

    def press(**body: Any) -> Any:
        return console.ask("POST", "events/BCDFG/moves/", body | {"from_step": social.fresh().step})

    assert press(verb="show_prompt", prompt=prompt).json()["now"]["prompt"] == prompt
    assert press(verb="add_minutes", minutes=-1).status_code == 201
    entered = segments_of(social.event)[2].public_id
    assert press(verb="enter", segment=entered).json()["now"]["segment"] == entered
    assert press(verb="enter", segment="unknown").json()["code"] == "unknown_segment"
    assert (press(verb="enter").json()["code"], press(verb="next", minutes=1).json()["code"]) == ("invalid", "invalid")


BAD_BODIES = {
    "no JSON": (b"{", "unreadable"),
    "not UTF-8": (b'{"name": "\xff"}', "unreadable"),
    "not finite": (b'{"name": NaN}', "unreadable"),
    "a list": (b"[]", "invalid"),
    "a text": (b'"Ada"', "invalid"),
    "nothing": (b"{}", "invalid"),
    "a name that is a number": (b'{"name": 7}', "invalid"),
    "a name that is null": (b'{"name": null}', "invalid"),
    "a name that is a list": (b'{"name": ["Ada"]}', "invalid"),
    "remote that is a text": (b'{"name": "Ada", "remote": "yes"}', "invalid"),
    "a key nobody knows": (b'{"name": "Ada", "role": "host"}', "invalid"),
    "a blank name": (b'{"name": " "}', "empty"),
    "a long name": (b'{"name": "' + b"x" * 41 + b'"}', "too_long"),
    "a very long name": (b'{"name": "' + b"x" * 5000 + b'"}', "invalid"),
    "a long spot": (b'{"name": "Ada", "spot": "' + b"x" * 81 + b'"}', "too_long"),
    "a lone surrogate": (b'{"name": "\\ud800"}', "invalid"),
    "an endless number": (b'{"name": "Ada", "remote": ' + b"9" * 4000 + b"}", "invalid"),
    "a bomb of brackets": (b"[" * 50_000, "unreadable"),
    "null characters": (b'{"name": "\\u0000"}', "empty"),
}


@pytest.mark.parametrize(("body", "code"), BAD_BODIES.values(), ids=BAD_BODIES)
def test_bad_bodies_are_refused_in_one_shape(social: Social, browser: Opened, body: bytes, code: str) -> None:
    answer = browser(device="device-of-cleo").ask("POST", "events/BCDFG/attendees/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert isinstance(answer.json()["message"], str)
    assert set(answer.json()) <= {"code", "message", "fields"}
    assert Attendee.objects.count() == 2
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "events/XXXXX/", 404, "not_here"),
        ("GET", "events/%F0%9F%92%A9/", 404, "not_here"),
        ("POST", "events/XXXXX/attendees/", 404, "not_here"),
        ("PUT", "events/BCDFG/", 405, "wrong_method"),
        ("GET", "events/BCDFG/attendees/", 405, "wrong_method"),
        ("GET", "events/BCDFG/snapshot/", 400, "invalid"),
        ("GET", "events/BCDFG/snapshot/?as=stage", 400, "invalid"),
    ],
)
def test_errors_have_one_shape(social: Social, browser: Opened, method: str, path: str, status: int, code: str) -> None:
    answer = browser(device="device-of-cleo").ask(method, path, None if method == "GET" else {"name": "Cleo"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_form_is_not_json(social: Social, browser: Opened) -> None:
    phone = browser(device="device-of-cleo")
    answer = phone.post("/api/v1/events/BCDFG/attendees/", {"name": "Cleo"}, headers={"Idempotency-Key": "k" * 20})
    assert (answer.status_code, answer.json()["code"]) == (415, "wrong_media_type")


def test_too_fast_a_host(social: Social, browser: Opened, moment: Clock) -> None:
    console, seen = browser(crew=social.hana), set()
    for number in range(70):
        body = {"verb": "blank" if number % 2 else "unblank", "from_step": social.fresh().step}
        seen.add(console.ask("POST", "events/BCDFG/moves/", body).status_code)
    assert seen == {201, 429}


def test_a_crew_member_who_attends_as_well(social: Social, browser: Opened) -> None:
    both = browser(device="device-of-ada", crew=social.hana)
    assert both.ask("GET", "events/BCDFG/me/").json()["attendee"]["name"] == "Ada"
    assert set(both.ask("GET", "events/BCDFG/snapshot/?as=console").json()["streams"]) == {"public", "crew", "me"}
    assert set(both.ask("GET", "events/BCDFG/snapshot/?as=phone").json()["streams"]) == {"public", "me"}


def test_a_snapshot_is_the_documents(social: Social, browser: Opened) -> None:
    social.press("start")
    streams = browser(device="device-of-ada").ask("GET", "events/BCDFG/snapshot/?as=phone").json()["streams"]
    assert {"event", "now", "programme"} <= set(streams["public"]["documents"])
    assert streams["me"]["documents"]["attendee"]["name"] == "Ada"
    assert streams["public"]["documents"]["now"]["step"] == 1
    assert set(streams["public"]) == {"epoch", "version", "documents"}


def test_a_revoked_member_is_nobody(social: Social, browser: Opened) -> None:
    console = browser(crew=social.mo)
    assert console.ask("GET", "events/BCDFG/snapshot/?as=console").status_code == 200
    actions.revoke(social.mo)
    actions.revoke(social.mo)
    assert console.ask("GET", "events/BCDFG/snapshot/?as=console").status_code == 404


def test_another_site_cannot_press_for_a_host(social: Social) -> None:
    console = Browser(enforce_csrf_checks=True, headers={"host": "localhost"})
    console.force_login(social.hana.user, backend="django.contrib.auth.backends.ModelBackend")
    answer = console.ask("POST", "events/BCDFG/moves/", {"verb": "start", "from_step": 0})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert Move.objects.count() == 0


def test_who_is_crew_too_is_forgotten_as_an_attendee_and_stays_crew(social: Social, browser: Opened) -> None:
    """One browser with both cookies: the attendee's answers go, the crew's presses still happen once."""
    both = browser(device="device-of-ada", crew=social.hana)
    assert both.ask("PATCH", "events/BCDFG/me/", {"spot": "PRIVATE-4711"}).status_code == 200
    press = {"verb": "blank", "from_step": 0}
    assert both.ask("POST", "events/BCDFG/moves/", press, key="the-key-of-a-panic").status_code == 201
    social.press("unblank")
    assert both.ask("DELETE", "events/BCDFG/me/").status_code == 204
    assert "PRIVATE-4711" not in str(list(Answer.objects.values()))
    assert both.ask("POST", "events/BCDFG/moves/", press, key="the-key-of-a-panic").status_code == 201
    assert not social.fresh().blanked


def test_a_device_is_forgotten_at_one_event_only(social: Social, elsewhere: Social, browser: Opened) -> None:
    zoe = browser(device="device-of-zoe")
    assert zoe.ask("PATCH", "events/ZZZZZ/me/", {"spot": "stays"}).status_code == 200
    zoe.ask("POST", "events/BCDFG/attendees/", {"name": "Zoe"})
    assert zoe.ask("DELETE", "events/BCDFG/me/").status_code == 204
    assert [answer.owner.partition(":")[0] for answer in Answer.objects.all()] == ["ZZZZZ"]
