"""A wall from the first note to the themes people photograph; after every action apply = refetch."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from apps.core.refusal import Refusal
from apps.events import actions as events
from apps.events.actions import create_event
from apps.events.names import key_of
from apps.events.queries import segments_of
from apps.live import queries, sources, streams
from apps.tips import actions
from apps.tips import queries as tips
from apps.tips.models import Decision, Theme, Tip, Wall
from apps.tips.moderation import Verb
from tests.events.conftest import Clock, Social
from tests.events.test_refetch import Screen, stored
from tests.protocol import page

WRITTEN = (
    "Write down who does what before you begin",
    "Agree on authorship early and write it down",
    "Decide authorship order in the first meeting",
    "Discuss authorship before the work starts",
    "Meet every week, even for ten minutes",
    "A short weekly meeting keeps everybody going",
    "Have a weekly call and keep it short",
    "Share the code early and often",
    "Publish your code from the first day",
    "Put the code in the open from day one",
)


@pytest.fixture(autouse=True)
def said_is_true(social: Social) -> Iterator[None]:
    yield
    recomputed = sources.gather("BCDFG")
    assert {name: stored(name) for name in recomputed} == recomputed


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def public() -> dict[str, Any]:
    return stored(streams.public("BCDFG"))


def crew() -> dict[str, Any]:
    return stored(streams.crew("BCDFG"))


def mine(social: Social, tip: Tip) -> dict[str, Any] | None:
    return stored(streams.attendee("BCDFG", social.ada.public_id)).get(f"tips/{tip.public_id}")


def write(social: Social, segment: str, text: str = "Be kind", **more: Any) -> Tip:
    return actions.write(social.event, segment, more.pop("by", social.ada), text=text, **more)


def approve(social: Social, segment: str, tip: Tip, **more: Any) -> Tip:
    return actions.decide(social.event, segment, tip.public_id, verb=Verb.APPROVE, by=more.pop("by", social.mo), **more)


def decline(social: Social, segment: str, tip: Tip, **more: Any) -> Tip:
    more = {"reason": "unclear", "by": social.mo, **more}
    return actions.decide(social.event, segment, tip.public_id, verb=Verb.DECLINE, **more)


def take_down(social: Social, segment: str, tip: Tip) -> Tip:
    return actions.decide(social.event, segment, tip.public_id, verb=Verb.TAKE_DOWN, by=social.mo)


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
        *[lambda text=text: made.append(write(social, segment, text, signed=True)) for text in WRITTEN],
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
        recomputed = sources.gather("BCDFG")
        for screen in screens:
            screen.catch_up()
        assert {one.stream: one.documents for one in screens if one.stream in recomputed} == recomputed
        assert undescribed(recomputed) == []


def undescribed(everything: dict[str, dict[str, object]]) -> list[str]:
    """Where a document of the wall is not what DOCUMENTS.md says of it."""
    examples = page.documents(page.APPS / "tips" / "DOCUMENTS.md")
    return [
        line
        for stream, documents in everything.items()
        for key, document in documents.items()
        if key.startswith(("tips/", "wall/", "themes/", "votes/", "queue/", "board/", "suggestions/"))
        for line in page.differences(examples[streams.alias(stream), page.kind_of(key)], document, key)
    ]


def test_a_tip_waits_until_somebody_looked(social: Social, segment: str) -> None:
    tip = write(social, segment, signed=True)
    assert f"tips/{tip.public_id}" not in public()
    assert mine(social, tip)["state"] == "pending"
    assert crew()[f"queue/{tip.public_id}"]["author"]["name"] == "Ada"
    approve(social, segment, tip)
    approve(social, segment, tip)
    assert public()[f"tips/{tip.public_id}"]["by"] == "Ada"
    assert public()[f"wall/{segment}"]["count"] == 1
    assert f"queue/{tip.public_id}" not in crew()
    assert Decision.objects.count() == 1


def test_an_anonymous_author_is_known_to_nobody(social: Social, segment: str) -> None:
    tip = write(social, segment)
    approve(social, segment, tip)
    assert public()[f"tips/{tip.public_id}"]["by"] is None
    assert crew()[f"board/{tip.public_id}"]["author"] is None


def test_the_author_reads_why(social: Social, segment: str, moment: Clock) -> None:
    tip = write(social, segment)
    assert code_of(lambda: decline(social, segment, tip, reason="bad_mood")) == "reason_missing"
    decline(social, segment, tip)
    assert mine(social, tip)["message"] == "We were not sure what you meant. Could you say it in other words?"
    actions.edit(social.event, segment, social.ada, tip.public_id, text="Be kind to newcomers")
    assert (mine(social, tip)["state"], mine(social, tip)["message"]) == ("pending", "")
    decline(social, segment, tip, words="  Tell us   more\u202e ")
    assert mine(social, tip)["message"] == "Tell us more"


def test_other_words_are_told_and_the_original_kept(social: Social, segment: str) -> None:
    tip = write(social, segment, "Be knid")
    actions.reword(social.event, segment, tip.public_id, by=social.mo, text="Be kind")
    approve(social, segment, tip)
    assert public()[f"tips/{tip.public_id}"]["text"] == "Be kind"
    assert mine(social, tip)["original"] == "Be knid"
    assert mine(social, tip)["message"] == "A moderator changed the wording of your tip a little."
    actions.reword(social.event, segment, tip.public_id, by=social.mo, text="Be knid")
    assert mine(social, tip)["original"] is None


def test_ten_seconds_to_undo_and_only_ones_own(social: Social, segment: str, moment: Clock) -> None:
    tip = write(social, segment)
    approve(social, segment, tip)
    assert code_of(lambda: actions.undo(social.event, segment, tip.public_id, by=social.hana)) == "not_allowed"
    moment.advance(seconds=10)
    actions.undo(social.event, segment, tip.public_id, by=social.mo)
    actions.undo(social.event, segment, tip.public_id, by=social.mo)
    assert f"tips/{tip.public_id}" not in public()
    approve(social, segment, tip)
    moment.advance(seconds=11)
    assert code_of(lambda: actions.undo(social.event, segment, tip.public_id, by=social.mo)) == "too_late_to_undo"


def test_a_claimed_card_is_left_alone_for_half_a_minute(social: Social, segment: str, moment: Clock) -> None:
    tip = write(social, segment)
    actions.claim(social.event, segment, tip.public_id, by=social.mo)
    with pytest.raises(Refusal) as refused:
        approve(social, segment, tip, by=social.hana)
    assert (refused.value.code, refused.value.message) == ("claimed", "Mo has this one open.")
    approved, left = actions.approve_all(social.event, segment, [tip.public_id, "nobody"], by=social.hana)
    assert (approved, left) == ([], {tip.public_id: "claimed", "nobody": "not_here"})
    moment.advance(seconds=31)
    approve(social, segment, tip, by=social.hana)


def test_nothing_is_approved_that_was_not_read(social: Social, segment: str) -> None:
    tip = write(social, segment, "Be kind")
    actions.edit(social.event, segment, social.ada, tip.public_id, text="Be mean")
    assert code_of(lambda: approve(social, segment, tip, seen="Be kind")) == "edited"
    approve(social, segment, tip, seen="Be mean")


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


def test_moderation_stays_on_while_tips_wait(social: Social, segment: str) -> None:
    tip = write(social, segment)
    assert code_of(lambda: actions.switch(social.event, segment, moderated=False)) == "tips_pending"
    approve(social, segment, tip)
    actions.switch(social.event, segment, moderated=False)
    assert write(social, segment).state == "approved"


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
    tips = [write(social, segment, text) for text in WRITTEN]
    actions.approve_all(social.event, segment, [tip.public_id for tip in tips], by=social.mo)
    actions.suggest_due("BCDFG")
    assert crew()[f"suggestions/{segment}"]["groups"]
    events.forget(social.event, social.ada)
    assert not Tip.objects.exists()
    everything = str([stored(name) for name in sources.gather("BCDFG")]) + str(Wall.objects.values())
    assert not any(text in everything for text in WRITTEN)
    assert crew()[f"suggestions/{segment}"] == {"groups": [], "guesses": {}, "duplicates": []}
    assert Decision.objects.filter(tip=None).count() == len(WRITTEN)


def test_the_machine_moves_nothing(social: Social, segment: str, moment: Clock) -> None:
    tips = [write(social, segment, text) for text in WRITTEN]
    actions.approve_all(social.event, segment, [tip.public_id for tip in tips], by=social.mo)
    actions.suggest_due("BCDFG")
    groups = crew()[f"suggestions/{segment}"]["groups"]
    assert groups
    assert all(group["why"] and group["quote"] in group["tips"] for group in groups)
    assert not Tip.objects.exclude(theme=None).exists()
    placed = groups[0]["tips"][0]
    elsewhere = actions.add_theme(social.event, segment, name="Elsewhere", tips=[placed])
    theme, moved = actions.accept_group(social.event, segment, groups[0]["id"], name="Mine")
    assert {tip.public_id for tip in moved} == set(groups[0]["tips"]) - {placed}
    assert Tip.objects.get(public_id=placed).theme == elsewhere
    assert theme.name == "Mine"


def test_a_refused_group_does_not_come_back(social: Social, segment: str, moment: Clock) -> None:
    tips = [write(social, segment, text) for text in WRITTEN]
    actions.approve_all(social.event, segment, [tip.public_id for tip in tips], by=social.mo)
    actions.suggest_due("BCDFG")
    first = crew()[f"suggestions/{segment}"]["groups"][0]
    actions.refuse_group(social.event, segment, first["id"], by=social.mo)
    moment.advance(seconds=5)
    actions.suggest_due("BCDFG")
    assert first["tips"] not in [group["tips"] for group in crew()[f"suggestions/{segment}"]["groups"]]
    assert Wall.objects.get().suggestions_stale is False


def test_waiting_tips_are_compared_and_guessed_and_never_grouped(social: Social, segment: str, moment: Clock) -> None:
    shown = write(social, segment, "Agree on authorship early and write it down")
    approve(social, segment, shown)
    waiting = write(social, segment, "Agree on authorship early, and write it down!", by=social.ben)
    actions.suggest_due("BCDFG")
    told = crew()[f"suggestions/{segment}"]
    assert {tuple(sorted(pair["tips"])) for pair in told["duplicates"]} == {
        tuple(sorted((shown.public_id, waiting.public_id)))
    }
    assert told["groups"] == []
    theme = actions.add_theme(social.event, segment, name="Authorship", tips=[shown.public_id])
    moment.advance(seconds=5)
    actions.suggest_due("BCDFG")
    likely = crew()[f"suggestions/{segment}"]["guesses"]
    assert [guess["theme"] for guess in likely[waiting.public_id]] == [theme.public_id]
    actions.refuse_guess(social.event, segment, waiting.public_id, theme.public_id, by=social.mo)
    actions.add_theme(social.event, segment, name="Meetings")
    moment.advance(seconds=5)
    actions.suggest_due("BCDFG")
    likely = crew()[f"suggestions/{segment}"]["guesses"].get(waiting.public_id, [])
    assert theme.public_id not in [guess["theme"] for guess in likely]


def test_rude_words_are_flagged_and_nothing_is_decided(social: Social, segment: str) -> None:
    tip = write(social, segment, "This is sh1t, mail me at ada@example.org")
    kinds = [flag["kind"] for flag in crew()[f"queue/{tip.public_id}"]["flags"]]
    assert {"rude", "contact"} <= set(kinds)
    assert tip.state == "pending"


def test_themes_of_the_programme(db: None, founding: dict[str, Any], moment: Clock) -> None:
    founding["segments"][3] |= {"themes": ["Time", "TIME", "Trust"], "signing": "always", "wall_shown": "by_host"}
    event = create_event(founding, "BCDFZ")
    hana = events.add_crew(event, "Hana", "host")
    ada = events.join(event, "device-of-ada", name="Ada")[0]
    segment = segments_of(event)[3].public_id
    party = Social(event, hana, hana, ada, ada)
    party.press("start")
    assert code_of(lambda: actions.write(event, segment, ada, text="too early")) == "not_here"
    party.press("enter", segment=segment)
    wall = Wall.objects.get()
    assert [(theme.name, theme.position) for theme in wall.themes.all()] == [("TIME", 0), ("Trust", 1)]
    assert not wall.revealed
    assert actions.write(event, segment, ada, text="Be kind", signed=False).signed
    assert stored(streams.public("BCDFZ"))[f"themes/{segment}"] == []


def test_themes_are_made_split_and_merged(social: Social, segment: str) -> None:
    tips = [write(social, segment, f"Tip number {number}") for number in range(4)]
    ids = [tip.public_id for tip in tips]
    actions.approve_all(social.event, segment, ids, by=social.mo)
    one = actions.add_theme(social.event, segment, name="One", tips=ids)
    two = actions.add_theme(social.event, segment, name="Two", tips=ids[:2])
    assert code_of(lambda: actions.add_theme(social.event, segment, name=" TWO ")) == "theme_exists"
    assert [tip.theme for tip in Tip.objects.all()] == [two, two, one, one]
    actions.remove_theme(social.event, segment, one.public_id, into=two.public_id)
    assert [tip.theme for tip in Tip.objects.all()] == [two] * 4
    actions.remove_theme(social.event, segment, two.public_id)
    assert [tip.theme for tip in Tip.objects.all()] == [None] * 4
    assert [theme["name"] for theme in public()[f"themes/{segment}"]] == []


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


def test_a_name_in_a_tip_s_words_goes_with_the_last_tip_that_says_so(
    social: Social, segment: str, moment: Clock
) -> None:
    tips = [write(social, segment, text) for text in ("Say thanks", "Say THANKS often", "No", "Yes", "So", "Go")]
    actions.approve_all(social.event, segment, [tip.public_id for tip in tips], by=social.mo)

    def accepted(name: str) -> str:
        wall = Wall.objects.get()
        ids = [tip.public_id for tip in tips[:2]]
        wall.suggestions["groups"] = [
            {"id": "one", "name": name, "theme": None, "quote": ids[0], "tips": ids, "why": []}
        ]
        wall.save()
        return actions.accept_group(social.event, segment, "one")[0].public_id

    def named(place: int) -> tuple[str, bool]:
        told = crew()[f"themes/{segment}"][place]
        assert public()[f"themes/{segment}"][place]["name"] == told["name"]
        return told["name"], told["needs_name"]

    actions.add_theme(social.event, segment, name="Theme 2")
    accepted("Say thanks")
    take_down(social, segment, tips[0])
    assert named(1) == ("Say thanks", False)
    actions.reword(social.event, segment, tips[1].public_id, by=social.mo, text="Thank people often")
    assert named(1) == ("Theme 3", True)
    assert "thanks" not in str(public()).casefold()
    theme = crew()[f"themes/{segment}"][1]["id"]
    actions.edit_theme(social.event, segment, theme, name="Say thanks")
    take_down(social, segment, tips[1])
    assert named(1) == ("Say thanks", False)


def test_a_name_comes_back_with_its_tip_when_that_was_taken_down_by_mistake(
    social: Social, segment: str, moment: Clock
) -> None:
    tip = approve(social, segment, write(social, segment, "Say thanks"))
    theme = actions.add_theme(social.event, segment, name="Theme 9", tips=[tip.public_id])

    def quoted() -> None:
        Theme.objects.filter(pk=theme.pk).update(name="Say thanks", name_key=key_of("Say thanks"), quoted=True)

    def told() -> tuple[str, bool]:
        [shown] = crew()[f"themes/{segment}"]
        assert public()[f"themes/{segment}"][0]["name"] == shown["name"]
        return shown["name"], shown["needs_name"]

    def undo() -> None:
        actions.undo(social.event, segment, tip.public_id, by=social.mo)

    quoted()
    take_down(social, segment, tip)
    assert told() == ("Theme 1", True)
    undo()
    assert (told(), Decision.objects.filter(names={}).count()) == (("Say thanks", False), 2)
    # What the crew has named meanwhile stays so.
    take_down(social, segment, tip)
    actions.edit_theme(social.event, segment, theme.public_id, name="Manners")
    undo()
    assert told() == ("Manners", False)
    # Nor does another theme lose a name that it has by now.
    quoted()
    take_down(social, segment, tip)
    other = actions.add_theme(social.event, segment, name="Say thanks")
    undo()
    assert Theme.objects.get(pk=theme.pk).needs_name
    actions.remove_theme(social.event, segment, other.public_id)
    # And of who is forgotten, nothing is kept to come back.
    Theme.objects.filter(pk=theme.pk).update(name="Say thanks", name_key=key_of("Say thanks"), quoted=True)
    take_down(social, segment, tip)
    events.forget(social.event, social.ada)
    assert not Decision.objects.exclude(names={}).exists()


def test_nobody_can_count_what_waits(social: Social, segment: str, moment: Clock) -> None:
    """Not even the version of the public stream moves: a phone hears nothing of a tip that is not shown."""
    before = Screen(streams.public("BCDFG")).version
    tip, other = write(social, segment), write(social, segment, "Be kinder")
    actions.edit(social.event, segment, social.ada, tip.public_id, text="Be kind and fast")
    actions.claim(social.event, segment, tip.public_id, by=social.mo)
    decline(social, segment, tip)
    actions.withdraw(social.event, segment, social.ada, other.public_id)
    moment.advance(seconds=5)
    actions.suggest_due("BCDFG")
    actions.count_due("BCDFG")
    events.remove(social.event, social.ada.public_id)
    assert Screen(streams.public("BCDFG")).version == before


def test_large_documents_are_told_when_they_change(social: Social, segment: str, moment: Clock) -> None:
    tips = [write(social, segment, text) for text in WRITTEN]
    actions.approve_all(social.event, segment, [tip.public_id for tip in tips], by=social.mo)
    actions.suggest_due("BCDFG")
    screen = Screen(streams.crew("BCDFG"))
    approve(social, segment, write(social, segment))
    actions.pin(social.event, segment, tips[0].public_id, pinned=True)
    news = queries.changes(screen.stream, screen.epoch, screen.version)
    assert not [key for key in news.documents if key.startswith(("suggestions/", "themes/"))]
