"""What a client of the bowl may send; who may do what is in `tests/roles`."""

from collections.abc import Callable

import pytest

from apps.bowl import actions
from apps.bowl.models import Bowl, Draw, Slip
from apps.core.limits import NAME_GRAPHEMES
from tests.events.conftest import Browser, Social

HERE = "events/BCDFG/bowls/BOWL/"
ROUTES = {
    "open": ("PUT", "opening/", None),
    "close": ("DELETE", "opening/", None),
    "freeze": ("PUT", "list/", {"after": 1}),
    "stir": ("PUT", "stirring/", {"number": 2, "digit": 7}),
    "title": ("PUT", "slips/mine/title/", {"title": "The merge"}),
    "no title": ("DELETE", "slips/mine/title/", None),
    "strike title": ("DELETE", "slips/OTHER/title/", None),
    "proof": ("GET", "proof/", None),
    "put in": ("PUT", "slips/mine/", {"teaser": "a merge at midnight"}),
    "take out": ("DELETE", "slips/mine/", None),
    "put in for": ("POST", "slips/", {"name": "Cleo"}),
    "take out for": ("DELETE", "slips/OTHER/", None),
    "draw": ("POST", "draws/", {"after": 1}),
    "undo": ("DELETE", "draws/1/", None),
    "accept": ("PUT", "draws/1/acceptance/", None),
    "pass": ("PUT", "draws/1/outcome/", {"outcome": "passed"}),
    "no show": ("PUT", "draws/1/outcome/", {"outcome": "no_show"}),
    "start": ("PUT", "draws/1/turn/", None),
    "end": ("DELETE", "draws/1/turn/", None),
    "pause": ("PUT", "draws/1/turn/pause/", None),
    "go on": ("DELETE", "draws/1/turn/pause/", None),
    "extend": ("POST", "draws/1/turn/extensions/", None),
}
OF_ATTENDEES = ("put in", "stir", "title")


@pytest.fixture
def called(social: Social, success: str) -> Draw:
    """Ada's call, the only name at the time; Ben's has come in since."""
    actions.put_in(social.event, success, social.ada)
    drawn = actions.draw(social.event, success, by=social.hana, after=0)
    actions.put_in(social.event, success, social.ben)
    return drawn


@pytest.fixture
def people(social: Social, elsewhere: Social, browser: Callable[..., Browser]) -> dict[str, Browser]:
    return {
        "hana": browser(crew=social.hana),
        "mo": browser(crew=social.mo),
        "ada": browser(device="device-of-ada"),
        "ben": browser(device="device-of-ben"),
        "stranger": browser(device="device-of-a-stranger"),
        "zoe": browser(device="device-of-zoe"),
        "hedda": browser(crew=elsewhere.hana),
        "nobody": browser(),
    }


def path_to(route: str, called: Draw) -> tuple[str, str, dict | None]:
    method, path, body = ROUTES[route]
    other = called.bowl.slips.exclude(pk=called.slip.pk).get().public_id
    return method, (HERE + path).replace("BOWL", called.bowl.segment.public_id).replace("OTHER", other), body


@pytest.mark.parametrize("route", ROUTES)
def test_what_was_refused_has_changed_nothing(
    social: Social, people: dict[str, Browser], called: Draw, success: str, route: str
) -> None:
    def everything() -> list:
        return [list(table.objects.order_by("pk").values()) for table in (Bowl, Slip, Draw)]

    before = everything()
    for who in ("stranger", "zoe", "hedda", "nobody"):
        assert people[who].ask(*path_to(route, called)).status_code >= 400
    assert everything() == before


@pytest.mark.parametrize(
    ("route", "body", "field"),
    [
        ("freeze", {}, "after"),
        ("stir", {"number": 2}, "digit"),
        ("stir", {"number": 2, "digit": 10}, "digit"),
        ("stir", {"number": 0, "digit": 1}, "number"),
        ("title", {"title": 7}, "title"),
        ("title", {"title": "The merge", "agreed": True}, "agreed"),
        ("draw", {"after": 1, "beacon": 7}, "beacon"),
        ("draw", {"after": 1, "beacon": "r" * 20_000}, "beacon"),
        ("put in for", {}, "name"),
        ("put in for", {"name": "Cleo", "remote": "yes"}, "remote"),
        ("put in for", {"name": "Cleo", "Teaser": ""}, "Teaser"),
        ("put in", {"teaser": None}, "teaser"),
        ("put in", {"name": "Not Ada"}, "name"),
        ("draw", {}, "after"),
        ("draw", {"after": -1}, "after"),
        ("draw", {"after": 10**7}, "after"),
        ("draw", {"after": 1, "winner": "Ada"}, "winner"),
        ("pass", {}, "outcome"),
        ("pass", {"outcome": "told"}, "outcome"),
        ("pass", {"outcome": "passed", "keep": "no"}, "keep"),
    ],
)
def test_a_bad_body_names_its_field(
    people: dict[str, Browser], called: Draw, route: str, body: dict, field: str
) -> None:
    method, path, _body = path_to(route, called)
    answer = people["ben" if route in OF_ATTENDEES else "hana"].ask(method, path, body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field]), answer.content
    called.refresh_from_db()
    assert (called.outcome, Slip.objects.count(), Draw.objects.count()) == ("called", 2, 1)


