"""Moving on: one effect for two hosts, undo that is exact, and a refusal that says who was faster with what."""

import inspect
import re

import pytest

from apps.core.refusal import Refusal
from apps.events import actions, rules, states
from apps.events.documents import now as now_document
from apps.events.models import Move
from apps.events.queries import segments_of
from apps.events.rules import State
from apps.events.sentences import FASTER, IMPOSSIBLE
from apps.live.models import Document

from .conftest import Clock, Social


def state_of(social: Social) -> State:
    event = social.fresh()
    return states.of_rows(event, segments_of(event))


def refused(act: object, *args: object, **wanted: object) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        act(*args, **wanted)  # type: ignore[operator]
    return refusal.value.code, refusal.value.message


def test_the_founding_event_from_the_first_prompt_to_the_end(social: Social, moment: Clock) -> None:
    seen = []
    social.press("start")
    while True:
        event = social.fresh()
        prompts = [prompt.text[:7] for prompt in event.segment.prompts.all()]
        seen.append(event.segment.title)
        for text in prompts[1:]:
            moment.advance(minutes=5)
            social.press("next_prompt")
            assert social.fresh().prompt.text.startswith(text)
        moment.advance(minutes=10)
        if event.segment.kind == "closing":
            break
        social.press("next")
    social.press("end")
    assert seen == [
        "Icebreaker",
        "Open-Mic “Success Stories”",
        "Open-Mic “Horror Stories”",
        "Group Exercise “What now?”",
        "The End!",
    ]
    assert now_document(social.fresh())["state"] == "ended"
    times = [(one.entered_at, one.left_at) for one in segments_of(social.fresh())]
    assert [left for _entered, left in times[:-1]] == [entered for entered, _left in times[1:]]


def test_the_answer_is_the_documents(social: Social, moment: Clock) -> None:
    answer = social.press("start")
    segments = segments_of(social.fresh())
    first = segments[0]
    assert answer == {
        "now": {
            "state": "live",
            "step": 1,
            "segment": first.public_id,
            "prompt": first.prompts.all()[0].public_id,
            "entered_at": "2026-05-11T12:45:00.000Z",
            "ends_at": "2026-05-11T13:15:00.000Z",
            "prompt_shown_at": "2026-05-11T12:45:00.000Z",
            "paused_at": None,
            "blanked": False,
            "joining": "open",
        },
        "move": {
            "id": Move.objects.get().public_id,
            "step": 1,
            "verb": "start",
            "by": "Hana",
            "at": "2026-05-11T12:45:00.000Z",
            "undo_until": "2026-05-11T12:45:05.000Z",
            "undone_at": None,
        },
    }


def test_somebody_was_faster(social: Social) -> None:
    hosts = actions.add_crew(social.event, "Hal", "host")
    social.press("start")
    social.press("next", from_step=1)
    assert refused(social.press, "next", from_step=1, by=hosts) == (
        "somebody_faster",
        "Hana moved on to Open-Mic “Success Stories” first.",
    )
    assert social.fresh().step == 2
    assert refused(social.press, "next", from_step=1)[1].startswith("You moved on to")
    assert refused(social.press, "start", from_step=99)[0] == "somebody_faster"


def test_a_panic_is_never_too_late(social: Social) -> None:
    social.press("start")
    social.press("next")
    answer = social.press("blank", from_step=0, by=social.mo)
    assert (answer["now"]["blanked"], answer["now"]["step"]) == (True, 3)
    assert refused(social.press, "unblank", from_step=0)[0] == "somebody_faster"


def test_pressed_again_is_no_second_move(social: Social) -> None:
    social.press("start")
    first = social.press("pause")
    assert social.press("pause") == first
    assert Move.objects.count() == 2


