"""What the hub does again and again: looking for itself, heartbeats and values, and chores in a worker thread.

Each loop survives every error: a database that is away for a minute costs a minute of latency.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError

from . import hints, queries, signals, streams, tickets, ticks, values
from .metrics import counted
from .threads import in_thread

if TYPE_CHECKING:
    from .hub import Hub

log = logging.getLogger(__name__)

BEAT_SECONDS = 0.5
CHORES_SECONDS = 1.0
VALUES_EVERY = 2  # chores
HEARD_EVERY = 10  # chores
# Silence after which an open socket no longer counts as present: two heartbeats unanswered, and a little.
HEARD_WITHIN_SECONDS = 25
# An event nobody is connected to is read a little longer: phones come back.
LINGER_LOOKS = 60


def of(hub: Hub) -> Iterable[Coroutine[Any, Any, None]]:
    """The loops, to be started as tasks."""
    return look(hub), beat(hub), chores(hub)


async def look(hub: Hub) -> None:
    """Compare where all streams stand with where we are: what makes hints a luxury. And who is signed in no more."""
    idle: dict[str, int] = {}

    async def once(_round: int) -> None:
        counted.looks += 1
        if not hub.scopes:
            return
        held = {socket.ticket for socket in hub.ticketed}
        ended = await in_thread(tickets.ended, held) if held else set()
        # Read after the tickets: what took a ticket along with its event is known by then, and told as that.
        heads = await in_thread(queries.heads, list(hub.scopes))
        hub.send_away(ended, closed={name for name, head in heads.items() if head.closed})
        for code, scope in list(hub.scopes.items()):
            scope.compare(heads)
            idle[code] = (
                0 if scope.sockets or any(c.expected for c in scope.channels.values()) else idle.get(code, 0) + 1
            )
            if idle[code] > LINGER_LOOKS:
                hub.scopes.pop(code).end()
                del idle[code]

    await every(BEAT_SECONDS, once)


async def beat(hub: Hub) -> None:
    """Every socket's heartbeat every ten seconds, and values at most twice a second."""

    async def once(turn: int) -> None:
        for socket in tuple(hub.slots[turn % len(hub.slots)]):
            hub.beat(socket)
            socket.close_if_too_slow()
        clapped = {}
        for scope in hub.scopes.values():
            if scope.claps:
                clapped[scope.code] = scope.claps
                scope.add_claps(scope.claps)
                scope.claps = 0
            scope.tell_values()
        if clapped:
            hints.send_claps(clapped)

    await every(BEAT_SECONDS, once)


async def chores(hub: Hub) -> None:
    """Ticks every second, values every two, and who was heard from; all events in one visit to a worker thread."""

    async def once(turn: int) -> None:
        codes = [code for code, scope in hub.scopes.items() if scope.sockets]
        led = [code for code in codes if hub.scopes[code].of_crew()]
        arrived, hub.arrived = hub.arrived, set()
        heard = present(hub) | arrived if turn % HEARD_EVERY == 0 else arrived
        left, hub.left = sorted(name for name in hub.left if not hub.is_heard(name)), set()
        found, found_for_crew = await in_thread(visit, codes, led, sorted(heard), left, turn % VALUES_EVERY == 0)
        for code, scope in hub.scopes.items():
            scope.learn_values(found.get(code, {}), of_crew=found_for_crew.get(code, {}))

    await every(CHORES_SECONDS, once)


def present(hub: Hub) -> set[str]:
    since = hub.loop.time() - HEARD_WITHIN_SECONDS
    return {
        channel.name
        for socket in hub.sockets()
        if socket.is_open and socket.heard_at >= since
        for channel in socket.channels
        if channel.alias == "me" and streams.owner(channel.name)
    }


def visit(
    codes: list[str], led: list[str], heard: list[str], left: list[str], with_values: bool
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, object]]]:
    """The values of these events, and of those that are led from here what their crews see besides."""
    if heard:
        signals.heard.send(sender=None, streams=heard)
    if left:
        signals.left.send(sender=None, streams=left)
    for code in codes:
        ticks.tick(code)
    return {code: values.look(code) for code in codes} if with_values else {}, values.look_for_crew(led)


async def every(seconds: float, once: Callable[[int], Awaitable[None]]) -> None:
    for turn in count():
        await asyncio.sleep(seconds)
        try:
            await once(turn)
        except DatabaseError:
            counted.failed_looks += 1
            log.warning("the database did not answer; trying again")
        except Exception:
            log.exception("a beat of the hub failed")
