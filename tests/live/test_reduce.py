"""Whatever a line does to frames, a client only ever holds something that was true, and catches up when it says hello.

Real storage, the hub's real channel, the reference client; between them frames are lost, doubled and reordered.
"""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from apps.core.codes import new_id
from apps.live import queries, sources, streams
from apps.live.channel import Channel
from apps.live.frames import Frame
from apps.live.publish import publish
from apps.live.rebuild import rebuild
from tests.protocol.client import Held, reduce

keys = st.sampled_from(["now", "event", "tips/1", "tips/2"])
bodies = st.none() | st.integers(-9, 9) | st.lists(st.text(max_size=3), max_size=2)


class Line:
    """Stands where a socket would, and keeps what is written to it."""

    def __init__(self) -> None:
        self.frames: list[dict] = []

    def pass_on(self, frame: Frame) -> None:
        self.frames.append(json.loads(frame.text))

    def close_if_too_slow(self) -> None:
        pass


class Weather(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.code = new_id()
        self.name = streams.public(self.code)
        self.truth: dict[str, object] = {}
        self.history: dict[tuple[str, int], dict[str, object]] = {("", 0): {}}
        self.channel = Channel(self.name)
        self.line = Line()
        self.held = Held()
        self.said = ""
        self.age = 0  # steps since the last hello
        sources.registered.append(self.source)
        self.hello()

    def teardown(self) -> None:
        sources.registered.remove(self.source)

    def source(self, code: str) -> sources.Sheaf:
        return {self.name: dict(self.truth)} if code == self.code else {}

    def note(self) -> None:
        head = queries.snapshot(self.name)
        self.history[head.epoch, head.version] = dict(self.truth)

    @rule(changes=st.dictionaries(keys, bodies, min_size=1, max_size=2), is_seen=st.booleans())
    def publish(self, changes: dict[str, object], is_seen: bool) -> None:
        with transaction.atomic():
            publish(self.name, "something.happened", changes)
        self.truth = {key: body for key, body in (self.truth | changes).items() if body is not None}
        self.note()
        if is_seen:
            self.read_on()

    @precondition(lambda self: self.age > 8)
    @rule()
    def make_anew(self) -> None:
        rebuild(self.code)
        self.note()

    @rule()
    def read_on(self) -> None:
        """The hub looks: once for each publish, or once for many."""
        self.channel.advance(queries.read({self.name: self.channel.cursor})[self.name])

    @precondition(lambda self: self.said == "resync" or self.age > 8)
    @rule()
    def hello(self) -> None:
        """The client opens a new line; what was under way on the old one is gone."""
        self.channel.others.clear()
        self.line = Line()
        cursor = queries.Cursor(self.held.epoch, self.held.version)
        while (answer := self.channel.answer(cursor)) is None:
            if not self.channel.learn(cursor, queries.read({self.name: cursor})[self.name]):
                self.read_on()
        for frame in answer:
            self.line.pass_on(frame)
        self.channel.others.add(self.line)
        for frame in self.line.frames:
            assert reduce(self.held, frame) != "resync"
        self.line.frames.clear()
        self.said = ""
        self.age = 0
        assert self.held.version >= self.channel.head
        self.read_on()
        self.deliver_all()
        assert self.held.documents == self.truth

    def deliver_all(self) -> None:
        while self.line.frames and self.said != "resync":
            self.deliver()

    @precondition(lambda self: self.line.frames)
    @rule()
    def deliver(self) -> None:
        if self.said != "resync":
            self.said = reduce(self.held, self.line.frames.pop(0))

    @precondition(lambda self: self.line.frames)
    @rule()
    def lose(self) -> None:
        self.line.frames.pop(0)

    @precondition(lambda self: self.line.frames)
    @rule()
    def double(self) -> None:
        self.line.frames.insert(0, self.line.frames[0])

    @precondition(lambda self: len(self.line.frames) > 1)
    @rule()
    def reorder(self) -> None:
        self.line.frames.append(self.line.frames.pop(0))

    @invariant()
    def holds_only_what_was_true(self) -> None:
        self.age += 1
        assert self.held.documents == self.history[self.held.epoch, self.held.version]


@pytest.mark.django_db
def test_lost_doubled_and_reordered_frames_never_show_what_was_not_so() -> None:
    run_state_machine_as_test(
        Weather,
        settings=settings(
            max_examples=50,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