def test_undo_is_exact(social: Social, moment: Clock) -> None:
    social.press("start")
    segment = segments_of(social.event)[3].public_id
    moves = [
        ("next_prompt", {}),
        ("add_minutes", {"minutes": 5}),
        ("pause", {}),
        ("blank", {}),
        ("unblank", {}),
        ("close_joining", {}),
        ("enter", {"segment": segment}),
        ("resume", {}),
        ("next", {}),
        ("back", {}),
        ("end", {}),
    ]
    for verb, wanted in moves:
        moment.advance(minutes=3, microseconds=123457)
        before = state_of(social)
        answer = social.press(verb, **wanted)
        if state_of(social) == before:
            continue
        moment.advance(seconds=7.9)
        undone = actions.undo(social.event, answer["move"]["id"], by=social.hana)
        after = state_of(social)
        assert undone["now"]["step"] == after.step == before.step + 2
        assert [getattr(after, name) for name in State.__slots__ if name != "step"] == [
            getattr(before, name) for name in State.__slots__ if name != "step"
        ]
        social.press(verb, **wanted)


def test_undoing_the_start_is_before_again(social: Social) -> None:
    made = social.press("start")["move"]["id"]
    assert actions.undo(social.event, made, by=social.hana)["now"]["state"] == "before"
    assert [one.entered_at for one in segments_of(social.event)] == [None] * 5


def test_undo_twice_is_once(social: Social) -> None:
    made = social.press("start")["move"]["id"]
    first = actions.undo(social.event, made, by=social.hana)
    assert actions.undo(social.event, made, by=social.hana) == first
    assert social.fresh().step == 2


def test_undo_has_its_time(social: Social, moment: Clock) -> None:
    made = social.press("start")["move"]["id"]
    moment.advance(seconds=8.1)
    assert refused(actions.undo, social.event, made, by=social.hana) == (
        "too_late_to_undo",
        "It is too late to take this back.",
    )


def test_only_the_last_move_can_be_undone(social: Social) -> None:
    made = social.press("start")["move"]["id"]
    last = social.press("next")["move"]["id"]
    code, sentence = refused(actions.undo, social.event, made, by=social.hana)
    assert (code, sentence) == ("too_late_to_undo", "You moved on to Open-Mic “Success Stories” first.")
    actions.undo(social.event, last, by=social.hana)
    assert refused(actions.undo, social.event, made, by=social.hana)[0] == "too_late_to_undo"


def test_a_press_that_meets_an_undo_is_told(social: Social) -> None:
    made = social.press("start")["move"]["id"]
    actions.undo(social.event, made, by=social.hana)
    hal = actions.add_crew(social.event, "Hal", "host")
    assert refused(social.press, "next", from_step=1, by=hal) == (
        "somebody_faster",
        "Hana took back the last move first.",
    )


def test_moderators_blank_and_close_the_door_and_no_more(social: Social) -> None:
    for verb in ("blank", "unblank", "close_joining", "open_joining"):
        social.press(verb, by=social.mo)
    for verb in ("start", "next", "pause", "end"):
        assert refused(social.press, verb, by=social.mo)[0] == "not_allowed"
    made = social.press("start")["move"]["id"]
    assert refused(actions.undo, social.event, made, by=social.mo)[0] == "not_allowed"


def test_a_move_of_another_event_does_not_exist(social: Social, elsewhere: Social) -> None:
    made = elsewhere.press("start")["move"]["id"]
    assert refused(actions.undo, social.event, made, by=social.hana)[0] == "not_here"


def test_a_refused_press_leaves_nothing_behind(social: Social) -> None:
    before = list(Document.objects.order_by("pk").values_list("key", "version", "body"))
    assert refused(social.press, "next")[0] == "not_started"
    assert list(Document.objects.order_by("pk").values_list("key", "version", "body")) == before
    assert Move.objects.count() == 0


def test_every_no_of_the_rules_has_its_sentence() -> None:
    assert set(re.findall(r'Impossible\("(\w+)"\)', inspect.getsource(rules))) == set(IMPOSSIBLE)
    assert set(FASTER) == set(rules.Verb)
