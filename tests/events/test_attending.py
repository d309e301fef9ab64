"""Coming and going: one device is one attendee, the door says why it is shut, and forgetting is complete."""

from collections.abc import Callable

import pytest
from django.db import connection

from apps.core import limits
from apps.core.refusal import Refusal
from apps.events import actions
from apps.events.identity import identify
from apps.events.models import Attendee
from apps.events.presence import note_heard, present
from apps.live import streams
from apps.live.models import Stream

from .conftest import Browser, Clock, Social


def refused(act: Callable[..., object], *args: object, **wanted: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **wanted)
    return refusal.value.code


def test_the_same_device_is_the_same_attendee(social: Social) -> None:
    again, is_new = actions.join(social.event, "device-of-ada", name="Somebody else")
    assert (again, is_new, again.name) == (social.ada, False, "Ada")


def test_joining_again_is_coming_back(social: Social) -> None:
    actions.leave(social.event, social.ada)
    again, is_new = actions.join(social.event, "device-of-ada", name="Ada")
    assert (again.left_at, is_new) == (None, False)


def test_a_closed_door(social: Social) -> None:
    social.press("close_joining")
    assert refused(actions.join, social.fresh(), "another", name="Cleo") == "joining_closed"
    actions.leave(social.event, social.ada)
    assert actions.join(social.fresh(), "device-of-ada", name="Ada")[0].left_at is None


def test_an_event_that_has_ended(social: Social) -> None:
    social.press("start")
    social.press("end")
    assert refused(actions.join, social.fresh(), "another", name="Cleo") == "ended"


def test_a_full_event(social: Social, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.events.actions.attending.ATTENDEES_PER_EVENT", 2)
    assert refused(actions.join, social.event, "another", name="Cleo") == "full"
    actions.leave(social.event, social.ada)
    assert actions.join(social.event, "another", name="Cleo")[1]


def test_somebody_removed_stays_out(social: Social) -> None:
    actions.remove(social.event, social.ada.public_id)
    actions.remove(social.event, social.ada.public_id)
    assert refused(actions.join, social.event, "device-of-ada", name="Eva") == "removed"
    assert refused(identify, cookies_of("device-of-ada"), "BCDFG", "phone") == "removed"
    for act in (actions.leave, actions.come_back, actions.edit):
        assert refused(act, social.event, social.ada) == "removed"
    assert Stream.objects.get(name=streams.attendee("BCDFG", social.ada.public_id)).closed_at is not None


def test_removing_somebody_elsewhere_is_not_possible(social: Social, elsewhere: Social) -> None:
    assert refused(actions.remove, social.event, elsewhere.ada.public_id) == "not_here"


def test_leaving_and_coming_back_twice_is_once(social: Social, moment: Clock) -> None:
    left = actions.leave(social.event, social.ada).left_at
    moment.advance(minutes=1)
    assert actions.leave(social.event, social.ada).left_at == left
    assert actions.come_back(social.event, social.ada).left_at is None
    assert actions.come_back(social.event, social.ada).left_at is None


def test_present_is_heard_from_lately(social: Social, moment: Clock) -> None:
    note_heard([streams.attendee("BCDFG", one.public_id) for one in (social.ada, social.ben)])
    assert present("BCDFG") == 2
    moment.advance(seconds=24)
    note_heard([streams.attendee("BCDFG", social.ada.public_id), streams.member("BCDFG", social.hana.public_id)])
    moment.advance(seconds=2)
    assert present("BCDFG") == 1
    actions.leave(social.event, social.ada)
    assert present("BCDFG") == 0


@pytest.mark.parametrize("was_removed", [False, True])
def test_forget_me_leaves_no_trace(social: Social, browser: Callable[..., Browser], was_removed: bool) -> None:
    phone = browser(device="device-of-cleo")
    canary, spot = "Canary-4711", "Perch-0815"
    joined = phone.ask("POST", "events/BCDFG/attendees/", {"name": canary, "spot": spot})
    assert joined.status_code == 201
    assert places_of(canary) != []
    if was_removed:
        actions.remove(social.event, joined.json()["attendee"]["id"])
    assert phone.ask("DELETE", "events/BCDFG/me/").status_code == 204
    assert places_of(canary) + places_of(spot) == []
    assert phone.ask("DELETE", "events/BCDFG/me/").status_code == 204
    again = phone.ask("POST", "events/BCDFG/attendees/", {"name": "Cleo"})
    assert again.status_code == (403 if was_removed else 201)


def places_of(text: str) -> list[str]:
    """Tables of the whole database in which the text stands anywhere."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(text in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def test_three_hundred_phones_behind_one_address_get_in(
    social: Social, browser: Callable[..., Browser], moment: Clock
) -> None:
    answers, any_phone = [], browser()
    for number in range(300):
        moment.advance(seconds=0.2)
        phone = any_phone.with_device(f"phone-{number}")
        answers.append(phone.ask("POST", "events/BCDFG/attendees/", {"name": "Kim"}).status_code)
    assert answers == [201] * 300
    assert set(Attendee.objects.filter(name="Kim").values_list("name_number", flat=True)) == set(range(1, 301))


def test_one_abusive_device_does_not(social: Social, browser: Callable[..., Browser], moment: Clock) -> None:
    phone = browser(device="abuser")
    answers = []
    for number in range(30):
        answers.append(phone.ask("POST", "events/BCDFG/attendees/", {"name": f"Troll {number}"}).status_code)
        phone.ask("DELETE", "events/BCDFG/me/")
    assert answers == [201] * limits.JOIN_DEVICE.capacity + [429] * (30 - limits.JOIN_DEVICE.capacity)
    other = browser(device="neighbour").ask("POST", "events/BCDFG/attendees/", {"name": "Cleo"})
    assert other.status_code == 201


def cookies_of(device: str) -> dict[str, object]:
    return {"cookies": {name: morsel.value for name, morsel in Browser().with_device(device).cookies.items()}}


def test_a_device_of_two_events_cannot_be_linked(social: Social, elsewhere: Social) -> None:
    there = actions.join(elsewhere.event, "device-of-ada", name="Ada")[0]
    assert there.device_hash != social.ada.device_hash
    assert "device-of-ada" not in there.device_hash
    assert identify(cookies_of("device-of-ada"), "zzzzz").attendee == there
    assert identify(cookies_of("device-of-ada"), "bcdfg").attendee == social.ada


def test_a_cookie_we_did_not_sign_is_nobody(social: Social) -> None:
    assert identify({"cookies": {"device": "device-of-ada"}}, "BCDFG").role == "visitor"
    assert identify({"cookies": {"device": "device-of-ada:forged"}}, "BCDFG").role == "visitor"
