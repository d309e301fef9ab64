"""The hub: one for each process, started by its first socket.

It hears of new versions by `poke` (this process), by hints (others) and by looking for itself, and lets each event's
scope read and send them on.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Collection, Iterator, Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal

from . import announce, beats, frames, hints, streams
from .channel import Channel
from .metrics import counted
from .queries import Cursor
from .scope import Scope
from .sockets import RESTART, Socket

# Heartbeats are spread over so many beats of half a second, so that thousands never fall due at once.
SLOTS = 20
# One person's phones, tabs and forgotten connections.
MOST_SOCKETS_OF_ONE = 16
# How many returning phones a second a fresh process takes in with ease; they come back within at most 8 seconds.
RETURNING_A_SECOND = 400
# As long as an answer with a new cookie may take on a slow line; then nobody waits any more.
AWAY_SECONDS = (1.0, 2.0)


class Hub:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.scopes: dict[str, Scope] = {}
        self.slots: list[set[Socket]] = [set() for _slot in range(SLOTS)]
        self.next_slot = 0
        self.ticketed: set[Socket] = set()  # the few that somebody may end, see `tickets`
        self.arrived: set[str] = set()  # personal streams that said hello since the last chores
        self.left: set[str] = set()  # personal streams whose last socket here ended since then
        self.tasks = [self.loop.create_task(task) for task in (*beats.of(self), hints.listen(self))]
        announce.listeners.append(self.poke)

    def poke(self, heads: Mapping[str, int]) -> None:
        """Streams moved on; called from any thread, right after a commit."""
        if self.loop.is_closed():
            announce.listeners.remove(self.poke)
        else:
            self.loop.call_soon_threadsafe(self.hear, heads)

    def hear(self, heads: Mapping[str, int]) -> None:
        """A hint: stream name -> version."""
        for name, version in heads.items():
            scope = self.scopes.get(streams.scope(name))
            channel = scope and scope.channels.get(name)
            if scope and channel and version > channel.head >= 0:
                scope.stir([name])

    async def attach(self, socket: Socket, names: Mapping[str, str], cursors: Mapping[str, Cursor]) -> None:
        """Answer a hello: what was missed, a heartbeat, the values; from then on everything new."""
        code = streams.scope(next(iter(names.values())))
        scope = self.scopes.get(code) or self.scopes.setdefault(code, Scope(code))
        socket.code = code
        socket.slot = self.next_slot = (self.next_slot + 1) % SLOTS
        socket.heard_at = self.loop.time()
        await scope.admit(socket, names, cursors)
        if not socket.is_open:
            return
        self.slots[socket.slot].add(socket)
        if socket.ticket:
            self.ticketed.add(socket)
        counted.sockets += 1
        counted.hellos += 1
        self.beat(socket)
        if known := scope.values | (scope.crew_values if "crew" in names else {}):
            socket.write(frames.values(known))
        if "me" in names:
            self.arrived.add(names["me"])
            self.close_the_quietest(scope.channels[names["me"]])

    def began_anew(self, names: Mapping[str, str], cursors: Mapping[str, Cursor]) -> bool:
        """Whether the personal stream is another one than the asker has heard."""
        scope, name, heard = self.scopes.get(streams.scope(names["public"])), names.get("me"), cursors.get("me")
        channel = scope and name and scope.channels.get(name)
        return bool(channel and heard and heard.epoch and heard.epoch != channel.epoch)

    def detach(self, socket: Socket) -> None:
        """The connection ended; harmless when it never got as far as `attach`."""
        scope = self.scopes.get(socket.code)
        socket.gone()
        if socket in self.slots[socket.slot]:
            self.slots[socket.slot].discard(socket)
            self.ticketed.discard(socket)
            counted.sockets -= 1
        if scope:
            scope.leave(socket)
            self.left |= {one.name for one in socket.channels if streams.owner(one.name) and one.is_idle}

    def is_heard(self, name: str) -> bool:
        """Whether this personal stream has a socket here."""
        scope = self.scopes.get(streams.scope(name))
        channel = scope and scope.channels.get(name)
        return bool(channel and next(channel.sockets(), None))

    def close_the_quietest(self, channel: Channel) -> None:
        listening = list(channel.sockets())
        if len(listening) > MOST_SOCKETS_OF_ONE:
            quietest = min(listening, key=lambda socket: socket.heard_at)
            with translation.override(quietest.language):
                sentence = _("You have this open on many screens; this one was closed.")
            quietest.refuse(Refusal("too_many_screens", sentence, status=429))

    def send_away(self, ended: Collection[str], *, closed: Collection[str]) -> None:
        """These tickets stand no more: whether somebody else is there now is judged at the next hello.

        Which does not come at once: where a browser was given a new ticket, it has to arrive there first. A socket with
        a `closed` stream ends by that, and is told why.
        """
        leaving = [
            socket
            for socket in self.ticketed
            if socket.ticket in ended and not any(channel.name in closed for channel in socket.channels)
        ]
        for socket in leaving:
            with translation.override(socket.language):
                message = _("This screen comes back by itself.")
            socket.write(frames.goodbye("signed_out", message, random.uniform(*AWAY_SECONDS)))
            socket.close(RESTART, "signed_out")

    def beat(self, socket: Socket) -> None:
        heads = {channel.alias: channel.head for channel in socket.channels}
        socket.write(frames.heartbeat(clock.now(), heads))

    def sockets(self) -> Iterator[Socket]:
        for slot in self.slots:
            yield from tuple(slot)

    def goodbye(self) -> int:
        """Tell every phone to come back, each after its own short while, and close; returns how many."""
        leaving = list(self.sockets())
        spread = min(8.0, 0.5 + len(leaving) / RETURNING_A_SECOND)
        for socket in leaving:
            with translation.override(socket.language):
                message = _("The server restarts. This screen comes back by itself.")
            socket.write(frames.goodbye("restarting", message, random.uniform(0, spread)))
            socket.close(RESTART, "restarting")
        return len(leaving)


_hub: Hub | None = None


def the_hub() -> Hub:
    """The hub of this process, made on first use; called on the event loop."""
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub


def running_hub() -> Hub | None:
    """The hub, if any socket has ever come."""
    return _hub
