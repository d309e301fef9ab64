"""A wall from the first note to the themes people photograph; after every action apply = refetch."""

import pytest

from apps.events import actions as events
from apps.events.queries import segments_of
from apps.live import sources
from apps.tips import actions
from apps.tips import queries as tips
from apps.tips.models import Decision, Tip, Wall
from apps.tips.moderation import Verb
from tests.events.conftest import Clock, Social
from tests.events.told import Screen, assert_all_heard, code_of, stored
from tests.protocol import page

from .notes import NOTES
from .wall import approve, crew, decline, public, take_down, write

pytestmark = pytest.mark.usefixtures("said_is_true")
KEYS = ("tips/", "wall/", "themes/", "votes/", "queue/", "board/", "suggestions/")


def test_every_action_is_applied_as_it_is_fetched(social: Social, segment: str, moment: Clock) -> None:
    screens = [Screen(name) for name in sources.gather("BCDFG")]
    event, ada, ben, hana, mo = social.event, social.ada, social.ben, social.hana, social.mo
    made: list[Tip] = []

    def tip(place: int) -> str:
        return made[place].public_id

    def theme(place: int) -> str:
        return Wall.objects.get().themes.all()[place].public_id

    def settle() -> None:
        moment.advance(seconds=5)
        actions.suggest_due("BCDFG")
        actions.count_due("BCDFG")

    for act in (
        *[lambda text=text: made.append(write(social, segment, text, signed=True)) for text in NOTES],
        lambda: made.append(write(social, segment, "from Ben", by=ben)),
        settle,
        lambda: actions.edit(event, segment, ada, tip(0), text="Write it down, all of it"),
        lambda: actions.claim(event, segment, tip(0), by=mo),
        lambda: actions.claim(event, segment, tip(1), by=mo),
        lambda: actions.release(event, segment, tip(1), by=mo),
        lambda: approve(social, segment, made[0]),
        lambda: actions.undo(event, segment, tip(0), by=mo),
        lambda: decline(social, segment, made[0], words="Could you say more?"),
        lambda: actions.edit(event, segment, ada, tip(0), text="Write down who does what"),
        lambda: actions.reword(event, segment, tip(0), by=mo, text="Write down who does what."),
        lambda: actions.approve_all(event, segment, [one.public_id for one in made], by=hana),
        lambda: actions.undo_all(event, segment, [one.public_id for one in made], by=hana),
        lambda: actions.approve_all(event, segment, [one.public_id for one in made], by=hana),
        settle,
        lambda: actions.pin(event, segment, tip(1), pinned=True),
        lambda: actions.vote(event, segment, ben, tip(1)),
        lambda: actions.vote(event, segment, ada, tip(1)),
        settle,
        lambda: actions.take_vote_back(event, segment, ada, tip(1)),
        settle,
        lambda: actions.add_theme(event, segment, name="Kindness", tips=[tip(4)]),
        lambda: actions.add_theme(event, segment, name="Openness", colour="sky"),
        lambda: actions.edit_theme(event, segment, theme(1), name="Open doors", position=0),
        lambda: actions.move_tip(event, segment, tip(5), theme=theme(0)),
        settle,
        lambda: [
            actions.refuse_guess(event, segment, one, guesses[0]["theme"], by=mo)
            for one, guesses in Wall.objects.get().suggestions["guesses"].items()
        ],
        lambda: actions.refuse_pair(event, segment, [tip(1), tip(2)], by=mo),
        lambda: actions.accept_group(event, segment, Wall.objects.get().suggestions["groups"][0]["id"]),
        settle,
        lambda: actions.remove_theme(event, segment, theme(0), into=theme(1)),
        lambda: actions.remove_theme(event, segment, theme(0)),
        lambda: actions.switch(event, segment, revealed=False),
        lambda: actions.switch(event, segment, revealed=True, themes_on_stage=True),
        lambda: take_down(social, segment, made[1]),
        lambda: actions.decide(event, segment, tip(1), verb=Verb.PUT_BACK, by=mo),
        lambda: events.edit(event, ada, name="Ada L."),
        lambda: made.append(write(social, segment, "to be withdrawn")),
        lambda: actions.withdraw(event, segment, ada, made[-1].public_id),
        settle,
        lambda: events.forget(event, ben),
        lambda: events.remove(event, ada.public_id),
        settle,
    ):
        moment.advance(seconds=1)
        act()
        assert page.undescribed("tips", assert_all_heard(screens), KEYS) == []


