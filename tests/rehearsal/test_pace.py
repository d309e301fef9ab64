"""People come and go at a short event as at a long one: in the same order."""

import asyncio

from apps.rehearsal.characters import CHARACTERS
from apps.rehearsal.pace import Pace

LATEST = max(one.arrives[1] for one in CHARACTERS)


async def test_whoever_is_late_comes_before_a_short_event_ends() -> None:
    pace, seen = Pace(speed=600), list[str]()

    async def at(waiting: asyncio.Task[None], what: str) -> None:
        await waiting
        seen.append(what)

    async with asyncio.TaskGroup() as group:
        for waiting, what in ((pace.until_like(LATEST), "the last one is in"), (pace.until(5), "the end")):
            group.create_task(at(group.create_task(waiting), what))
        pace.begin(5)
    assert seen == ["the last one is in", "the end"]
