"""The wall over HTTP: what is refused, and that a thing sent twice happens once; who may is in `tests/roles`."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from apps.live import streams
from apps.tips import actions
from apps.tips.models import Decision, Tip
from tests.events.conftest import Browser, Clock, Social
from tests.events.told import stored

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.fixture
def wall(segment: str) -> str:
    cache.clear()
    return f"events/BCDFG/walls/{segment}/"


@pytest.fixture
def ada(browser: Callable[..., Browser], wall: str) -> Browser:
    return browser(device="device-of-ada")


@pytest.fixture
def mo(browser: Callable[..., Browser], social: Social) -> Browser:
    return browser(crew=social.mo)


def written(who: Browser, wall: str, text: str = "Be kind", **more: Any) -> str:
    answer = who.ask("POST", f"{wall}tips/", {"text": text, **more})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["tip"]["id"])


def test_an_evening_over_http(ada: Browser, mo: Browser, wall: str, segment: str) -> None:
    tip = written(ada, wall, signed=True)
    path = f"{wall}tips/{tip}/"
    assert ada.ask("PATCH", path, {"text": "Be kind and fast"}).json()["tip"]["text"] == "Be kind and fast"
    assert mo.ask("PUT", f"{path}claim/").json()["tip"]["claim"]["name"] == "Mo"
    assert mo.ask("DELETE", f"{path}claim/").status_code == 204
    assert mo.ask("PUT", f"{path}wording/", {"text": "Be kind"}).json()["tip"]["original"] == "Be kind and fast"
    theme = mo.ask("POST", f"{wall}themes/", {"name": "Kindness", "colour": "leaf"}).json()["theme"]["id"]
    wanted = {"verb": "approve", "theme": theme, "seen": "Be kind"}
    assert mo.ask("PUT", f"{path}decision/", wanted).json()["tip"]["state"] == "approved"
    assert mo.ask("DELETE", f"{path}decision/").json()["tip"]["state"] == "pending"
    other_words = {"tips": [tip], "seen": {tip: "2024-05-07T17:00:00.000Z"}}
    assert mo.ask("POST", f"{wall}approvals/", other_words).json() == {"approved": [], "left": {tip: "edited"}}
    assert mo.ask("POST", f"{wall}approvals/", {"tips": [tip]}).json() == {"approved": [tip], "left": {}}
    assert mo.ask("PUT", f"{path}pin/").json()["tip"]["pinned"] is True
    assert mo.ask("DELETE", f"{path}pin/").json()["tip"]["pinned"] is False
    assert mo.ask("PUT", f"{path}theme/", {"theme": theme}).json()["tip"]["theme"] == theme
    assert ada.ask("PUT", f"{path}vote/").json() == {"votes": {"tips": [tip]}}
    assert ada.ask("DELETE", f"{path}vote/").json() == {"votes": {"tips": []}}
    assert mo.ask("PATCH", f"{wall}themes/{theme}/", {"name": "Warmth"}).json()["theme"]["name"] == "Warmth"
    other = mo.ask("POST", f"{wall}themes/", {"name": "Trust"}).json()["theme"]["id"]
    assert mo.ask("PUT", f"{wall}refusals/", {"tip": tip, "theme": other}).status_code == 204
    assert mo.ask("PUT", f"{wall}themes/{theme}/merging/", {"into": other}).status_code == 204
    assert mo.ask("DELETE", f"{wall}themes/{other}/").status_code == 204
    assert mo.ask("PUT", f"{path}decision/", {"verb": "take_down"}).json()["tip"]["state"] == "taken_down"
    lines = mo.ask("GET", f"{wall}log/").json()["decisions"]
    assert [line["verb"] for line in lines] == ["edit", "rewrite", "approve", "approve", "take_down"]
    assert [bool(line["undone_at"]) for line in lines] == [False, False, True, False, False]
    assert stored(streams.public("BCDFG"))[f"wall/{segment}"]["count"] == 0


def test_groups_are_accepted_and_refused(social: Social, mo: Browser, wall: str, segment: str) -> None:
    texts = ("Meet every week", "A weekly meeting", "A short weekly meeting", "Share code early", "Share code", "Code")
    tips = [actions.write(social.event, segment, social.ada, text=text).public_id for text in texts]
    actions.approve_all(social.event, segment, tips, by=social.mo)
    actions.suggest_due("BCDFG")
    group = stored(streams.crew("BCDFG"))[f"suggestions/{segment}"]["groups"][0]["id"]
    assert mo.ask("PUT", f"{wall}suggestions/{group}/", {"name": "Weekly"}).json()["theme"]["name"] == "Weekly"
    assert mo.ask("PUT", f"{wall}suggestions/{group}/", {}).status_code == 404
    assert mo.ask("DELETE", f"{wall}suggestions/{group}/").status_code == 404


FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "＝1", 'say "hi", then go')


def test_the_log_as_files(ada: Browser, mo: Browser, wall: str) -> None:
    for text in FORMULAS:
        tip = written(ada, wall, text)
        assert mo.ask("PUT", f"{wall}tips/{tip}/decision/", {"verb": "approve"}).status_code == 200
    told = mo.ask("GET", f"{wall}log/").json()
    answer = mo.ask("GET", f"{wall}log.json")
    assert (answer.json(), answer["Content-Disposition"]) == (told, 'attachment; filename="BCDFG-tips-log.json"')
    answer = mo.ask("GET", f"{wall}log.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["verb"] for row in rows] == ["approve"] * len(FORMULAS)
    cells = [row["text"] for row in rows]
    assert cells[5] == FORMULAS[5]
    # Text in a spreadsheet, and a person can still read what was written.
    assert cells[:5] == [f"'{text}" for text in FORMULAS[:5]]
    assert mo.ask("GET", f"{wall}log.xlsx").status_code == 404


def test_sent_twice_is_written_once(ada: Browser, wall: str) -> None:
    answers = [ada.ask("POST", f"{wall}tips/", {"text": "Be kind"}, key="the-very-same-key-01") for _twice in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Tip.objects.count() == 1
    other = ada.ask("POST", f"{wall}tips/", {"text": "Be mean"}, key="the-very-same-key-01")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_too_many_at_once_is_a_plain_sentence(ada: Browser, wall: str, moment: Clock) -> None:
    answers = [ada.ask("POST", f"{wall}tips/", {"text": f"Tip {number}"}) for number in range(9)]
    assert [answer.status_code for answer in answers] == [201] * 8 + [429]
    assert answers[-1].json()["message"] == "That was a lot at once. Please wait a moment and try again."
    moment.advance(seconds=30)
    assert ada.ask("POST", f"{wall}tips/", {"text": "One more"}).status_code == 201


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>bold</b><script>alert(1)</script>", "<b>bold</b><script>alert(1)</script>"),
        ("left \u202e thgir", "left thgir"),
        ("Z" + "\u0301" * 50 + "algo", None),
        (FAMILY * 280, FAMILY * 280),
        ("  two\r\n\r\n\r\n\r\nlines  ", "two\n\nlines"),
        ("كونوا لطفاء", "كونوا لطفاء"),
        ("null\u0000byte", "nullbyte"),
    ],
)
def test_what_people_type_is_shown_as_text(ada: Browser, wall: str, text: str, shown: str | None) -> None:
    got = ada.ask("POST", f"{wall}tips/", {"text": text}).json()["tip"]["text"]
    assert got == shown if shown is not None else len(got) < 12


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": ""}, "empty"),
        ({"text": " \u200b\u2800\n"}, "empty"),
        ({"text": "x" * 281}, "too_long"),
        ({"text": FAMILY * 281}, "too_long"),
        ({"text": 7}, "invalid"),
        ({"text": None}, "invalid"),
        ({}, "invalid"),
        ({"text": "x", "signed": "yes"}, "invalid"),
        ({"text": "x", "author": "ben"}, "invalid"),
        (b"{", "unreadable"),
        (b'{"text": "' + b"x" * 4001 + b'"}', "invalid"),
    ],
)
def test_what_cannot_be_written(ada: Browser, wall: str, body: Any, code: str) -> None:
    answer = ada.ask("POST", f"{wall}tips/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.json()["message"]
    assert not Tip.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"verb": "edit"},
        {"verb": "remove"},
        {"verb": "decline"},
        {"verb": "decline", "reason": "bad mood"},
        {"verb": "approve", "reason": "unclear"},
        {"verb": "take_down", "words": "x"},
        {"verb": "decline", "reason": "other", "words": "x" * 281},
    ],
)
def test_what_is_no_decision(ada: Browser, mo: Browser, wall: str, body: Any) -> None:
    tip = written(ada, wall)
    assert mo.ask("PUT", f"{wall}tips/{tip}/decision/", body).status_code == 400
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("path", "method", "body", "status"),
    [
        ("themes/", "POST", {"name": " "}, 400),
        ("themes/", "POST", {"name": "x" * 61}, 400),
        ("themes/", "POST", {"name": "x", "colour": "black"}, 400),
        ("themes/", "POST", {"name": "x", "tips": "abc"}, 400),
        ("approvals/", "POST", {"tips": []}, 400),
        ("refusals/", "PUT", {"tip": "abc"}, 400),
        ("refusals/", "PUT", {"tips": ["abc", "abc"]}, 404),
        ("tips/nothing/theme/", "PUT", {"theme": "abc"}, 404),
        ("tips/nothing/decision/", "PUT", {"verb": "approve"}, 404),
    ],
)
def test_what_the_crew_cannot_send(mo: Browser, wall: str, path: str, method: str, body: Any, status: int) -> None:
    answer = mo.ask(method, wall + path, body)
    assert answer.status_code == status, answer.content
    assert answer.json()["message"]


def test_costs_do_not_grow_with_the_wall(social: Social, segment: str, ada: Browser, mo: Browser, wall: str) -> None:
    from tests.events.test_costs import queries_of

    def costs() -> dict[str, int]:
        tip = actions.write(social.event, segment, social.ben, text="One more").public_id
        return {
            "write": queries_of(lambda: actions.write(social.event, segment, social.ben, text="Another one")),
            "approve": queries_of(lambda: mo.ask("PUT", f"{wall}tips/{tip}/decision/", {"verb": "approve"})),
            "vote": queries_of(lambda: ada.ask("PUT", f"{wall}tips/{tip}/vote/")),
            "cover": queries_of(lambda: actions.switch(social.event, segment, revealed=False)),
            "show": queries_of(lambda: actions.switch(social.event, segment, revealed=True)),
        }

    costs()
    few = costs()
    tips = [actions.write(social.event, segment, social.ada, text=f"Tip {number}").public_id for number in range(40)]
    actions.approve_all(social.event, segment, tips, by=social.mo)
    assert costs() == few