def test_a_hidden_wall_is_the_crew_s_alone(social: Social, segment: str) -> None:
    tip = write(social, segment)
    actions.switch(social.event, segment, revealed=False)
    approve(social, segment, tip)
    actions.add_theme(social.event, segment, name="Kindness", tips=[tip.public_id])
    assert (public()[f"wall/{segment}"]["count"], public()[f"themes/{segment}"]) == (1, [])
    assert f"tips/{tip.public_id}" not in public()
    assert code_of(lambda: actions.vote(social.event, segment, social.ben, tip.public_id)) == "not_here"
    actions.switch(social.event, segment, revealed=True)
    assert public()[f"tips/{tip.public_id}"]["theme"] == public()[f"themes/{segment}"][0]["id"]


def test_one_vote_each(social: Social, segment: str) -> None:
    tip = write(social, segment)
    assert code_of(lambda: actions.vote(social.event, segment, social.ben, tip.public_id)) == "not_here"
    approve(social, segment, tip)
    for _twice in range(2):
        actions.vote(social.event, segment, social.ben, tip.public_id)
    actions.count_due("BCDFG")
    assert public()[f"votes/{segment}"] == {tip.public_id: 1}
    actions.take_vote_back(social.event, segment, social.ben, tip.public_id)
    actions.count_due("BCDFG")
    assert public()[f"votes/{segment}"] == {}


def test_whoever_is_removed_takes_their_words_along(social: Social, segment: str) -> None:
    shown, waiting = write(social, segment, "shown-canary"), write(social, segment, "waiting-canary")
    approve(social, segment, shown)
    events.remove(social.event, social.ada.public_id)
    assert "canary" not in str(public())
    assert set(Tip.objects.values_list("state", flat=True)) == {"taken_down"}
    for act in (
        lambda: actions.decide(social.event, segment, shown.public_id, verb=Verb.PUT_BACK, by=social.mo),
        lambda: approve(social, segment, waiting),
        lambda: write(social, segment),
    ):
        assert code_of(act) in ("removed", "somebody_faster")


def test_whoever_is_forgotten_leaves_no_word(social: Social, segment: str) -> None:
    tips = [write(social, segment, text) for text in NOTES]
    actions.approve_all(social.event, segment, [tip.public_id for tip in tips], by=social.mo)
    actions.suggest_due("BCDFG")
    assert crew()[f"suggestions/{segment}"]["groups"]
    actions.vote(social.event, segment, social.ben, tips[0].public_id)
    events.forget(social.event, social.ada)
    assert not Tip.objects.exists()
    everything = str([stored(name) for name in sources.gather("BCDFG")]) + str(Wall.objects.values())
    assert not any(text in everything for text in NOTES)
    assert crew()[f"suggestions/{segment}"] == {"groups": [], "guesses": {}, "duplicates": []}
    assert Decision.objects.filter(tip=None).count() == len(NOTES)


def test_the_board_is_what_everybody_may_take_home(social: Social, segment: str) -> None:
    written = [write(social, segment, f"Tip {number}", signed=number == 0) for number in range(5)]
    actions.approve_all(social.event, segment, [tip.public_id for tip in written[:4]], by=social.mo)
    ids = [tip.public_id for tip in written]
    actions.add_theme(social.event, segment, name="Empty")
    actions.add_theme(social.event, segment, name="Trust", tips=[ids[0], ids[1], ids[2], ids[4]])
    actions.vote(social.event, segment, social.ben, ids[1])
    actions.pin(social.event, segment, ids[2], pinned=True)
    place = segments_of(social.event)[3]
    told = [(one.name, [(tip.text, tip.by, tip.votes) for tip in one.tips]) for one in tips.board(place)]
    assert told == [
        ("Trust", [("Tip 2", None, 0), ("Tip 1", None, 1), ("Tip 0", "Ada", 0)]),
        ("", [("Tip 3", None, 0)]),
    ]
    actions.switch(social.event, segment, revealed=False)
    assert tips.board(place) == ()
    assert tips.board(segments_of(social.event)[0]) == ()
