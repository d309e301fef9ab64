"""Ctrl-C, or whoever ends the process: whatever is under way is left by its own way out, where all is tidied up."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from types import FrameType
from typing import Any, Self, TypeVar

T = TypeVar("T")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """By the signal of this number; no error, so that nothing on the way takes it for one."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Interruption:
    """As long as it lasts, the first of the signals ends what is under way; those after it do not disturb the tidying.

    Not `loop.add_signal_handler`, which in the end leaves the signals as they were at the start of the process.
    """

    def __init__(self) -> None:
        self.number = 0
        self.end: Callable[[], object] = self.leave

    def __enter__(self) -> Self:
        self.before = {one: signal.signal(one, self.hear) for one in SIGNALS}
        return self

    def __exit__(self, *_error: object) -> None:
        for one, handler in self.before.items():
            signal.signal(one, handler)

    def hear(self, number: int, _frame: FrameType | None) -> None:
        if not self.number:
            self.number = number
            self.end()

    def leave(self) -> None:
        raise Interrupted(self.number)

    async def of(self, work: Coroutine[Any, Any, T]) -> T:
        """Work of an event loop, which is cancelled as a whole. After it, nothing is interrupted."""
        loop, doing = asyncio.get_running_loop(), asyncio.ensure_future(work)
        self.end = lambda: loop.call_soon_threadsafe(doing.cancel)
        try:
            return await doing
        except asyncio.CancelledError:
            raise Interrupted(self.number) from None
        finally:
            self.end = lambda: None
