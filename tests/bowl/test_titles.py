"""A story's title is kept for as long as its teller agrees."""

import pytest

from apps.bowl import actions, queries
from apps.bowl.models import Slip
from apps.events import actions as events
from apps.events.models import Attendee
from apps.live import streams
from tests.events.conftest import Social
from tests.events.told import code_of, stored

from .test_evening import mine, told

pytestmark = pytest.mark.usefixtures("said_is_true")


def tell_story(social: Social, segment: str, attendee: Attendee) -> None:
    actions.put_in(social.event, segment, attendee)
    number = len(told(social, segment)["draws"]) + 1
    actions.draw(social.event, segment, by=social.hana, after=number - 1)
    actions.start_turn(social.event, segment, number)
    actions.end_turn(social.event, segment, number)


def kept(social: Social) -> list[tuple[str, str, str]]:
    return [(segment.title[10:-1], name, title) for segment, name, title in queries.stories(social.event)]


@pytest.fixture
def stories(social: Social, success: str, horror: str) -> None:
    """Ben and Ada told of a success, Ada of a horror; all have titles."""
    for segment, attendee in ((horror, social.ada), (success, social.ben), (success, social.ada)):
        tell_story(social, segment, attendee)
        actions.give_title(social.event, segment, attendee, f"  {attendee.name}'s  merge ")


def test_titles_stand_beside_names_in_the_order_of_the_evening(social: Social, success: str, stories: None) -> None:
    assert kept(social) == [
        ("Success Stories", "Ben", "Ben's merge"),
        ("Success Stories", "Ada", "Ada's merge"),
        ("Horror Stories", "Ada", "Ada's merge"),
    ]
    assert mine(social, success)["title"] == "Ada's merge"
    slip = Slip.objects.get(bowl__segment__public_id=success, name="Ada")
    assert stored(streams.crew("BCDFG"))[f"slips/{slip.public_id}"]["title"] == "Ada's merge"
    assert "'s merge" not in str(stored(streams.public("BCDFG")))


def test_a_title_is_changed_and_taken_back(social: Social, success: str, horror: str, stories: None) -> None:
    actions.give_title(social.event, success, social.ada, "Fork me")
    actions.take_title_back(social.event, horror, social.ada)
    actions.take_title_back(social.event, horror, social.ada)
    ben = Slip.objects.get(name="Ben")
    actions.strike_title(social.event, success, ben.public_id)
    assert kept(social) == [("Success Stories", "Ada", "Fork me")]
    assert mine(social, horror)["title"] == ""


def test_whoever_is_forgotten_leaves_no_title(social: Social, stories: None) -> None:
    events.forget(social.event, social.ada)
    assert kept(social) == [("Success Stories", "Ben", "Ben's merge")]
    assert list(Slip.objects.exclude(title="").values_list("name", flat=True)) == ["Ben"]
    events.remove(social.event, social.ben.public_id)
    assert kept(social) == []


def test_a_story_is_named_once_it_is_told(social: Social, success: str) -> None:
    give = lambda: actions.give_title(social.event, success, social.ada, "The merge")  # noqa: E731
    assert code_of(give) == "not_told"
    actions.put_in(social.event, success, social.ada)
    assert code_of(give) == "not_told"
    actions.draw(social.event, success, by=social.hana, after=0)
    actions.start_turn(social.event, success, 1)
    assert code_of(give) == "not_told"
    actions.end_turn(social.event, success, 1)
    social.press("enter", segment=success)
    social.press("next")  # the bowl is closed; its stories may still be named
    give()
    assert kept(social) == [("Success Stories", "Ada", "The merge")]
