"""News for the apps above: sent once, inside the transaction, with what they need; undo is told as well."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.dispatch import Signal

from apps.core.refusal import Refusal
from apps.events import actions, signals
from apps.events.models import Attendee

from .conftest import Clock, Social

SIGNALS = {name: signal for name, signal in vars(signals).items() if isinstance(signal, Signal)}


@pytest.fixture
def heard() -> Iterator[list[tuple[str, str]]]:
    news: list[tuple[str, str]] = []
    receivers = []

    def listening(name: str) -> Any:
        def receive(sender: object, **told: Any) -> None:
            assert transaction.get_connection().in_atomic_block
            assert told["event"].code == "BCDFG"
            subject = told.get("prompt") or told.get("segment") or told.get("attendee")
            text = str(subject)[:20] if subject else ""
            news.append((name, f"undo {text}".strip() if told.get("by_undo") else text))

        return receive

    for name, signal in SIGNALS.items():
        receivers.append((signal, listening(name)))
        signal.connect(receivers[-1][1])
    yield news
    for signal, receive in receivers:
        signal.disconnect(receive)


def test_an_evening(social: Social, moment: Clock, heard: list[tuple[str, str]]) -> None:
    social.press("start")
    made = social.press("next")["move"]["id"]
    actions.undo(social.event, made, by=social.hana)
    for verb in ("next_prompt", "pause", "resume", "blank"):
        moment.advance(seconds=1)
        social.press(verb)
    social.press("end")
    assert heard == [
        ("event_moving", ""),
        ("event_started", ""),
        ("segment_entered", "Icebreaker"),
        ("prompt_shown", "What inspired you to"),
        ("event_moving", ""),
        ("segment_left", "Icebreaker"),
        ("segment_entered", "Open-Mic “Success St"),
        ("event_moving", "undo"),
        ("segment_left", "undo Open-Mic “Success St"),
        ("segment_entered", "undo Icebreaker"),
        ("prompt_shown", "undo What inspired you to"),
        ("prompt_shown", "What is one area of "),
        ("event_moving", ""),
        ("segment_left", "Icebreaker"),
    ]


def test_people(social: Social, heard: list[tuple[str, str]]) -> None:
    cleo = actions.join(social.event, "device-of-cleo", name="Cleo")[0]
    actions.join(social.event, "device-of-cleo", name="Cleo")
    for act in (actions.leave, actions.leave, actions.come_back, actions.come_back):
        act(social.event, cleo)
    actions.edit(social.event, cleo, name="Cleopatra")
    actions.remove(social.event, social.ben.public_id)
    actions.forget(social.event, cleo)
    assert heard == [
        ("attendee_joined", "Cleo"),
        ("attendee_left", "Cleo"),
        ("attendee_changing", "Cleopatra"),
        ("attendee_edited", "Cleopatra"),
        ("attendee_changing", "Ben"),
        ("attendee_removed", "Ben"),
        ("attendee_changing", "Cleopatra"),
        ("attendee_erased", "Cleopatra"),
    ]


def test_a_receiver_s_no_undoes_the_whole_press(social: Social) -> None:
    def refuse(sender: object, **_told: object) -> None:
        raise Refusal("not_yet", "Not yet.")

    signals.segment_entered.connect(refuse)
    try:
        with pytest.raises(Refusal, match="not_yet"):
            social.press("start")
    finally:
        signals.segment_entered.disconnect(refuse)
    assert social.fresh().step == 0
    assert Attendee.objects.count() == 2
