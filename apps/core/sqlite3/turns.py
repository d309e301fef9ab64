"""Whose turn it is to write: one at a time in this process, in the order in which they asked.

SQLite lets one writer in and makes the others look again and again, each time after a longer sleep: whoever has waited
longest looks most rarely, and under a storm waits in vain. Here everybody is woken when it is their turn.
"""

import threading
from collections import deque


class Turns:
    def __init__(self) -> None:
        self.mutex = threading.Lock()
        self.is_taken = False
        self.waiting: deque[threading.Event] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for one's turn, at most so long; False when it did not come."""
        with self.mutex:
            if not self.is_taken:
                self.is_taken = True
                return True
            mine = threading.Event()
            self.waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self.mutex:
            # It may have come between the waking and here.
            if mine.is_set():
                return True
            self.waiting.remove(mine)
            return False

    def give(self) -> None:
        """Let the next one in."""
        with self.mutex:
            if self.waiting:
                self.waiting.popleft().set()
            else:
                self.is_taken = False
