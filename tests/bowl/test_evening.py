"""An open-mic from the first slip to the revealed seed; after every action apply = refetch."""

from contextlib import suppress

import pytest

from apps.bowl import actions, queries
from apps.bowl.documents import proof
from apps.bowl.models import Bowl, Draw, Slip
from apps.bowl.proof import check
from apps.core.refusal import Refusal
from apps.events import actions as events
from apps.events.models import Attendee, Event
from apps.live import sources, streams
from tests.events.conftest import Clock, Social
from tests.events.told import Screen, assert_all_heard, code_of, stored
from tests.protocol import page

pytestmark = pytest.mark.usefixtures("said_is_true")


def give_title(event: Event, segment: str, attendee: Attendee, title: str) -> None:
    with suppress(Refusal):
        actions.give_title(event, segment, attendee, title)


def told(social: Social, segment: str) -> dict:
    return stored(streams.public("BCDFG"))[f"bowl/{segment}"]


def mine(social: Social, segment: str) -> dict | None:
    return stored(streams.attendee("BCDFG", social.ada.public_id)).get(f"bowl/{segment}")


def test_every_action_is_applied_as_it_is_fetched(social: Social, success: str, moment: Clock) -> None:
    screens = [Screen(name) for name in sources.gather("BCDFG")]
    event, ada, ben, hana = social.event, social.ada, social.ben, social.hana
    for act in (
        lambda: actions.put_in(event, success, ada, "a merge at midnight"),
        lambda: actions.put_in(event, success, ada, "a merge at noon"),
        lambda: actions.take_out(event, success, ada),
        lambda: actions.put_in(event, success, ada),
        lambda: actions.put_in_for(event, success, name="Cleo", remote=True),
        lambda: actions.freeze(event, success, after=0),
        lambda: actions.stir(event, success, ada, number=1, digit=7),
        lambda: events.edit(event, ada, remote=True),
        lambda: actions.draw(event, success, by=hana, after=0, beacon="rain"),
        lambda: actions.undo(event, success, 1),
        lambda: actions.draw(event, success, by=hana, after=1),
        lambda: actions.accept(event, success, 2),
        lambda: actions.start_turn(event, success, 2),
        lambda: actions.pause_turn(event, success, 2),
        lambda: actions.resume_turn(event, success, 2),
        lambda: actions.extend_turn(event, success, 2),
        lambda: actions.draw(event, success, by=hana, after=2),
        lambda: actions.end_turn(event, success, 2),
        lambda: actions.decide(event, success, 3, "no_show"),
        lambda: actions.put_in(event, success, ben),
        lambda: [give_title(event, success, one, "The merge") for one in (ada, ben)],
        lambda: events.forget(event, ben),
        lambda: actions.close_bowl(event, Bowl.objects.get(segment__public_id=success).segment),
        lambda: (moment.advance(seconds=61), actions.reveal_due("BCDFG")),
    ):
        moment.advance(seconds=5)
        act()
        assert page.undescribed("bowl", assert_all_heard(screens), ("bowl/", "slips/")) == []


def test_one_tap_in_and_one_out(social: Social, success: str) -> None:
    first = actions.put_in(social.event, success, social.ada)
    assert actions.put_in(social.event, success, social.ada).pk == first.pk
    assert told(social, success)["slips"] == 1
    assert mine(social, success)["state"] == "in"
    actions.take_out(social.event, success, social.ada)
    actions.take_out(social.event, success, social.ada)
    assert told(social, success)["slips"] == 0
    assert mine(social, success) is None


def test_a_called_name_cannot_be_taken_out(social: Social, success: str) -> None:
    actions.put_in(social.event, success, social.ada)
    actions.draw(social.event, success, by=social.hana, after=0)
    assert code_of(lambda: actions.take_out(social.event, success, social.ada)) == "called"
    assert mine(social, success)["draw"] == 1


def test_two_hosts_draw_once(social: Social, success: str) -> None:
    hal = events.add_crew(social.event, "Hal", "host")
    actions.put_in(social.event, success, social.ada)
    actions.draw(social.event, success, by=social.hana, after=0)
    with pytest.raises(Refusal) as refused:
        actions.draw(social.event, success, by=hal, after=0)
    assert (refused.value.code, refused.value.message) == ("somebody_faster", "Hana drew first: Ada.")
    assert Draw.objects.count() == 1


def test_who_passed_waits_until_the_others_were_drawn(social: Social, success: str) -> None:
    actions.put_in(social.event, success, social.ada)
    actions.draw(social.event, success, by=social.hana, after=0)
    actions.decide(social.event, success, 1, "passed")
    for number in range(5):
        actions.put_in_for(social.event, success, name=f"Cleo {number}")
    names = []
    for number in range(2, 8):
        drawn = actions.draw(social.event, success, by=social.hana, after=number - 1)
        names.append(drawn.slip.name)
        actions.start_turn(social.event, success, number)
        actions.end_turn(social.event, success, number)
    assert names[-1] == "Ada"
    assert sorted(names[:-1]) == [f"Cleo {number}" for number in range(5)]
    assert code_of(lambda: actions.draw(social.event, success, by=social.hana, after=7)) == "bowl_empty"


