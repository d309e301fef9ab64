"""The small parts: frames on the wire, the ring, the pace, names, ticks, values, the hint's way."""

import json

import pytest

from apps.live import beats, frames, hints, streams, ticks, upward, values
from apps.live.frames import Frame
from apps.live.language import language_of
from apps.live.pace import CAPACITY, PER_SECOND, Pace
from apps.live.queries import Changes, Snapshot
from apps.live.ring import BYTES, FRAMES, Ring


@pytest.mark.parametrize(("length", "head"), [(0, 2), (125, 2), (126, 4), (65535, 4), (65536, 10), (70000, 10)])
def test_frames_are_cut_for_the_wire_at_every_length(length: int, head: int) -> None:
    """RFC 6455, 5.2: one length byte up to 125, two more up to 65535, eight more above."""
    frame = Frame("x" * length)
    assert frame.wire[0] == 0x81
    assert len(frame.wire) == head + length
    stated = frame.wire[1] if head == 2 else int.from_bytes(frame.wire[2:head], "big")
    assert (stated, frame.text) == (length, "x" * length)


def test_documents_go_into_frames_as_they_are() -> None:
    odd = {'a"b': '{"x":1.50}', "gone": None}
    frame = frames.changes("public", Changes("e", 1, 2, ['b"c'], odd))
    assert '"a\\"b":{"x":1.50}' in frame.text
    assert json.loads(frame.text)["documents"] == {'a"b': {"x": 1.5}, "gone": None}
    assert json.loads(frame.text)["because"] == ['b"c']
    assert json.loads(frames.snapshot("me", Snapshot("e", 1, {})).text)["documents"] == {}


def test_the_ring_answers_only_without_a_gap() -> None:
    ring = Ring()
    some = [Frame(str(number)) for number in range(FRAMES + 10)]
    for number, frame in enumerate(some):
        ring.add(2 * number, frame)
    assert ring.after(0) is None
    assert ring.after(2 * 20) == some[20:]
    assert ring.after(2 * 20 + 1) is None
    assert ring.after(2 * (len(some) - 1)) == some[-1:]
    ring.add(2 * len(some), Frame("x" * BYTES))
    assert ring.after(2 * (len(some) - 1)) is None


def test_a_pace_allows_a_burst_and_then_a_rate() -> None:
    pace = Pace(100.0)
    assert [pace.allows(100.0) for _frame in range(CAPACITY)] == [True] * CAPACITY
    assert not pace.allows(100.0)
    assert [pace.allows(101.1) for _frame in range(2 * PER_SECOND)].count(True) == PER_SECOND + 1


def test_names_of_streams() -> None:
    names = [streams.public("A"), streams.crew("A")]
    own = [streams.attendee("A", "x"), streams.member("A", "y"), streams.stage("A", "z")]
    assert [streams.alias(name) for name in names + own] == ["public", "crew", "me", "me", "me"]
    assert {streams.scope(name) for name in names + own} == {"A"}
    assert [streams.owner(name) for name in [*names, *own]] == [
        None,
        None,
        ("attendee", "x"),
        ("member", "y"),
        ("stage", "z"),
    ]


def test_one_tick_that_fails_does_not_stop_the_others(monkeypatch, caplog) -> None:
    ticked: list[str] = []

    def broken(code: str) -> None:
        raise RuntimeError(code)

    monkeypatch.setattr(ticks, "registered", [broken, ticked.append])
    ticks.tick("A")
    assert ticked == ["A"]
    assert "a tick failed" in caplog.text


def test_chores_visit_every_event_in_one_go(monkeypatch) -> None:
    ticked: list[str] = []
    monkeypatch.setattr(ticks, "registered", [ticked.append])
    monkeypatch.setattr(values, "registered", {"present": len})
    monkeypatch.setattr(values, "registered_for_crew", {"here": lambda codes: {code: [code] for code in codes}})
    seen = beats.visit(["A", "BB"], ["BB"], [], [], True)
    assert seen == ({"A": {"present": 1}, "BB": {"present": 2}}, {"BB": {"here": ["BB"]}})
    assert beats.visit(["A"], [], [], [], False) == ({}, {})
    assert ticked == ["A", "BB", "A"]


def test_without_redis_hints_go_nowhere(settings) -> None:
    settings.REDIS_URL = ""
    hints.send({"A/public": 1})
    assert hints.outbox.empty()


def test_a_hello_may_leave_out_what_is_new() -> None:
    assert upward.parse('{"type":"hello","as":"stage"}') == upward.Hello("stage", "", {})


@pytest.mark.parametrize(
    ("header", "language"),
    [(b"de-AT,de;q=0.9,en;q=0.5", "de"), (b"fr,en;q=0.1", "en"), (b"", "en"), (b";;q=x, \xff", "en")],
)
def test_a_socket_is_spoken_to_in_its_browsers_language(settings, header: bytes, language: str) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    settings.LANGUAGE_CODE = "en"
    assert language_of({"headers": [(b"accept-language", header)]}) == language
