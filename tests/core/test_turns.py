"""The line of those who write SQLite in one process: in order, bounded, and never a turn that is kept by nobody."""

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from apps.core.sqlite3.turns import Turn, Turns

LONG = 60


def until(is_so: Callable[[], bool]) -> None:
    for _look in range(LONG * 1000):
        if is_so():
            return
        threading.Event().wait(0.001)
    pytest.fail("what was awaited did not come")


def taken(turns: Turns, seconds: float = LONG) -> Turn:
    turn = turns.take(seconds)
    assert turn
    return turn


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns, order = Turns(), []
    first = taken(turns)

    def write(number: int) -> None:
        mine = taken(turns)
        order.append(number)
        turns.give(mine)

    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=write, args=[number]))
        threads[-1].start()
        until(lambda: len(turns.line) == len(threads) + 1)
    turns.give(first)
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    assert not turns.line


def test_who_gave_up_waiting_is_not_given_a_turn() -> None:
    turns = Turns()
    first = taken(turns)
    assert turns.take(0) is None
    turns.give(first)
    assert taken(turns, 0), "the turn went to somebody who had left"


def test_one_at_a_time_however_many_come_and_give_up() -> None:
    """Waits of no length, given up while the turn is handed on: it is neither lost nor given to two."""
    turns, inside, had = Turns(), 0, []

    def write(number: int) -> None:
        nonlocal inside
        for seconds in (0, 0.0001, LONG) * 20:
            if mine := turns.take(seconds):
                inside += 1
                had.append(inside)
                inside -= 1
                turns.give(mine)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(write, range(16)))
    finally:
        sys.setswitchinterval(interval)
    assert set(had) == {1}
    assert len(had) >= 16 * 20
    assert not turns.line


@pytest.mark.parametrize("dies", ["before somebody asks", "while somebody waits"])
def test_nobody_waits_for_a_thread_that_ended_without_giving_its_turn_back(dies: str) -> None:
    turns, ended, may_end = Turns(), [], threading.Event()

    def die() -> None:
        turns.take(0, lambda: ended.append("rolled back"))
        may_end.wait()

    dying = threading.Thread(target=die)
    dying.start()
    until(lambda: bool(turns.line))
    found: list[Turn | None] = []
    waiting = threading.Thread(target=lambda: found.append(turns.take(0.2)))
    if dies == "while somebody waits":
        waiting.start()
        until(lambda: len(turns.line) == 2)
    may_end.set()
    dying.join()
    if dies == "before somebody asks":
        waiting.start()
    waiting.join()
    assert ended == ["rolled back"]
    assert found[0] is not None
    assert list(turns.line) == found
