"""Any order of edits and moves: nothing breaks a constraint, ids are never lost, and an undo is exact or refused."""

import copy
from contextlib import suppress
from typing import Any

from django.db.models import Max
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.core.refusal import Refusal
from apps.events import actions, states
from apps.events.models import Event
from apps.events.programme import parse
from apps.events.queries import segments_of
from apps.live import sources
from apps.matching.models import Round
from tests.events.conftest import FOUNDING, Social, gathering
from tests.events.test_refetch import stored

MOVES = ("start", "next", "back", "next_prompt", "previous_prompt", "pause", "resume", "end")
EDITS = ("add", "remove", "move", "kind", "prompt", "no prompt", "words", "option")


def edited(programme: dict[str, Any], what: str, at: int, to: int) -> dict[str, Any]:
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
        case "words":
            segment["title"] = f"Title {at} {to}"
        case "option":
            wanted["language"] = ("en", "de", "ar")[to % 3]
            segment["hue"] = ("coral", "leaf")[to % 2]
    return wanted


def save(social: Social, what: str, at: int, to: int) -> None:
    seen = actions.edited_programme(social.fresh())
    wanted = edited(seen["programme"], what, at, to)
    answer = actions.edit_programme(social.event, wanted, version=seen["version"], by=social.hana)
    # As written, but for what was new and has been given an id now.
    assert [without_new(*pair) for pair in zip(answer["programme"]["segments"], wanted["segments"], strict=True)] == [
        (one.get("id"), [prompt.get("id") for prompt in one.get("prompts", [])]) for one in wanted["segments"]
    ]


def without_new(said: dict[str, Any], written: dict[str, Any]) -> tuple[str | None, list[str | None]]:
    prompts = zip(said.get("prompts", []), written.get("prompts", []), strict=True)
    return written.get("id") and said["id"], [known.get("id") and prompt["id"] for prompt, known in prompts]


def undo(social: Social) -> None:
    made = social.event.moves.order_by("-step").first()
    if made is None or made.undone_at:
        return
    actions.undo(social.event, made.public_id, by=social.hana)
    event = social.fresh()
    now = states.as_json(states.of_rows(event, segments_of(event)))
    assert {**now, "step": 0} == {**made.before, "step": 0}


def check(event: Event, rounds: int) -> int:
    places = list(event.segments.values_list("position", flat=True))
    assert places == list(range(1, len(places) + 1))
    assert event.step >= (event.moves.aggregate(most=Max("step"))["most"] or 0)
    drawn = Round.objects.filter(segment__event=event).count()
    assert drawn >= rounds, "a round is never lost"
    return drawn


class AnyOrder(TestCase):
    @settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([*MOVES[:4], *MOVES, *EDITS, *EDITS, "undo"]), st.integers(0, 6), st.integers(0, 6)
            ),
            min_size=8,
            max_size=20,
        )
    )
    def test_it_holds(self, evening: list[tuple[str, int, int]]) -> None:
        social = gathering("BCDFG", parse(FOUNDING.read_bytes()))
        social.press("start")
        rounds = 0
        for what, at, to in evening:
            with suppress(Refusal):
                if what in MOVES:
                    social.press(what)
                elif what == "undo":
                    undo(social)
                else:
                    save(social, what, at, to)
            rounds = check(social.fresh(), rounds)
        recomputed = sources.gather("BCDFG")
        assert {stream: stored(stream) for stream in recomputed} == recomputed
