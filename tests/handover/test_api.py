"""Moving over HTTP: who may, once, within ten minutes, and one refusal for every reason that is nobody's business."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from apps.core.idempotency import Answer
from apps.core.limits import HANDOVER_EVENT, spend
from apps.events import actions as events
from apps.events.models import Attendee
from apps.handover import urls
from apps.handover.models import Handover
from apps.live import streams
from apps.live.models import Stream
from tests.events.conftest import Browser, Clock, Social
from tests.events.told import stored

Opened = Callable[..., Browser]

OFFER, TAKE = "events/BCDFG/me/handover/", "events/BCDFG/handovers/"
ROUTES = {
    "offer": ("PUT", OFFER, None),
    "withdraw": ("DELETE", OFFER, None),
    "take": ("POST", TAKE, {"words": "WORDS"}),
    "guess": ("POST", TAKE, {"words": "river river river"}),
}
WHO = ("hana", "mo", "ada", "rhea", "stranger", "zoe", "hedda", "nobody")
ANSWERS = {
    "offer": (403, 403, 200, 403, 403, 403, 403, 403),
    "withdraw": (403, 403, 204, 403, 403, 403, 403, 403),
    # Ada's phone is Ada's already; Zoe's is nobody's here, whatever it is elsewhere.
    "take": (400, 400, 409, 403, 200, 200, 400, 400),
    "guess": (400, 400, 409, 403, 404, 404, 400, 400),
}


def offered(phone: Browser) -> dict[str, Any]:
    answer = phone.ask("PUT", OFFER)
    assert answer.status_code == 200, answer.content
    return answer.json()["handover"]


def take(phone: Browser, words: Any, path: str = TAKE, **more: Any) -> Any:
    return phone.ask("POST", path, {"words": words if isinstance(words, str) else " ".join(words)}, **more)


def name_of(phone: Browser) -> str:
    answer = phone.ask("GET", "events/BCDFG/me/")
    return answer.json()["attendee"]["name"] if answer.status_code == 200 else answer.json()["code"]


@pytest.mark.parametrize(("route", "who"), list(itertools.product(ROUTES, WHO)))
def test_every_route_for_every_role(social: Social, elsewhere: Social, browser: Opened, route: str, who: str) -> None:
    rhea = events.join(social.event, "device-of-rhea", name="Rhea")[0]
    events.remove(social.event, rhea.public_id)
    words = offered(browser(device="device-of-ben"))["words"]
    crew = {"hana": social.hana, "mo": social.mo, "hedda": elsewhere.hana}
    has_device = who in ("ada", "rhea", "stranger", "zoe")
    asking = browser(device=f"device-of-{who}" if has_device else None, crew=crew.get(who))
    method, path, body = ROUTES[route]
    answer = take(asking, words) if route == "take" else asking.ask(method, path, body)
    assert answer.status_code == ANSWERS[route][WHO.index(who)], answer.content
    missing = asking.ask(method, path.replace("BCDFG", "XXXXX"), body)
    assert (missing.status_code, missing.json()["code"]) == (404, "not_here")


def test_every_route_is_declared() -> None:
    paths = {str(one.pattern).replace("<str:code>", "BCDFG") for one in urls.urlpatterns}
    assert paths == {path for _method, path, _body in ROUTES.values()}


def test_a_move(social: Social, old: Browser, new: Browser, moment: Clock) -> None:
    offer = offered(old)
    assert offer["address"] == f"/BCDFG/move/#{'-'.join(offer['words'])}"
    assert (offer["made_at"], offer["ends_at"]) == ("2026-05-11T12:45:00.000Z", "2026-05-11T12:55:00.000Z")
    assert offered(old) == offer
    before = stored(stream := streams.attendee("BCDFG", social.ada.public_id))
    epoch = Stream.objects.get(name=stream).epoch

    taken = take(new, offer["words"], key="the-key-of-a-press")
    assert (taken.status_code, taken.json()["attendee"]["id"]) == (200, social.ada.public_id)
    assert (name_of(new), name_of(old)) == ("Ada", "moved")
    assert old.ask("GET", "events/BCDFG/snapshot/?as=phone").json() == {
        "code": "moved",
        "message": "You have moved to another phone.",
    }
    # The stream has begun anew with all that was in it: whoever heard it is judged anew.
    assert stored(stream) == before
    assert Stream.objects.get(name=stream).epoch != epoch

    # Sent again, with the same key or, after a reload, with another one, it has happened once.
    assert take(new, offer["words"], key="the-key-of-a-press").json() == taken.json()
    assert take(new, offer["words"]).json() == taken.json()
    assert Handover.objects.count() == 1
    assert Attendee.objects.count() == 2


def test_there_and_back_again(social: Social, old: Browser, new: Browser) -> None:
    """What the first phone sent before is still answered as it was then."""
    sent = ("PATCH", "events/BCDFG/me/", {"spot": "by the door"})
    first = old.ask(*sent, key="the-key-of-a-spot")
    assert take(new, offered(old)["words"]).status_code == 200
    assert new.ask("PATCH", "events/BCDFG/me/", {"spot": "outside"}).status_code == 200
    assert old.ask(*sent, key="the-key-of-a-spot").json()["code"] == "moved"
    assert take(old, offered(new)["words"]).status_code == 200
    assert (name_of(old), name_of(new)) == ("Ada", "moved")
    assert old.ask(*sent, key="the-key-of-a-spot").json() == first.json()
    assert old.ask("GET", "events/BCDFG/me/").json()["attendee"]["spot"] == "outside"


def worthless(why: str, social: Social, elsewhere: Social, browser: Opened, moment: Clock) -> list[str]:
    """Words that open nothing, for this reason."""
    ada = browser(device="device-of-ada")
    offer = offered(ada)
    match why:
        case "expired":
            moment.advance(minutes=10)
        case "used":
            take(browser(device="a-third-device"), offer["words"])
        case "withdrawn":
            ada.ask("DELETE", OFFER)
        case "followed by others":
            moment.advance(minutes=10)
            assert offered(ada)["words"] != offer["words"]
        case "of somebody who was removed":
            events.remove(social.event, social.ada.public_id)
        case "of somebody who was forgotten":
            ada.ask("DELETE", "events/BCDFG/me/")
        case "another event's":
            return browser(device="device-of-zoe").ask("PUT", "events/ZZZZZ/me/handover/").json()["handover"]["words"]
        case "nothing at all":
            return [""]
    return offer["words"]


@pytest.mark.parametrize(
    "why",
    [
        "expired",
        "used",
        "withdrawn",
        "followed by others",
        "of somebody who was removed",
        "of somebody who was forgotten",
        "another event's",
        "nothing at all",
    ],
)
def test_one_refusal_for_all(
    social: Social, elsewhere: Social, browser: Opened, new: Browser, moment: Clock, why: str
) -> None:
    guessed = take(browser(device="a-guesser"), "river river river")
    assert (guessed.status_code, guessed.json()["code"]) == (404, "no_such_move")
    answer = take(new, worthless(why, social, elsewhere, browser, moment))
    assert (answer.status_code, answer.json()) == (404, guessed.json())
    assert name_of(new) == "not_joined"


def test_in_the_last_second_it_works(old: Browser, new: Browser, social: Social, moment: Clock) -> None:
    words = offered(old)["words"]
    moment.advance(minutes=9, seconds=59)
    assert take(new, "".join(words).upper()).status_code == 200


def test_a_phone_in_use_is_refused_and_nobody_is_joined_to_another(
    social: Social, old: Browser, browser: Opened
) -> None:
    ben = browser(device="device-of-ben")
    refused = take(ben, offered(old)["words"])
    assert (refused.status_code, refused.json()) == (
        409,
        {
            "code": "somebody_already",
            "message": "This phone is already at this event, as Ben. "
            "Choose “Forget me” on it first, or take another phone.",
        },
    )
    assert (name_of(ben), name_of(old)) == ("Ben", "Ada")


def test_a_phone_that_was_left_may_become_somebody_elses(social: Social, old: Browser, new: Browser) -> None:
    take(new, offered(old)["words"])
    assert old.ask("POST", "events/BCDFG/attendees/", {"name": "Cleo"}).status_code == 201
    assert (name_of(old), name_of(new)) == ("Cleo", "Ada")
    assert old.ask("DELETE", "events/BCDFG/me/").status_code == 204
    assert (name_of(old), name_of(new)) == ("not_joined", "Ada")


def test_who_left_for_now_moves_as_well(social: Social, old: Browser, new: Browser) -> None:
    events.leave(social.event, social.ada)
    assert take(new, offered(old)["words"]).json()["attendee"]["left_at"] is not None


def test_guessing_is_slowed_down_for_a_device_and_for_an_event(social: Social, browser: Opened, moment: Clock) -> None:
    guesser = browser(device="a-guesser")
    statuses = [take(guesser, "river river river").status_code for _try in range(9)]
    assert statuses == [404] * 8 + [429]
    # Eight are spent, whoever guesses next.
    spend(HANDOVER_EVENT, "BCDFG", 51)
    assert [take(browser(device=one), "river river river").status_code for one in ("a", "b")] == [404, 429]
    moment.advance(minutes=1)
    assert take(guesser, "river river river").status_code == 404


def everything_stored() -> str:
    return str([list(model.objects.values_list()) for model in apps.get_models() if model._meta.managed])


def test_the_words_are_nowhere(social: Social, old: Browser, new: Browser) -> None:
    words = offered(old)["words"]
    # A single word may well be one of the programme's.
    pairs = [between.join(words[:2]) for between in ("", " ", "-", "', '", '", "')]
    assert [pair for pair in pairs if pair in everything_stored()] == []
    take(new, words)
    assert [pair for pair in pairs if pair in everything_stored()] == []


def test_forgetting_takes_what_the_old_phone_was_answered_along(social: Social, old: Browser, new: Browser) -> None:
    old.ask("PATCH", "events/BCDFG/me/", {"spot": "PRIVATE-4711"})
    take(new, offered(old)["words"])
    assert "PRIVATE-4711" in str(list(Answer.objects.values()))
    assert new.ask("DELETE", "events/BCDFG/me/").status_code == 204
    assert "PRIVATE-4711" not in everything_stored()
    assert (Handover.objects.count(), name_of(old)) == (0, "not_joined")


def test_of_who_was_removed_and_forgotten_no_phone_is_remembered(social: Social, old: Browser, new: Browser) -> None:
    take(new, offered(old)["words"])
    offered(new)
    events.remove(social.event, social.ada.public_id)
    assert Handover.objects.count() == 0
    assert name_of(new) == "removed"