def test_whoever_told_in_one_bowl_waits_in_the_other(social: Social, success: str, horror: str) -> None:
    for segment in (success, horror):
        actions.put_in(social.event, segment, social.ada)
    actions.draw(social.event, success, by=social.hana, after=0)
    actions.start_turn(social.event, success, 1)
    actions.end_turn(social.event, success, 1)
    actions.put_in(social.event, horror, social.ben)
    assert actions.draw(social.event, horror, by=social.hana, after=0).slip.name == "Ben"
    assert code_of(lambda: actions.put_in(social.event, success, social.ada)) == "told"


def test_the_next_name_while_a_story_runs(social: Social, success: str) -> None:
    actions.put_in(social.event, success, social.ada)
    actions.put_in(social.event, success, social.ben)
    actions.draw(social.event, success, by=social.hana, after=0)
    actions.start_turn(social.event, success, 1)
    actions.draw(social.event, success, by=social.hana, after=1)
    assert code_of(lambda: actions.start_turn(social.event, success, 2)) == "still_speaking"
    assert code_of(lambda: actions.draw(social.event, success, by=social.hana, after=2)) == "still_called"
    actions.end_turn(social.event, success, 1)
    actions.start_turn(social.event, success, 2)
    assert [one["outcome"] for one in told(social, success)["draws"]] == ["told", "speaking"]


def test_four_minutes_a_pause_and_half_a_minute_more(social: Social, success: str, moment: Clock) -> None:
    actions.put_in(social.event, success, social.ada)
    actions.draw(social.event, success, by=social.hana, after=0)
    actions.start_turn(social.event, success, 1)
    actions.start_turn(social.event, success, 1)
    moment.advance(minutes=1)
    actions.pause_turn(social.event, success, 1)
    moment.advance(minutes=2)
    actions.resume_turn(social.event, success, 1)
    actions.extend_turn(social.event, success, 1)
    turn = told(social, success)["draws"][0]["turn"]
    assert turn == {
        "length_seconds": 240,
        "started_at": "2026-05-11T12:45:00.000Z",
        "ends_at": "2026-05-11T12:51:30.000Z",
        "paused_at": None,
        "ended_at": None,
    }


def test_the_seed_is_shown_a_minute_after_the_segment_and_proves_every_draw(
    social: Social, success: str, moment: Clock
) -> None:
    social.press("enter", segment=success)
    for name in ("Cleo", "Dan", "Eva"):
        actions.put_in_for(social.event, success, name=name)
    actions.draw(social.event, success, by=social.hana, after=0)
    actions.decide(social.event, success, 1, "passed", keep=False)
    actions.draw(social.event, success, by=social.hana, after=1)
    social.press("next")
    assert told(social, success)["state"] == "closed"
    actions.reveal_due("BCDFG")
    assert told(social, success)["seed"] is None
    moment.advance(seconds=61)
    actions.reveal_due("BCDFG")
    bowl = Bowl.objects.get(segment__public_id=success)
    assert told(social, success)["seed"] == bowl.seed
    written = proof(bowl, queries.draws_of(bowl))
    assert check(written) == []
    assert [draw["outcome"] for draw in written["draws"]] == ["passed", "called"]


def test_going_back_within_the_minute_opens_the_bowl_again(social: Social, success: str, moment: Clock) -> None:
    social.press("enter", segment=success)
    social.press("next")
    moment.advance(seconds=59)
    social.press("back")
    moment.advance(seconds=61)
    actions.reveal_due("BCDFG")
    assert told(social, success)["state"] == "open"


def test_a_revealed_bowl_stays_shut(social: Social, success: str, moment: Clock) -> None:
    social.press("enter", segment=success)
    social.press("next")
    moment.advance(seconds=61)
    actions.reveal_due("BCDFG")
    social.press("back")
    assert code_of(lambda: actions.put_in(social.event, success, social.ada)) == "bowl_closed"


def test_forgetting_a_person_keeps_the_record_and_no_name(social: Social, success: str, moment: Clock) -> None:
    actions.put_in(social.event, success, social.ada, "teaser-canary")
    actions.put_in(social.event, success, social.ben)
    for number in (1, 2):
        actions.draw(social.event, success, by=social.hana, after=number - 1)
        actions.start_turn(social.event, success, number)
        actions.end_turn(social.event, success, number)
    events.forget(social.event, social.ada)
    bowl = Bowl.objects.get(segment__public_id=success)
    assert "Ada" not in str(proof(bowl, queries.draws_of(bowl)))
    assert check(proof(bowl, queries.draws_of(bowl))) == []
    assert Slip.objects.filter(teaser="").count() == 2


def test_no_name_and_no_teaser_before_the_call(social: Social, success: str, elsewhere: Social) -> None:
    canary = events.join(social.event, "device-of-canary", name="Canary-4711")[0]
    actions.put_in(social.event, success, canary, "Perch-0815")
    entitled = {streams.crew("BCDFG"), streams.attendee("BCDFG", canary.public_id)}
    everything = {name: str(stored(name)) for name in [*sources.gather("BCDFG"), *sources.gather("ZZZZZ")]}
    holding = {name for name, text in everything.items() if "Canary-4711" in text or "Perch-0815" in text}
    assert holding == entitled
    actions.draw(social.event, success, by=social.hana, after=0)
    assert "Canary-4711" in str(stored(streams.public("BCDFG")))
    assert "Perch-0815" not in str(stored(streams.public("BCDFG")))
