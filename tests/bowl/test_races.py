"""Many at once, on real connections."""

import threading
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.db import connection

from apps.bowl import actions
from apps.bowl.actions import drawing, slips
from apps.bowl.models import Draw, Slip
from apps.events import actions as events
from apps.events.queries import segments_of
from apps.matching import actions as matching
from tests.events.conftest import Social
from tests.events.meeting import at_once, somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def party(party: Social) -> Social:
    party.press("start")
    return party


@pytest.fixture
def segment(party: Social) -> str:
    return segments_of(party.event)[1].public_id


def test_a_hundred_sign_ups_of_one_person_are_one_slip(party: Social, segment: str) -> None:
    answers = at_once(*[lambda: actions.put_in(party.event, segment, party.ada).pk] * 100)
    assert len(set(answers)) == 1
    assert Slip.objects.count() == 1


def test_two_hosts_draw_one_name(party: Social, segment: str) -> None:
    hal = events.add_crew(party.event, "Hal", "host")
    for name in ("Cleo", "Dan", "Eva"):
        actions.put_in_for(party.event, segment, name=name)
    answers = at_once(
        lambda: actions.draw(party.event, segment, by=party.hana, after=0),
        lambda: actions.draw(party.event, segment, by=hal, after=0),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Draw", "str"]
    assert "somebody_faster" in answers
    assert Draw.objects.count() == 1


def test_withdrawing_against_drawing_has_one_winner(party: Social, segment: str) -> None:
    for number in range(6):
        attendee = events.join(party.event, f"device-{number}", name=f"Cleo {number}")[0]
        actions.put_in(party.event, segment, attendee)
        after = Draw.objects.count()
        drawn, taken_out = at_once(
            lambda after=after: actions.draw(party.event, segment, by=party.hana, after=after),
            lambda attendee=attendee: actions.take_out(party.event, segment, attendee),
        )
        slip = Slip.objects.get(attendee=attendee)
        if isinstance(drawn, Draw):
            assert (taken_out, slip.state) == ("called", "called")
            actions.decide(party.event, segment, drawn.number, "no_show", keep=False)
        else:
            assert (drawn, taken_out, slip.state) == ("bowl_empty", None, "out")


def test_every_phone_of_a_room_stirs_once_at_once(party: Social, segment: str) -> None:
    """Eight phones, each tapped twice, against the draw: all that was stirred in counts, who was late is told so."""
    phones = [events.join(party.event, f"device-{number}", name=f"Cleo {number}")[0] for number in range(8)]
    actions.put_in(party.event, segment, party.ada)
    actions.freeze(party.event, segment, after=0)
    actions.stir(party.event, segment, party.ada, number=1, digit=9)
    stirs = [lambda one=one: actions.stir(party.event, segment, one, number=1, digit=3) and None for one in phones * 2]
    *answers, drawn = at_once(*stirs, lambda: actions.draw(party.event, segment, by=party.hana, after=0))
    assert [answer for answer in answers if answer not in (None, "not_frozen")] == []
    stirred = {place % 8 for place, answer in enumerate(answers) if answer is None}
    assert drawn.beacon == "9" + "3" * len(stirred)


def meeting(
    monkeypatch: pytest.MonkeyPatch, place: ModuleType, first: Callable[[], object], other: Callable[[], object]
) -> list[object]:
    """What both answered. The first one has written its rows and is not told of until the other one has come as far as
    it can: waits for a row that the first one holds, or has committed. The database breaks a circle with an error.
    """
    has_written, is_there = threading.Event(), threading.Event()
    tell, firsts = place.tell, set[int]()

    def tell_late(*told: Any) -> None:
        if threading.get_ident() in firsts:
            has_written.set()
            while connection.vendor == "postgresql" and not (is_there.is_set() or somebody_waits()):
                time.sleep(0.01)
        tell(*told)

    def lead() -> object:
        firsts.add(threading.get_ident())
        return first()

    def follow() -> object:
        has_written.wait()
        try:
            return other()
        finally:
            is_there.set()

    with monkeypatch.context() as patch:
        patch.setattr(place, "tell", tell_late)
        return at_once(lead, follow)


def test_moving_on_while_a_name_is_put_in(party: Social, segment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The move closes one bowl, publishes that, and then needs the other one, which Ben's name holds."""
    horror = segments_of(party.event)[2].public_id
    party.press("enter", segment=segment)
    put_in = lambda: actions.put_in(party.event, horror, party.ben) and None  # noqa: E731
    assert meeting(monkeypatch, slips, put_in, lambda: party.press("next") and None) == [None, None]
    assert Slip.objects.get().attendee == party.ben


@pytest.mark.parametrize("change", ["edited", "removed", "forgotten"])
def test_a_person_changes_while_called(
    party: Social, segment: str, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Ada sits in a group: the icebreaker publishes that she changes, and then the bowl needs her slip, just drawn."""
    party.press("enter", segment=segments_of(party.event)[0].public_id)
    matching.open_round(party.event, by=party.hana, after=0)
    actions.put_in(party.event, segment, party.ada)
    changes = {
        "edited": lambda: events.edit(party.event, party.ada, name="Ada L.", remote=True) and None,
        "removed": lambda: events.remove(party.event, party.ada.public_id),
        "forgotten": lambda: events.forget(party.event, party.ada),
    }
    draw = lambda: actions.draw(party.event, segment, by=party.hana, after=0) and None  # noqa: E731
    assert meeting(monkeypatch, drawing, draw, changes[change]) == [None, None]
    slip = Slip.objects.get()
    assert (slip.state, slip.name, slip.remote) == ("called", *(("Ada", True) if change == "edited" else ("", False)))
