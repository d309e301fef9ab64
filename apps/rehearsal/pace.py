"""The programme's time, faster than it is: one of its minutes takes `60 / speed` seconds."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

# Of the evening that characters are told for, the founding one: whoever comes at minute 35 of it is late at any other,
# and not after its end.
WHOLE_EVENING = 90.0


class Pace:
    """Minutes are counted from the start of the event, which is at 0; before it they are negative."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.began = time.monotonic()
        self.length = WHOLE_EVENING
        self.start = asyncio.Event()

    def begin(self, length: float) -> None:
        """The event starts now; its programme has so many minutes."""
        self.began, self.length = time.monotonic(), length
        self.start.set()

    async def minutes(self, length: float) -> None:
        await asyncio.sleep(max(0.0, length) * 60 / self.speed)

    async def seconds(self, length: float) -> None:
        await self.minutes(length / 60)

    async def until(self, minute: float) -> None:
        """Until the event has been running for so long."""
        await self.start.wait()
        await asyncio.sleep(max(0.0, self.began + minute * 60 / self.speed - time.monotonic()))

    async def until_like(self, minute: float) -> None:
        """Until as much of the event is over as of a whole evening at that minute."""
        await self.start.wait()
        await self.until(minute * self.length / WHOLE_EVENING)


def minutes_of(segment: Mapping[str, Any]) -> float:
    """Of one that has no end of its own, a few."""
    return float(segment["minutes"] or 5)
