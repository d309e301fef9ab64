"""Themes: suggested and moved by nobody but people, made, split, merged, and named."""

import os
import signal
from typing import Any

import pytest

from apps.events import actions as events
from apps.events.actions import create_event
from apps.events.names import key_of
from apps.events.queries import segments_of
from apps.live import queries, streams
from apps.tips import actions
from apps.tips.actions import suggesting
from apps.tips.beside import ReadingError, beside
from apps.tips.models import Decision, Theme, Tip, Wall
from tests.events.conftest import Clock, Social
from tests.events.told import Screen, code_of, stored

from .notes import NOTES
from .wall import approve, crew, public, take_down, write

pytestmark = pytest.mark.usefixtures("said_is_true")


def test_the_machine_moves_nothing(social: Social, segment: str, moment: Clock) -> None:
    tips = [write(social, segment, text) for text in NOTES]
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
    tips = [write(social, segment, text) for text in NOTES]
    actions.approve_all(social.event, segment, [tip.public_id for tip in tips], by=social.mo)
    actions.suggest_due("BCDFG")
    first = crew()[f"suggestions/{segment}"]["groups"][0]
    actions.refuse_group(social.event, segment, first["id"], by=social.mo)
    moment.advance(seconds=5)
    actions.suggest_due("BCDFG")
    assert first["tips"] not in [group["tips"] for group in crew()[f"suggestions/{segment}"]["groups"]]
    assert Wall.objects.get().suggestions_stale is False


def test_a_wall_whose_reading_failed_is_read_again(social: Social, segment: str, moment: Clock) -> None:
    """Though nobody writes any more: the process beside was killed as the last tip was shown."""
    tips = [write(social, segment, text) for text in NOTES]
    actions.approve_all(social.event, segment, [tip.public_id for tip in tips], by=social.mo)
    process = beside.running()
    os.kill(process.pid, signal.SIGKILL)
    # Not yet seen to be dead: it is found out while it is asked.
    process.poll = lambda: None  # type: ignore[method-assign]
    with pytest.raises(ReadingError):
        actions.suggest_due("BCDFG")
    assert suggesting.due("BCDFG") == [], "not at once"
    moment.advance(seconds=5)
    actions.suggest_due("BCDFG")
    assert crew()[f"suggestions/{segment}"]["groups"]


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


def test_large_documents_are_told_when_they_change(social: Social, segment: str, moment: Clock) -> None:
    tips = [write(social, segment, text) for text in NOTES]
    actions.approve_all(social.event, segment, [tip.public_id for tip in tips], by=social.mo)
    actions.suggest_due("BCDFG")
    screen = Screen(streams.crew("BCDFG"))
    approve(social, segment, write(social, segment))
    actions.pin(social.event, segment, tips[0].public_id, pinned=True)
    news = queries.changes(screen.stream, screen.epoch, screen.version)
    assert not [key for key in news.documents if key.startswith(("suggestions/", "themes/"))]
