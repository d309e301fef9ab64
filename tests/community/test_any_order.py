"""Any order of presses, edits and what hangs on segments: what is refused changes nothing, what has happened is kept,
an undo is exact, and refused only where the programme is another one by now; and every screen is told the truth.
"""

import copy
from typing import Any
from unittest import mock

from django.test import TestCase as PlainTestCase
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.bowl import actions as bowls
from apps.core import clock
from apps.core.refusal import Refusal
from apps.events import actions, states
from apps.events.models import Event, Move
from apps.events.programme import parse
from apps.events.queries import opened_and_held, segments_of
from apps.events.rules import UNDO_ACCEPTED
from apps.events.sentences import IMPOSSIBLE
from apps.live.models import Stream
from apps.matching import actions as matching
from tests.events.conftest import FOUNDING, Clock, gathering
from tests.events.told import assert_said_is_true

MOVES = ("start", "next", "back", "next_prompt", "previous_prompt", "pause", "resume", "end")
EDITS = ("add", "remove", "move", "kind", "prompt", "no prompt", "words", "option")
OTHERS = ("undo", "late press", "late edit", "round", "name")
# What a step may be refused with; whatever else is a fault.
NO = {
    **dict.fromkeys(MOVES, frozenset(IMPOSSIBLE)),
    **dict.fromkeys(EDITS, frozenset({"bad_programme"})),
    "undo": {"too_late_to_undo"},
    "late press": {"somebody_faster"},
    "late edit": {"edited_meanwhile"},
    "round": {"no_icebreaker"},
    "name": {"bowl_closed", "not_here"},
}
# In which all of it can be done, one after the other.
WHOLE = [
    *("start", "round", "name", "next_prompt", "previous_prompt", "undo", "pause", "undo", "pause", "resume", "words"),
    *("undo", "add", "option", "prompt", "no prompt", "next", "back", "round", "move", "kind", "remove", "next", "end"),
]
# Where, if not at the last segment: a name goes into a bowl, and a prompt is taken away where there are some.
PLACES = {"name": (1, 3), "no prompt": (0, 5)}
Programme = dict[str, Any]


def edited(programme: Programme, what: str, at: int, to: int) -> Programme:
    wanted = copy.deepcopy(programme)
    segments = wanted["segments"]
    segment = segments[at % len(segments)]
    prompts = segment.get("prompts", [])
    match what:
        case "add":
            segments.insert(to % (len(segments) + 1), {"kind": "open_mic", "title": f"New {at}", "minutes": at})
        case "remove":
            segments.remove(segment)
        case "move":
            segments.remove(segment)
            segments.insert(to % (len(segments) + 1), segment)
        case "kind":
            kept = {name: segment[name] for name in ("id", "title", "minutes")}
            segments[segments.index(segment)] = {**kept, "kind": ("break", "icebreaker", "open_mic")[to % 3]}
        case "prompt":
            segment["prompts"] = [{"text": f"{at}.{to}.{len(prompts)}?"}, *prompts]
        case "no prompt":
            segment["prompts"] = [one for place, one in enumerate(prompts) if place != to % (len(prompts) or 1)]
        case "words" | "late edit":
            segment["title"] = f"Title {at} {to} {segment['title']}"[:100]
        case "option":
            wanted["language"] = ("en", "de", "ar")[to % 3]
            segment["hue"] = ("coral", "leaf")[to % 2]
    return wanted


def structure(programme: Programme) -> list[object]:
    """What a press and an undo of it rely on."""
    return [(one["id"], [prompt["id"] for prompt in one.get("prompts", [])]) for one in programme["segments"]]


