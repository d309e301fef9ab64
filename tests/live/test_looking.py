"""Connections are looked at in small portions: each once in two seconds, however many there are."""

from types import SimpleNamespace
from typing import Any

import pytest

from apps.live.door import server
from apps.live.door.server import LOOKS, DoorServer


class Connection:
    def __init__(self) -> None:
        self.looks = 0

    def check_timeouts(self) -> None:
        self.looks += 1


@pytest.mark.parametrize("count", [0, 1, 39, 41, 1000, 5003])
def test_every_connection_has_its_turn_and_no_turn_is_long(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "reactor", SimpleNamespace(callLater=lambda _after, _what: None))
    connections = [Connection() for _number in range(count)]
    door: Any = SimpleNamespace(connections=dict.fromkeys(connections), to_look_at=[], timeout_checker=None)
    for _turn in range(LOOKS + 1):
        before = sum(one.looks for one in connections)
        DoorServer.timeout_checker(door)
        assert sum(one.looks for one in connections) - before <= max(1, count // LOOKS)
    assert all(one.looks for one in connections[: count - count % LOOKS])
    for _turn in range(LOOKS):
        DoorServer.timeout_checker(door)
    assert all(one.looks for one in connections)


def test_who_has_left_meanwhile_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "reactor", SimpleNamespace(callLater=lambda _after, _what: None))
    connections = [Connection() for _number in range(3)]
    door: Any = SimpleNamespace(connections=dict.fromkeys(connections), to_look_at=[], timeout_checker=None)
    DoorServer.timeout_checker(door)
    del door.connections[connections[1]]
    for _turn in range(2):
        DoorServer.timeout_checker(door)
    assert [one.looks for one in connections] == [1, 0, 1]
