"""The site to clients that send everything twice; `python -m tests.servers.double` (`make double`) runs at it.

Every request that writes is asked a second time with the same key: right after the first, or at the same moment, in
turns. A test that passes on the ordinary site passes here: twice is once.
"""

import asyncio
import itertools
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from apps.core import limits
from socialhub.asgi import application as once

WRITES = {"POST", "PUT", "PATCH", "DELETE"}
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# A second request costs as much as the first; who sends everything twice may send twice as much.
for limit in vars(limits).values():
    if isinstance(limit, limits.Limit):
        object.__setattr__(limit, "capacity", limit.capacity * 2)
        object.__setattr__(limit, "per_minute", limit.per_minute * 2)


class Doubled:
    def __init__(self) -> None:
        self.turns = itertools.count()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in WRITES:
            await once(scope, receive, send)
            return
        note(scope)
        body = await whole(receive)
        if next(self.turns) % 2:
            answers = list(await asyncio.gather(answer_to(scope, body), answer_to(scope, body)))
        else:
            answers = [await answer_to(scope, body), await answer_to(scope, body)]
        compare(scope, *answers)
        for message in min(answers, key=status_of):
            await send(message)


def note(scope: Message) -> None:
    """In the tally of a run, a line each: whoever doubles nothing has shown nothing."""
    if tally := os.environ.get("DOUBLED"):
        with Path(tally).open("a") as lines:
            lines.write(f"{scope['method']} {scope['path']}\n")


async def whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


async def answer_to(scope: Message, body: bytes) -> list[Message]:
    asked = iter([{"type": "http.request", "body": body, "more_body": False}])
    answer: list[Message] = []

    async def receive() -> Message:
        for message in asked:
            return message
        return await asyncio.Future()  # nobody hangs up

    async def send(message: Message) -> None:
        answer.append(message)

    # Packed answers begin with noise, and could not be compared.
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    await once({**scope, "headers": headers}, receive, send)
    return answer


def compare(scope: Message, one: list[Message], two: list[Message]) -> None:
    """Neither breaks anything; with a key, both are told the same. Raises where not, which no test's log may hold."""
    what = f"{scope['method']} {scope['path']}, sent twice"
    assert max(status_of(one), status_of(two)) not in (500, 502, 504), what
    if any(name == b"idempotency-key" for name, _value in scope["headers"]) and scope["method"] in ("POST", "PATCH"):
        told = [(status_of(answer), b"".join(part.get("body", b"") for part in answer)) for answer in (one, two)]
        assert told[0] == told[1], f"{what}: {told}"


def status_of(answer: list[Message]) -> int:
    return int(answer[0]["status"])


application = Doubled()
