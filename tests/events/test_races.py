"""Many at once, on real connections: one effect, one row, one number each, and nobody left without an answer."""

from typing import Any

import pytest
from django.db import connection, transaction

from apps.events import actions, names
from apps.events.actions.rights import at_the_door, hold
from apps.events.models import Attendee, Event, Move
from apps.events.programme import Programme

from .conftest import Social
from .meeting import at_once, meeting

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_hosts_press_next(party: Social) -> None:
    hal = actions.add_crew(party.event, "Hal", "host")
    party.press("start")
    hosts = [party.hana, hal] * 5
    answers = at_once(*[lambda by=by: party.press("next", by=by, from_step=1) for by in hosts])
    assert sorted(one if isinstance(one, str) else one["move"]["verb"] for one in answers) == [
        "next",
        *["somebody_faster"] * 9,
    ]
    assert Move.objects.filter(verb="next").count() == 1
    assert party.fresh().step == 2


def test_an_undo_meets_a_next(party: Social) -> None:
    made = party.press("start")["move"]["id"]
    undone, moved = at_once(
        lambda: actions.undo(party.event, made, by=party.hana), lambda: party.press("next", from_step=1)
    )
    assert {type(undone), type(moved)} == {dict, str}
    assert "too_late_to_undo" in (undone, moved) or "somebody_faster" in (undone, moved)
    assert party.fresh().step == 2


def test_ten_undos_are_one(party: Social) -> None:
    made = party.press("start")["move"]["id"]
    answers = at_once(*[lambda: actions.undo(party.event, made, by=party.hana)] * 10)
    assert answers == [answers[0]] * 10
    assert answers[0]["now"]["state"] == "before"
    assert party.fresh().step == 2


def test_a_panic_among_presses(party: Social) -> None:
    party.press("start")
    answers = at_once(
        *[lambda: party.press("next", from_step=1)] * 4, *[lambda: party.press("blank", from_step=0, by=party.mo)] * 4
    )
    assert [one["now"]["blanked"] for one in answers[4:]] == [True] * 4
    assert party.fresh().blanked
    assert Move.objects.filter(verb="blank").count() == 1


def test_one_device_joins_a_hundred_times(party: Social) -> None:
    answers = at_once(*[lambda: actions.join(party.event, "device-of-cleo", name="Cleo")] * 100)
    assert len({attendee.public_id for attendee, _is_new in answers}) == 1
    assert sorted(is_new for _attendee, is_new in answers) == [False] * 99 + [True]
    assert Attendee.objects.filter(name="Cleo").count() == 1


def test_forty_of_one_name_get_a_number_each(party: Social) -> None:
    answers = at_once(
        *[
            lambda number=number: actions.join(party.event, f"phone-{number}", name="Kim" if number % 2 else "KIM")[0]
            for number in range(40)
        ]
    )
    assert sorted(attendee.name_number for attendee in answers) == list(range(1, 41))


def test_edits_to_one_name(party: Social) -> None:
    people = [actions.join(party.event, f"phone-{number}", name=f"Kim {number}x")[0] for number in range(8)]
    answers = at_once(*[lambda one=one: actions.edit(party.event, one, name="Kim") for one in people])
    assert sorted(attendee.name_number for attendee in answers) == list(range(1, 9))


def test_leaving_coming_back_removing_and_forgetting(party: Social) -> None:
    acts = [actions.leave, actions.come_back, actions.leave, actions.forget, actions.come_back]
    answers = at_once(
        *[lambda act=act: act(party.event, party.ada) for act in acts],
        lambda: actions.remove(party.event, party.ada.public_id),
    )
    assert [one for one in answers if isinstance(one, Exception)] == []
    kept = Attendee.objects.filter(public_id=party.ada.public_id).first()
    assert kept is None or (kept.name, kept.removed_at is None) == ("", False)


def test_two_hosts_renew_the_stage_s_address(party: Social) -> None:
    event = party.fresh()
    answers = at_once(*[lambda: actions.renew_stage_link(party.fresh())] * 4)
    last = party.fresh().stage_id
    assert last != event.stage_id
    assert any(last in address for address in answers)


def test_replacing_the_programme_meets_the_start(party: Social, founding: Programme) -> None:
    replaced, started = at_once(
        lambda: actions.replace_programme(party.event, founding), lambda: party.press("start", from_step=0)
    )
    assert not isinstance(started, Exception), started
    assert replaced == "already_started" or party.fresh().segments.count() == 5
    assert (party.fresh().segment is None) == (started == "somebody_faster")


def test_one_name_is_wanted_by_many_where_each_has_their_own(party: Social) -> None:
    programme = {**actions.edited_programme(party.fresh())["programme"], "names": "unique"}
    actions.edit_programme(party.event, programme, version=1, by=party.hana)
    event = party.fresh()
    doors = [lambda place=place: actions.join(event, f"new-{place}", name="Eve")[0].shown_name for place in range(6)]
    answers = at_once(*doors, lambda: actions.edit(event, party.ben, name="eve").shown_name)
    assert sorted(answer for answer in answers if answer == "name_taken") == ["name_taken"] * 6
    assert event.attendees.filter(name_key=names.key_of("Eve")).count() == 1


def put_away(party: Social) -> None:
    actions.archive(party.event, by=party.hana)


def erase(party: Social) -> None:
    actions.erase_event(party.event, by=party.hana)


@pytest.mark.parametrize("is_first", [True, False], ids=["gone first", "gone second"])
@pytest.mark.parametrize(("go", "no"), [(put_away, "archived"), (erase, "not_here")], ids=["archived", "erased"])
def test_somebody_comes_in_as_the_event_goes(party: Social, go: Any, no: str, is_first: bool) -> None:
    """In before it is put away, or told that it was: nobody comes into an event that nothing changes any more."""
    join = lambda: actions.join(party.event, "device-of-cleo", name="Cleo")[1]  # noqa: E731
    if is_first:
        assert meeting(lambda: go(party), join) == [None, no]
        assert not Attendee.objects.filter(name="Cleo").exists()
    else:
        assert meeting(join, lambda: go(party)) == [True, None]
        assert Attendee.objects.filter(name="Cleo").exists() == Event.objects.exists()


def test_many_come_in_side_by_side(party: Social) -> None:
    """Whoever is at the door keeps nobody else from it, nor does a host who presses meanwhile."""
    if connection.vendor == "sqlite":
        return  # one writer at a time
    with transaction.atomic():
        hold(party.event, party.hana, "lead_rounds")
        at_the_door(party.event)
        assert at_once(lambda: get_to_the_door(party)) == [None]


@transaction.atomic
def get_to_the_door(party: Social) -> None:
    with connection.cursor() as cursor:
        # So that a door which keeps people waiting fails, and does not hang.
        cursor.execute("SET LOCAL lock_timeout = '5s'")
    at_the_door(party.event)