@pytest.mark.parametrize(
    ("route", "body", "code"),
    [
        ("put in for", {"name": " "}, "empty"),
        ("put in for", {"name": "C" * (NAME_GRAPHEMES + 1)}, "too_long"),
        ("put in", {"teaser": "t" * 141}, "too_long"),
        ("draw", {"after": 1, "beacon": "b" * 81}, "too_long"),
        ("title", {"title": "t" * 81}, "too_long"),
        ("title", {"title": "\u200b"}, "empty"),
    ],
)
def test_texts_have_their_limits(people: dict[str, Browser], called: Draw, route: str, body: dict, code: str) -> None:
    method, path, _body = path_to(route, called)
    answer = people["ben" if route in OF_ATTENDEES else "hana"].ask(method, path, body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_one_draw_sent_twice_is_one_draw(
    social: Social, people: dict[str, Browser], called: Draw, success: str
) -> None:
    actions.decide(social.event, success, 1, "no_show", keep=False)
    _method, path, body = path_to("draw", called)
    answers = [people["hana"].ask("POST", path, body, key="k" * 20) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Draw.objects.count() == 2


def test_one_name_sent_twice_is_one_slip(people: dict[str, Browser], called: Draw) -> None:
    method, path, body = path_to("put in for", called)
    answers = [people["mo"].ask(method, path, body, key="k" * 20) for _time in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Slip.objects.filter(name="Cleo").count() == 1


def test_half_a_minute_sent_twice_is_half_a_minute(
    social: Social, people: dict[str, Browser], called: Draw, success: str
) -> None:
    actions.start_turn(social.event, success, 1)
    method, path, body = path_to("extend", called)
    for _time in range(2):
        turn = people["hana"].ask(method, path, body, key="k" * 20).json()["draw"]["turn"]
    assert turn["ends_at"] == "2026-05-11T12:49:30.000Z"


def test_a_key_is_asked_for_where_twice_would_be_two(people: dict[str, Browser], called: Draw) -> None:
    for route in ("draw", "put in for", "extend"):
        method, path, _body = path_to(route, called)
        answer = people["hana"].generic(method, f"/api/v1/{path}", b"{}", content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "key_missing"), route


def test_one_browser_may_be_both_a_host_and_an_attendee(
    social: Social, browser: Callable[..., Browser], success: str
) -> None:
    """Hana puts in her own name, is called, says yes by her phone's page and leads by her console's."""
    both = browser(device="device-of-ada", crew=social.hana)
    here = HERE.replace("BOWL", success)
    assert both.ask("PUT", f"{here}slips/mine/", {}).status_code == 200
    assert both.ask("POST", f"{here}draws/", {"after": 0}).status_code == 201
    assert both.ask("PUT", f"{here}draws/1/acceptance/").status_code == 200
    assert both.ask("PUT", f"{here}draws/1/turn/").status_code == 200
    assert both.ask("PUT", f"{here}draws/1/turn/pause/").status_code == 200
    assert both.ask("DELETE", f"{here}draws/1/turn/").json()["draw"]["outcome"] == "told"
    actions.put_in(social.event, success, social.ben)
    assert both.ask("POST", f"{here}draws/", {"after": 1}).status_code == 201
    answer = both.ask("PUT", f"{here}draws/2/outcome/", {"outcome": "no_show"})
    assert (answer.status_code, answer.json()["draw"]["outcome"]) == (200, "no_show")


def test_a_host_who_is_called_may_be_marked_as_away_by_the_console(
    social: Social, browser: Callable[..., Browser], success: str
) -> None:
    """The same browser asks, and it is the host in it who may say so."""
    both = browser(device="device-of-ada", crew=social.hana)
    actions.put_in(social.event, success, social.ada)
    actions.draw(social.event, success, by=social.hana, after=0)
    answer = both.ask("PUT", f"{HERE.replace('BOWL', success)}draws/1/outcome/", {"outcome": "no_show"})
    assert answer.status_code == 200, answer.content
