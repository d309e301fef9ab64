"""One event's streams in this process, and the task that reads them.

A scope lives while somebody is connected. Hints and the hub's own look say which streams moved; one task reads all of
those in one query and sends the news on, so that versions reach sockets in order.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping

from django.db import DatabaseError

from . import frames, queries, streams
from .channel import Channel
from .frames import Frame
from .metrics import counted
from .queries import Cursor
from .sockets import Socket
from .threads import in_thread

log = logging.getLogger(__name__)


class Scope:
    def __init__(self, code: str) -> None:
        self.code = code
        self.channels: dict[str, Channel] = {}
        self.sockets: set[Socket] = set()
        self.moved: dict[str, float] = {}  # stream -> when we heard that it moved
        self.stirred = asyncio.Event()
        self.loading: dict[tuple[str, str, int], asyncio.Task[None]] = {}
        self.values: dict[str, int] = {}
        self.fresh_values: dict[str, int] = {}  # not told yet
        # The same of what the crew alone is told.
        self.crew_values: dict[str, object] = {}
        self.fresh_crew_values: dict[str, object] = {}
        self.claps = 0  # heard in this process since the last beat
        self.task = asyncio.get_running_loop().create_task(self.follow())

    def of_crew(self) -> set[Socket]:
        """The sockets of the crew."""
        channel = self.channels.get(streams.crew(self.code))
        return set(channel.sockets()) if channel else set()

    # Reading on

    def stir(self, names: Iterable[str]) -> None:
        """These streams moved, or may have."""
        moment = asyncio.get_running_loop().time()
        for name in names:
            self.moved.setdefault(name, moment)
        self.stirred.set()

    async def follow(self) -> None:
        while True:
            await self.stirred.wait()
            self.stirred.clear()
            moved, self.moved = self.moved, {}
            try:
                await self.read_on(moved)
            except DatabaseError:
                # The next look stirs again: a database that is away costs latency.
                counted.failed_looks += 1
                log.warning("streams could not be read and will be tried again")
            except Exception:
                counted.failed_looks += 1
                log.exception("reading streams failed")

    async def read_on(self, moved: Mapping[str, float]) -> None:
        known = [channel for name in moved if (channel := self.channels.get(name)) and channel.head >= 0]
        if not known:
            return
        found = await in_thread(queries.read, {channel.name: channel.cursor for channel in known})
        # Shared ones first: where an event ends with all its streams, that is what everybody is told.
        for channel in sorted(known, key=lambda channel: channel.alias == "me"):
            before = channel.head
            channel.advance(found[channel.name])
            if channel.head != before:
                counted.versions += 1
        lag = asyncio.get_running_loop().time() - min(moved.values())
        counted.lag_seconds = lag
        counted.worst_lag_seconds = max(counted.worst_lag_seconds, lag)

    def compare(self, heads: Mapping[str, queries.Head]) -> None:
        """What the hub saw by itself: stir the streams that are not where we are."""
        gone = queries.Head("", 0, False)
        self.stir_if_any(
            name
            for name, channel in self.channels.items()
            if channel.head >= 0
            and not channel.closed
            and (head := heads.get(name, gone))
            and (head.version != channel.head or head.epoch != channel.epoch or head.closed)
        )

    def stir_if_any(self, names: Iterable[str]) -> None:
        if some := list(names):
            self.stir(some)

    # Coming and going

    async def admit(self, socket: Socket, names: Mapping[str, str], cursors: Mapping[str, Cursor]) -> None:
        """Bring a socket up to date and add it to its channels. Refuses `not_here` where a stream is closed."""
        channels = {alias: self.channel(name) for alias, name in names.items()}
        for channel in channels.values():
            channel.expected += 1
        try:
            wanted = [(channel, cursors.get(alias, Cursor())) for alias, channel in channels.items()]
            while missing := [(channel, cursor) for channel, cursor in wanted if channel.answer(cursor) is None]:
                await self.load(missing)
            # No await from here on: between "up to date" and "in the set" nothing may slip through.
            for channel, cursor in wanted:
                self.tell(socket, channel.answer(cursor) or ())
            if socket.is_open:
                socket.listen(channels.values())
                self.sockets.add(socket)
        finally:
            for channel in channels.values():
                channel.expected -= 1
                self.drop_if_idle(channel)

    def tell(self, socket: Socket, answer: Iterable[Frame]) -> None:
        for frame in answer:
            socket.write(frame)

    async def load(self, missing: Iterable[tuple[Channel, Cursor]]) -> None:
        """Ask storage once for all who ask for the same."""
        keys = {(channel.name, cursor.epoch, cursor.since): (channel, cursor) for channel, cursor in missing}
        new = {key: wanted for key, wanted in keys.items() if key not in self.loading}
        if new:
            task = asyncio.get_running_loop().create_task(self.read_for(list(new.values())))
            task.add_done_callback(lambda _task: [self.loading.pop(key, None) for key in new])
            self.loading |= dict.fromkeys(new, task)
        for task in {self.loading[key] for key in keys}:
            await asyncio.shield(task)

    async def read_for(self, wanted: list[tuple[Channel, Cursor]]) -> None:
        # One query holds a stream once; who asks from other places is read in the next.
        while wanted:
            some = {channel.name: (channel, cursor) for channel, cursor in wanted}
            wanted = [(channel, cursor) for channel, cursor in wanted if some[channel.name][1] is not cursor]
            found = await in_thread(queries.read, {name: cursor for name, (_channel, cursor) in some.items()})
            for name, (channel, cursor) in some.items():
                if not channel.learn(cursor, found[name]):
                    self.stir([name])

    def leave(self, socket: Socket) -> None:
        socket.gone()
        self.sockets.discard(socket)
        for channel in socket.channels:
            self.drop_if_idle(channel)

    def channel(self, name: str) -> Channel:
        if name not in self.channels:
            self.channels[name] = Channel(name)
        return self.channels[name]

    def drop_if_idle(self, channel: Channel) -> None:
        # Shared streams stay as long as the scope does: everybody who comes back asks for them.
        # Of a name there may be a newer one, which others listen to.
        if channel.alias == "me" and channel.is_idle and self.channels.get(channel.name) is channel:
            del self.channels[channel.name]

    # Values

    def learn_values(self, numbers: Mapping[str, int], *, of_crew: Mapping[str, object]) -> None:
        """What is another one than before is told with the next beat."""
        self.fresh_values |= {name: one for name, one in numbers.items() if self.values.get(name) != one}
        self.values |= numbers
        self.fresh_crew_values |= {name: one for name, one in of_crew.items() if self.crew_values.get(name) != one}
        self.crew_values |= of_crew

    def add_claps(self, number: int) -> None:
        """Claps that were heard here or in another process."""
        self.fresh_values["claps"] = self.values["claps"] = self.values.get("claps", 0) + number

    def tell_values(self) -> None:
        for_all, for_crew = self.fresh_values, self.fresh_crew_values
        if not (for_all or for_crew):
            return
        self.fresh_values, self.fresh_crew_values = {}, {}
        common, whole = frames.values(for_all), frames.values(for_all | for_crew)
        crew = self.of_crew() if for_crew else set()
        for socket in tuple(self.sockets):
            if socket in crew:
                socket.write(whole)
            elif for_all:
                socket.write(common)

    def end(self) -> None:
        self.task.cancel()