class Evening:
    def __init__(self) -> None:
        self.hand = Clock()
        with mock.patch.object(clock, "now", self.hand):
            self.social = gathering("BCDFG", parse(FOUNDING.read_bytes()))
        # Whether there are other segments or prompts than at the last press; what has happened, by segment: its kind.
        self.is_rebuilt = False
        self.happened: dict[str, str] = {}

    def does(self, what: str, at: int, to: int) -> bool:
        """Whether it was done; what was refused must be refusable, and leaves everything as it was."""
        before, no = self.everything(), ""
        with mock.patch.object(clock, "now", self.hand):
            self.hand.advance(seconds=1)
            try:
                self.act(what, at, to)
            except Refusal as refusal:
                no = refusal.code
        if no:
            assert no in NO[what], f"{what} was refused as {no}"
            assert self.everything() == before, f"{what} was refused, and has changed something"
        self.check()
        return not no

    def act(self, what: str, at: int, to: int) -> None:
        social, event = self.social, self.social.fresh()
        match what:
            case "undo":
                self.undo(event)
            case "late press":
                social.press("add_minutes", minutes=1, from_step=event.step + 1)
            case "round":
                latest = event.rounds.order_by("-number").first()
                matching.open_round(event, by=social.hana, after=latest.number if latest else 0)
            case "name":
                segments = segments_of(event)
                bowls.put_in_for(event, segments[at % len(segments)].public_id, name=f"Kim {to}")
            case _ if what in MOVES:
                made = social.press(what)["move"]["id"]
                # What is so already is no other press.
                if social.fresh().step != event.step:
                    self.is_rebuilt = False
                assert made
            case _:
                self.edit(what, at, to)

    def edit(self, what: str, at: int, to: int) -> None:
        seen = actions.edited_programme(self.social.fresh())
        wanted = edited(seen["programme"], what, at, to)
        version = seen["version"] - (what == "late edit")
        answer = actions.edit_programme(self.social.event, wanted, version=version, by=self.social.hana)
        told = answer["programme"]
        # As written, but for what was new and has been given an id now.
        assert [one["id"] for one in told["segments"] if one["id"] in str(wanted)] == [
            one["id"] for one in wanted["segments"] if "id" in one
        ]
        self.is_rebuilt |= structure(told) != structure(seen["programme"])

    def undo(self, event: Event) -> None:
        made: Move = event.moves.order_by("-step")[0]
        is_exact = not made.undone_at and not self.is_rebuilt and self.hand() - made.at <= UNDO_ACCEPTED
        try:
            actions.undo(event, made.public_id, by=self.social.hana)
        except Refusal:
            assert not is_exact, "nothing has happened since"
            raise
        event = self.social.fresh()
        if is_exact:
            now = states.as_json(states.of_rows(event, segments_of(event)))
            assert {**now, "step": 0} == {**made.before, "step": 0}
        else:
            assert made.undone_at, "there is another programme by now, or it is too late"

    def check(self) -> None:
        event = self.social.fresh()
        segments = segments_of(event)
        assert [one.position for one in segments] == list(range(1, len(segments) + 1))
        kinds = {one.public_id: one.kind for one in segments}
        assert self.happened.items() <= kinds.items(), "what has happened stays, and of its kind"
        _opened, holding = opened_and_held(event)
        self.happened = {one.public_id: one.kind for one in segments if one.entered_at or one.pk in holding}
        assert_said_is_true()

    def everything(self) -> tuple[object, ...]:
        event = Event.objects.filter(code="BCDFG")
        versions = dict(Stream.objects.values_list("name", "version"))
        return list(event.values()), list(event[0].segments.values()), versions


class AnyOrder(TestCase):
    @settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([*MOVES[1:5], *MOVES[1:], *EDITS, *EDITS, *OTHERS, "undo"]),
                st.integers(0, 6),
                st.integers(0, 6),
            ),
            min_size=8,
            max_size=16,
        )
    )
    def test_it_holds(self, steps: list[tuple[str, int, int]]) -> None:
        evening = Evening()
        assert evening.does("start", 0, 0)
        for step in steps:
            evening.does(*step)


class InOrder(PlainTestCase):
    def test_everything_can_be_done(self) -> None:
        """Or the evenings above would prove nothing: they are of these steps."""
        evening = Evening()
        assert [what for what in WHOLE if not evening.does(what, *PLACES.get(what, (5, 3)))] == []
        assert {*MOVES, *EDITS, "undo", "round", "name"} == set(WHOLE)
        assert [what for what in ("late press", "late edit") if evening.does(what, 5, 3)] == []

    def test_nothing_is_taken_back_in_another_programme(self) -> None:
        evening = Evening()
        assert [what for what in ("start", "next", "words", "add", "undo") if not evening.does(what, 5, 3)] == ["undo"]
