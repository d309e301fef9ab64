"""What was told, and whether it is true: apply = refetch, in few words for the tests of every app."""

from collections.abc import Callable, Iterable
from typing import Any

import orjson
import pytest

from apps.core.refusal import Refusal
from apps.live import queries, sources
from apps.live.queries import Changes, Snapshot


class Screen:
    """One stream as a client keeps it: replace by key, null removes."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.epoch, self.version, self.documents = "", 0, {}
        self.catch_up()

    def catch_up(self) -> None:
        news = queries.changes(self.stream, self.epoch, self.version)
        if isinstance(news, Snapshot):
            self.documents = {key: orjson.loads(body) for key, body in news.documents.items()}
        if isinstance(news, Changes):
            for key, body in news.documents.items():
                if body is None:
                    self.documents.pop(key, None)
                else:
                    self.documents[key] = orjson.loads(body)
        if news.closed:  # its socket closes; the texts are gone on the server
            self.documents = {}
        self.epoch, self.version = news.epoch, news.version


def stored(stream: str) -> dict[str, Any]:
    return {key: orjson.loads(body) for key, body in queries.snapshot(stream).documents.items()}


def assert_said_is_true(code: str = "BCDFG") -> None:
    """In whichever stream: nothing that is told is untrue, and nothing that is true is untold."""
    recomputed = sources.gather(code)
    assert {name: stored(name) for name in recomputed} == recomputed


def assert_all_heard(screens: Iterable[Screen]) -> dict[str, dict[str, Any]]:
    """Screens that catch up are where the tables are; what the tables say is handed on."""
    recomputed = sources.gather("BCDFG")
    for screen in screens:
        screen.catch_up()
    assert {one.stream: one.documents for one in screens if one.stream in recomputed} == recomputed
    return recomputed


def code_of(act: Callable[[], object]) -> str:
    """The code of its refusal."""
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code
