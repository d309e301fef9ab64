"""An edit tells anew what stands on what it moved, and no more: afterwards all is as if it had been computed whole."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.events import actions
from apps.events.queries import segments_of
from apps.matching import actions as matching
from apps.matching.models import Round
from apps.pictures import actions as pictures
from apps.pictures.rules import Verb as PictureVerb
from apps.tips import actions as tips
from apps.tips.moderation import Verb
from tests.events.conftest import Clock, Social
from tests.events.told import stored
from tests.roles.world import sent

from .test_editing import read, save

pytestmark = pytest.mark.usefixtures("said_is_true")


def edit(social: Social, change: Callable[[dict[str, Any]], object]) -> None:
    wanted = read(social)
    change(wanted)
    save(social, wanted)


def enter(social: Social, kind: str) -> str:
    found = next(one for one in segments_of(social.event) if one.kind == kind)
    social.press("enter", segment=found.public_id)
    return found.public_id


def mine(social: Social, key: str) -> Any:
    return stored(f"BCDFG/attendee/{social.ada.public_id}")[key]


def test_who_wrote_hears_it_in_the_new_language(social: Social, moment: Clock) -> None:
    social.press("start")
    wall = enter(social, "group_exercise")
    told = {}
    for name, verb, words in (
        ("declined", Verb.DECLINE, {"reason": "advertising"}),
        ("in their own words", Verb.DECLINE, {"reason": "other", "words": "Not here."}),
        ("down", Verb.TAKE_DOWN, {}),
        ("shown", Verb.APPROVE, {}),
    ):
        tip = tips.write(social.event, wall, social.ada, text=f"A tip that is {name}").public_id
        if verb is Verb.TAKE_DOWN:
            tips.decide(social.event, wall, tip, verb=Verb.APPROVE, by=social.mo)
        tips.decide(social.event, wall, tip, verb=verb, by=social.mo, **words)
        told[name] = f"tips/{tip}"
    picture = sent(social, "Shown")
    pictures.decide(social.event, picture, verb=PictureVerb.DECLINE, by=social.mo, reason="unclear")
    told["picture"] = f"own_pictures/{picture}"
    before = {name: mine(social, key)["message"] for name, key in told.items()}
    edit(social, lambda wanted: wanted.update(language="de"))
    after = {name: mine(social, key)["message"] for name, key in told.items()}
    assert {name for name in told if before[name] != after[name]} == {"declined", "down", "picture"}


def test_a_wall_says_how_it_is_written_on(social: Social) -> None:
    social.press("start")
    wall = enter(social, "group_exercise")
    edit(social, lambda wanted: wanted["segments"][3].update(signing="always"))
    assert stored("BCDFG/public")[f"wall/{wall}"]["signing"] == "always"


def test_what_was_empty_goes_with_its_segment(social: Social, moment: Clock) -> None:
    social.press("start")
    wall = enter(social, "group_exercise")
    actions.undo(social.event, stored("BCDFG/crew")["last_move"]["id"], by=social.hana)
    named = [key for key in stored("BCDFG/public") if key.startswith(("bowl/", "wall/", "themes/", "votes/"))]
    assert f"wall/{wall}" in named
    assert sum(key.startswith("bowl/") for key in named) == 2
    edit(social, lambda wanted: wanted.update(segments=wanted["segments"][:2]))
    assert [key for key in stored("BCDFG/public") if key in named] == [f"bowl/{segments_of(social.event)[1].public_id}"]


def test_a_round_stays_and_its_prompt_goes(social: Social) -> None:
    social.press("start")
    matching.open_round(social.event, by=social.hana, after=0, smallest=2, largest=2)
    social.press("next_prompt")
    edit(social, lambda wanted: wanted["segments"][0]["prompts"].pop(0))
    assert stored("BCDFG/public")["round"]["prompt"] is None


def test_a_round_without_groups_goes_with_its_segment(social: Social) -> None:
    edit(social, lambda wanted: wanted["segments"].append({"kind": "icebreaker", "title": "More", "minutes": 5}))
    social.press("start")
    matching.open_round(social.event, by=social.hana, after=0, smallest=2, largest=2)
    Round.objects.update(segment=segments_of(social.event)[-1])
    Round.objects.get().groups.all().delete()
    edit(social, lambda wanted: wanted["segments"].pop())
    assert "round" not in stored("BCDFG/public")


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "words": lambda wanted: wanted.update(title="Renamed", palette="garden", names="unique"),
    "a title": lambda wanted: wanted["segments"][0].update(title="Renamed"),
    "settings": lambda wanted: wanted["segments"][3].update(signing="always", hue="sky"),
    "language": lambda wanted: wanted.update(language="de"),
    "a segment less": lambda wanted: wanted["segments"].pop(2),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nobody_who_is_there_is_looked_at(social: Social, change: Callable[[dict[str, Any]], object]) -> None:
    """A thousand of them would take a second in which nobody else writes."""
    social.press("start")
    wall = enter(social, "group_exercise")
    tips.write(social.event, wall, social.ada, text="A tip that waits")
    with CaptureQueriesContext(connection) as asked:
        edit(social, change)
    people = re.compile(r'FROM "(events_attendee|matching_seat)"')
    listed = [one["sql"] for one in asked if people.search(one["sql"]) and not one["sql"].startswith("SELECT DISTINCT")]
    assert listed == []
