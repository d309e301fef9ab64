"""The programme's time, faster than it is: one of its minutes takes `60 / speed` seconds."""

import asyncio
import time


class Pace:
    """Minutes are counted from the start of the event, which is at 0; before it they are negative."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.began = time.monotonic()
        self.start = asyncio.Event()

    def begin(self) -> None:
        """The event starts now."""
        self.began = time.monotonic()
        self.start.set()

    async def minutes(self, length: float) -> None:
        await asyncio.sleep(max(0.0, length) * 60 / self.speed)

    async def seconds(self, length: float) -> None:
        await self.minutes(length / 60)

    async def until(self, minute: float) -> None:
        """Until the event has been running for so long."""
        await self.start.wait()
        await asyncio.sleep(max(0.0, self.began + minute * 60 / self.speed - time.monotonic()))
