"""Whose turn it is to write: one at a time in this process, in the order in which they asked.

SQLite lets one writer in and makes the others look again and again, each time after a longer sleep: whoever has waited
longest looks most rarely, and under a storm waits in vain. Here everybody sleeps until it is their turn.

All there is is a line, and one rule: **whoever is first in it has the turn; whoever leaves it wakes the first.** Asking
is joining at the end; giving back and giving up are both leaving. Every step is one call into C, so there is no lock
that somebody could die with; waking twice does no harm, and a wake-up is never lost: who joins looks whether they are
the first *after* they have joined.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress


class Turn:
    """A place in the line. `abandon` ends what its thread has left open, should it end before its turn does."""

    def __init__(self, abandon: Callable[[], object]) -> None:
        self.abandon = abandon
        self.thread = threading.current_thread()
        self.bell = threading.Lock()
        self.bell.acquire()

    def ring(self) -> None:
        with suppress(RuntimeError):  # rung already
            self.bell.release()


class Turns:
    def __init__(self) -> None:
        self.line: deque[Turn] = deque()

    def take(self, seconds: float, abandon: Callable[[], object] = lambda: None) -> Turn | None:
        """Wait for one's turn, at most so long; None when it did not come. To be given back."""
        mine = Turn(abandon)
        self.line.append(mine)
        try:
            self.pass_the_dead()
            if self.line[0] is not mine and not mine.bell.acquire(timeout=seconds):
                self.pass_the_dead()
        except BaseException:
            self.give(mine)
            raise
        if self.line[0] is mine:
            return mine
        self.give(mine)
        return None

    def give(self, turn: Turn) -> None:
        """Leave the line, and wake whoever is first in it now."""
        with suppress(ValueError):  # two have passed the same dead
            self.line.remove(turn)
        with suppress(IndexError):
            self.line[0].ring()

    def pass_the_dead(self) -> None:
        """A thread that ended in the middle of a transaction will never give its turn back: nobody waits for it."""
        first = self.line[0]
        if not first.thread.is_alive():
            try:
                first.abandon()
            finally:
                self.give(first)
