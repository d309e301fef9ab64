"""Every route of the icebreaker for every role, and what a client may send."""

import itertools
from collections.abc import Callable

import pytest

from apps.matching import actions
from apps.matching.models import Round
from tests.events.conftest import Browser, Social

ROUTES = {
    "open": ("POST", "events/BCDFG/rounds/", {"after": 1}),
    "undo": ("DELETE", "events/BCDFG/rounds/ROUND/", None),
    "close": ("PUT", "events/BCDFG/rounds/ROUND/closing/", None),
    "swap": ("POST", "events/BCDFG/swaps/", {"one": "ADA", "other": "OTHER"}),
    "found": ("PUT", "events/BCDFG/me/group/found/", None),
    "absent": ("PUT", "events/BCDFG/me/group/absences/BESIDE/", None),
    "sit out": ("PUT", "events/BCDFG/me/sitting-out/", None),
    "join in": ("DELETE", "events/BCDFG/me/sitting-out/", None),
    "know": ("PUT", "events/BCDFG/me/known/BESIDE/", None),
    "unknow": ("DELETE", "events/BCDFG/me/known/BESIDE/", None),
}
WHO = ("hana", "mo", "ada", "stranger", "zoe", "hedda", "nobody")
ANSWERS = {
    "open": (201, 403, 404, 404, 404, 404, 404),
    "undo": (204, 403, 404, 404, 404, 404, 404),
    "close": (200, 403, 404, 404, 404, 404, 404),
    "swap": (201, 403, 404, 404, 404, 404, 404),
    "found": (403, 403, 204, 403, 403, 403, 403),
    "absent": (403, 403, 204, 403, 403, 403, 403),
    "sit out": (403, 403, 204, 403, 403, 403, 403),
    "join in": (403, 403, 204, 403, 403, 403, 403),
    "know": (403, 403, 204, 403, 403, 403, 403),
    "unknow": (403, 403, 204, 403, 403, 403, 403),
}


@pytest.fixture
def round(begun: Social, arrive: Callable) -> Round:
    arrive(5)
    return actions.open_round(begun.event, by=begun.hana, after=0)


def filled(text: str, social: Social, round: Round) -> str:
    seat = round.seats.get(attendee=social.ada)
    beside = seat.group.seats.exclude(attendee=social.ada).first().attendee
    other = round.seats.exclude(group=seat.group).first().attendee
    names = {"ROUND": round.public_id, "ADA": social.ada.public_id, "BESIDE": beside.public_id}
    for name, value in {**names, "OTHER": other.public_id}.items():
        text = text.replace(name, value)
    return text


@pytest.mark.parametrize(("route", "who"), list(itertools.product(ROUTES, WHO)))
def test_every_route_for_every_role(
    begun: Social, elsewhere: Social, browser: Callable[..., Browser], round: Round, route: str, who: str
) -> None:
    people = {
        "hana": browser(crew=begun.hana),
        "mo": browser(crew=begun.mo),
        "ada": browser(device="device-of-ada"),
        "stranger": browser(device="device-of-a-stranger"),
        "zoe": browser(device="device-of-zoe"),
        "hedda": browser(crew=elsewhere.hana),
        "nobody": browser(),
    }
    method, path, body = ROUTES[route]
    body = body and {
        key: filled(value, begun, round) if isinstance(value, str) else value for key, value in body.items()
    }
    answer = people[who].ask(method, filled(path, begun, round), body)
    assert answer.status_code == ANSWERS[route][WHO.index(who)], answer.content
    if answer.status_code >= 400:
        assert answer.json().keys() >= {"code", "message"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "after"),
        ({"after": -1}, "after"),
        ({"after": "1"}, None),
        ({"after": 1, "largest": 7}, "largest"),
        ({"after": 1, "smallest": 4, "largest": 3}, "smallest"),
        ({"after": 1, "minutes": 0}, "minutes"),
        ({"after": 1, "again": "yes"}, "again"),
        ({"after": 1, "afterwards": 1}, "afterwards"),
    ],
)
def test_a_bad_body_names_its_field(
    begun: Social, browser: Callable[..., Browser], round: Round, body: dict, field: str | None
) -> None:
    answer = browser(crew=begun.hana).ask("POST", "events/BCDFG/rounds/", body)
    if field is None:
        assert answer.status_code == 201
    else:
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert Round.objects.count() == (2 if field is None else 1)


def test_one_press_sent_twice_is_one_round(begun: Social, browser: Callable[..., Browser], round: Round) -> None:
    hana = browser(crew=begun.hana)
    answers = [hana.ask("POST", "events/BCDFG/rounds/", {"after": 1}, key="k" * 20) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Round.objects.count() == 2
