"""When a bowl opens, who may decide that, and what becomes of a slip whose owner does not come."""

import pytest

from apps.bowl import actions
from apps.bowl.models import Bowl, Slip
from apps.events.programme import Programme
from apps.events.queries import segments_of
from tests.events.conftest import Social, gathering
from tests.events.told import code_of

from .test_evening import told


@pytest.fixture
def later(db: None, founding: Programme) -> Social:
    """An event whose first bowl the host opens, and whose second is open from the start."""
    founding["segments"][1] |= {"bowl_opens": "by_host"}
    return gathering("BCDFG", founding)


def test_a_bowl_is_open_from_the_start_of_the_event_or_when_the_host_opens_it(later: Social) -> None:
    success, horror = segments_of(later.event)[1:3]
    later.press("start")
    assert list(Bowl.objects.values_list("segment__public_id", flat=True)) == [horror.public_id]
    assert code_of(lambda: actions.put_in(later.event, success.public_id, later.ada)) == "not_here"
    later.press("enter", segment=success.public_id)
    assert not Bowl.objects.filter(segment=success).exists()
    actions.open_bowl(later.event, success)
    actions.put_in(later.event, success.public_id, later.ada)
    later.press("next")
    assert told(later, success.public_id)["state"] == "closed"
    assert code_of(lambda: actions.put_in(later.event, success.public_id, later.ben)) == "bowl_closed"
    # Opened once, it opens again with its segment.
    later.press("back")
    assert told(later, success.public_id)["state"] == "open"


@pytest.mark.parametrize("outcome", ["passed", "no_show"])
@pytest.mark.parametrize("keep", [True, False])
def test_the_host_chooses_what_becomes_of_the_slip(social: Social, success: str, outcome: str, keep: bool) -> None:
    actions.put_in(social.event, success, social.ada)
    actions.draw(social.event, success, by=social.hana, after=0)
    actions.decide(social.event, success, 1, outcome, keep=keep)
    slip = Slip.objects.get()
    assert (slip.state, slip.returned) == (("in", True) if keep else ("out", False))
    assert (told(social, success)["slips"], told(social, success)["draws"][0]["outcome"]) == (int(keep), outcome)


def test_a_draw_taken_back_returns_the_slip_as_it_was_and_stays_in_the_record(social: Social, success: str) -> None:
    actions.put_in(social.event, success, social.ada)
    actions.draw(social.event, success, by=social.hana, after=0)
    actions.undo(social.event, success, 1)
    slip = Slip.objects.get()
    assert (slip.state, slip.returned) == ("in", False)
    draw = told(social, success)["draws"][0]
    assert (draw["name"], draw["outcome"]) == ("Ada", "undone")
    assert actions.draw(social.event, success, by=social.hana, after=1).previous == draw["hash"]


def test_somebody_without_a_phone_tells_a_story_by_the_hosts_hands(social: Social, success: str) -> None:
    actions.put_in_for(social.event, success, name="Gus", teaser="the fax", remote=True)
    assert told(social, success)["draws"] == []
    drawn = actions.draw(social.event, success, by=social.hana, after=0)
    actions.start_turn(social.event, success, 1)
    actions.end_turn(social.event, success, 1)
    draw = told(social, success)["draws"][0]
    assert (drawn.slip.attendee, draw["name"], draw["remote"], draw["outcome"]) == (None, "Gus", True, "told")
