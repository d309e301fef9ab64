"""Apply = refetch: what was published, what the tables say, and what a client has that applied each change are one."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.core.refusal import Refusal
from apps.events import actions
from apps.events.models import Attendee
from apps.events.programme import parse
from apps.events.queries import segments_of
from apps.live import sources, streams
from apps.live.rebuild import rebuild

from .conftest import FOUNDING, Clock, Social, gathering
from .told import Screen, assert_said_is_true, stored


def edit(social: Social) -> None:
    """Another title, one more prompt and segment, and what comes last now comes first of what is to come."""
    seen = actions.edited_programme(social.fresh())
    programme = seen["programme"]
    *others, last = programme["segments"]
    others[0]["prompts"] = [*others[0].get("prompts", []), {"text": f"Prompt {seen['version']}?"}]
    tea = {"kind": "break", "title": "Tea", "minutes": 5}
    wanted = {**programme, "title": f"Title {seen['version']}", "segments": [*others[:-1], last, tea, others[-1]]}
    actions.edit_programme(social.event, wanted, version=seen["version"], by=social.hana)


ACTIONS: dict[str, Callable[[Social], object]] = {
    "start": lambda social: social.press("start"),
    "next_prompt": lambda social: social.press("next_prompt"),
    "show_prompt": lambda social: social.press(
        "show_prompt", prompt=segments_of(social.event)[0].prompts.all()[3].public_id
    ),
    "previous_prompt": lambda social: social.press("previous_prompt"),
    "add_minutes": lambda social: social.press("add_minutes", minutes=5),
    "pause": lambda social: social.press("pause"),
    "resume": lambda social: social.press("resume"),
    "blank": lambda social: social.press("blank", by=social.mo),
    "unblank": lambda social: social.press("unblank", by=social.mo),
    "next": lambda social: social.press("next"),
    "back": lambda social: social.press("back"),
    "enter": lambda social: social.press("enter", segment=segments_of(social.event)[4].public_id),
    "undo": lambda social: actions.undo(social.event, social.event.moves.last().public_id, by=social.hana),
    "edit_programme": lambda social: edit(social),
    "close_joining": lambda social: social.press("close_joining"),
    "open_joining": lambda social: social.press("open_joining"),
    "join": lambda social: actions.join(social.event, "device-of-cleo", name="Ada", remote=True),
    "edit": lambda social: actions.edit(social.event, social.ada, name="Ada L.", spot="by the door", remote=True),
    "leave": lambda social: actions.leave(social.event, social.ada),
    "come_back": lambda social: actions.come_back(social.event, social.ada),
    "remove": lambda social: actions.remove(social.event, social.ben.public_id),
    "forget": lambda social: actions.forget(
        social.event, Attendee.objects.get(event=social.event, name="Ada", name_number=2)
    ),
    "add_crew": lambda social: actions.add_crew(social.event, "Mo", "host"),
    "change_role": lambda social: actions.change_role(social.event, social.mo.public_id, "moderator", by=social.hana),
    "take_in": lambda social: actions.take_in(
        social.event, get_user_model().objects.get_or_create(username="Mia")[0], "Mia", "moderator"
    ),
    "leave_crew": lambda social: actions.leave_crew(social.event, social.event.crew.filter(name="Mia").latest("pk")),
    "take_off": lambda social: actions.take_off(
        social.event, actions.add_crew(social.event, "Max", "moderator").public_id, by=social.hana
    ),
    "revoke": lambda social: actions.revoke(social.mo),
    "renew_stage_link": lambda social: actions.renew_stage_link(social.fresh()),
    "end": lambda social: social.press("end"),
    "archive": lambda social: actions.archive(social.event, by=social.hana),
    "unarchive": lambda social: actions.unarchive(social.event, by=social.hana),
    "set_listed": lambda social: actions.set_listed(social.event, True, by=social.hana),
    "erase_due": lambda social: actions.erase_due(),
    "turn_day": lambda social: actions.turn_day(),
    "erase_event": lambda social: actions.erase_event(social.event, by=social.hana),
}


def test_every_action_is_tried() -> None:
    before = {"create_event", "replace_programme", "programme_of", "new_sign_in_address", "move", "edited_programme"}
    # Of another event, or of the server.
    before |= {"duplicate", "host_event", "copy_for_rehearsal", "bury"}
    assert set(actions.__all__) - before <= set(ACTIONS)


def test_apply_is_refetch(social: Social, moment: Clock) -> None:
    everything = sources.gather("BCDFG")
    screens = [Screen(name) for name in everything]
    assert {screen.stream: screen.documents for screen in screens} == everything
    for name, act in ACTIONS.items():
        moment.advance(seconds=6)
        act(social)
        recomputed = sources.gather("BCDFG")
        screens += [Screen(new) for new in recomputed.keys() - {screen.stream for screen in screens}]
        for screen in screens:
            screen.catch_up()
        applied = {screen.stream: screen.documents for screen in screens if screen.stream in recomputed}
        assert applied == recomputed, name
        assert_said_is_true()


def test_replacing_the_programme(social: Social) -> None:
    screen = Screen(streams.public("BCDFG"))
    other = {"title": "Another", "language": "de", "segments": [{"kind": "break", "title": "Coffee", "minutes": 9}]}
    actions.replace_programme(social.event, other)
    screen.catch_up()
    assert screen.documents == sources.gather("BCDFG")[streams.public("BCDFG")]
    assert screen.documents["event"]["title"] == "Another"


def test_a_rebuilt_event_says_the_same(social: Social) -> None:
    social.press("start")
    before = {stream: stored(stream) for stream in sources.gather("BCDFG")}
    rebuild("BCDFG")
    assert {stream: stored(stream) for stream in sources.gather("BCDFG")} == before


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_a_closed_stream_holds_nothing(social: Social, name: str) -> None:
    attendee = getattr(social, name)
    actions.remove(social.event, attendee.public_id)
    assert stored(streams.attendee("BCDFG", attendee.public_id)) == {}


class AnyEvening(TestCase):
    """Any order of actions, and screens that look whenever they like: asleep, half awake, or twice."""

    @settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(ACTIONS.keys() - {"erase_event"})), st.sets(st.integers(0, 5), max_size=3)
            ),
            min_size=5,
            max_size=30,
        )
    )
    def test_it_ends_the_same(self, evening: list[tuple[str, set[int]]]) -> None:
        social = gathering("BCDFG", parse(FOUNDING.read_bytes()))
        screens = [Screen(name) for name in sorted(sources.gather("BCDFG"))]
        for name, awake in [("start", set()), *evening]:
            with suppress(Refusal, ObjectDoesNotExist):
                ACTIONS[name](social)
            for place in awake:
                screens[place % len(screens)].catch_up()
                screens[place % len(screens)].catch_up()
        recomputed = sources.gather("BCDFG")
        assert_said_is_true()
        for screen in screens:
            screen.catch_up()
            assert screen.documents == recomputed.get(screen.stream, {})
