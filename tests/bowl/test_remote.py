"""Who speaks from afar sees the stage, from the call to the last word, and nobody else is told where it is."""

import pytest

from apps.bowl import actions
from apps.events import actions as events
from apps.live import sources, streams
from tests.events.conftest import Social
from tests.events.told import stored

from .test_evening import mine, told

pytestmark = pytest.mark.usefixtures("said_is_true")


def holders(address: str) -> set[str]:
    """Streams of this event that tell the address."""
    return {name for name in sources.gather("BCDFG") if address in str(stored(name))}


def test_who_is_remote_sees_the_stage_while_called_and_speaking(social: Social, success: str) -> None:
    """And nobody else is told its address; the crew has it in a document of its own."""
    event = social.event
    actions.put_in(event, success, social.ada)
    events.edit(event, social.ada, remote=True)
    assert mine(social, success)["stage"] is None
    actions.draw(event, success, by=social.hana, after=0)
    old = mine(social, success)["stage"]
    assert old.startswith("/stage/BCDFG.")
    events.renew_stage_link(event)
    actions.start_turn(event, success, 1)
    new = mine(social, success)["stage"]
    assert new.startswith("/stage/BCDFG.")
    assert new != old
    assert holders(new) == {streams.crew("BCDFG"), streams.attendee("BCDFG", social.ada.public_id)}
    document = told(social, success)["draws"][0]
    assert document["remote"] is True
    events.edit(event, social.ada, remote=False)
    assert (mine(social, success)["stage"], told(social, success)["draws"][0]["remote"]) == (None, False)
    events.edit(event, social.ada, remote=True)
    assert mine(social, success)["stage"] == new
    actions.end_turn(event, success, 1)
    assert holders(new) == {streams.crew("BCDFG")}


def test_whoever_is_in_the_room_is_told_no_address(social: Social, success: str) -> None:
    actions.put_in(social.event, success, social.ada)
    actions.draw(social.event, success, by=social.hana, after=0)
    assert mine(social, success)["stage"] is None
