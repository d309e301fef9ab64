"""One open socket as the hub sees it: written to without waiting, closed when its phone stops reading."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from apps.core.refusal import Refusal

from . import frames
from .door import DOOR
from .door.sending import send
from .frames import Frame
from .language import language_of
from .metrics import counted

if TYPE_CHECKING:
    from .channel import Channel

Fileno = Callable[[], int]

# A phone acknowledges every 32 frames: 400 is a dozen windows, or minutes of an evening.
MOST_OWED_FRAMES = 400
# What may wait in this process for one phone, besides its first answer.
MOST_WAITING_BYTES = 256 * 1024

BAD_FRAME, NO_RIGHT, TOO_SLOW, RESTART = 4001, 4003, 4008, 1012


def opened(scope: Mapping[str, Any], send: Callable[[dict], Awaitable[None]]) -> Socket:
    """The socket of one connection: direct where the server offers the door, plain otherwise."""
    door = (scope.get("extensions") or {}).get(DOOR)
    language = language_of(scope)
    return DirectSocket(language, door) if door is not None else PlainSocket(language, send)


class Socket:
    """What both kinds share: the channels it listens to, and what it owes us."""

    __slots__ = (
        "allowance",
        "base",
        "channels",
        "code",
        "heard_at",
        "is_open",
        "language",
        "own",
        "received",
        "slot",
        "ticket",
    )

    def __init__(self, language: str) -> None:
        self.language = language
        self.code = ""
        self.ticket = ""
        self.channels: tuple[Channel, ...] = ()
        self.is_open = True
        self.own = 0  # frames sent to this socket alone
        self.base = 0  # frames its channels had sent before it came
        self.received = 0
        self.heard_at = 0.0
        self.allowance = 0
        self.slot = 0

    def write(self, frame: Frame) -> None:
        """Send a frame that is for this socket alone."""
        if self.is_open:
            self.own += 1
            self.pass_on(frame)

    def pass_on(self, frame: Frame) -> None:
        raise NotImplementedError

    def stumble(self, frame: Frame, done: int) -> None:
        raise NotImplementedError

    def shut(self, code: int, reason: str) -> None:
        raise NotImplementedError

    @property
    def waiting(self) -> int:
        """Bytes that wait for this phone in this process."""
        raise NotImplementedError

    @property
    def fileno(self) -> Fileno | None:
        """The bound `fileno` of a socket with nothing queued; None where that must be asked every time."""
        return None

    def listen(self, channels: Iterable[Channel]) -> None:
        self.channels = tuple(channels)
        self.base = sum(channel.sent for channel in self.channels)
        self.allowance = self.waiting
        fileno = self.fileno
        for channel in self.channels:
            if fileno is None:
                channel.others.add(self)
            else:
                channel.clean[self] = fileno

    def leave(self) -> None:
        """Hear nothing more."""
        self.is_open = False
        for channel in self.channels:
            channel.clean.pop(self, None)
            channel.others.discard(self)

    def gone(self) -> None:
        """The connection has ended, whoever ended it."""
        self.leave()

    def refuse(self, refusal: Refusal) -> None:
        if self.is_open:
            counted.refused(refusal.code)
            self.write(frames.refused(refusal))
            self.close(NO_RIGHT, refusal.code)

    def close(self, code: int, reason: str) -> None:
        if self.is_open:
            self.leave()
            counted.closed(code)
            self.shut(code, reason)

    @property
    def sent(self) -> int:
        return self.own + sum(channel.sent for channel in self.channels) - self.base

    def close_if_too_slow(self) -> None:
        # Until it listens, all it gets is its first answer.
        if not self.channels:
            return
        if self.sent - self.received > MOST_OWED_FRAMES or self.waiting > MOST_WAITING_BYTES + self.allowance:
            self.close(TOO_SLOW, "too_slow")


class DirectSocket(Socket):
    """Writes the ready frame straight to the kernel while the transport has nothing queued.

    It is *clean* then, and its channels hold its bound `fileno`. Anything that queues bytes (a short write, a pong, a
    close) soils it: frames go behind the queue until that is empty again. Order is kept, and no frame lands inside
    another.
    """

    __slots__ = ("protocol", "transport")

    def __init__(self, language: str, protocol: Any) -> None:
        super().__init__(language)
        self.protocol = protocol
        self.transport = protocol.transport
        protocol.on_other_write = self.soil
        counted.direct += 1

    @property
    def waiting(self) -> int:
        return len(self.transport.dataBuffer) - self.transport.offset + self.transport._tempDataLen

    @property
    def fileno(self) -> Fileno | None:
        handle = getattr(self.transport, "socket", None)  # gone once the connection is lost
        return handle.fileno if handle is not None and self.is_writable and not self.waiting else None

    @property
    def is_writable(self) -> bool:
        return self.protocol.takes_frames and self.transport.connected and not self.transport.disconnecting

    def pass_on(self, frame: Frame) -> None:
        if not self.is_writable:
            return
        fileno = self.fileno
        if fileno is None or send is None:
            self.transport.write(frame.wire)
            self.close_if_too_slow()
            return
        done = send(fileno(), frame.wire, len(frame.wire), 0)
        if done == len(frame.wire):
            self.wash(fileno)
        else:
            self.stumble(frame, done)

    def stumble(self, frame: Frame, done: int) -> None:
        self.soil()
        # Where the connection has ended, the transport finds it out.
        if self.is_writable:
            self.transport.write(frame.wire[max(0, done) :])

    def soil(self) -> None:
        for channel in self.channels:
            if channel.clean.pop(self, None) is not None:
                channel.others.add(self)

    def wash(self, fileno: Fileno) -> None:
        self.allowance = 0
        if self.is_open:
            for channel in self.channels:
                channel.others.discard(self)
                channel.clean[self] = fileno

    def leave(self) -> None:
        super().leave()
        self.protocol.on_other_write = None

    def shut(self, code: int, reason: str) -> None:
        self.protocol.shut(code, reason)


class PlainSocket(Socket):
    """Goes through ASGI `send`, from a queue and a task of its own: one phone's send never holds up another's."""

    __slots__ = ("_send", "bytes", "queue", "stirred", "task")

    def __init__(self, language: str, send: Callable[[dict], Awaitable[None]]) -> None:
        super().__init__(language)
        self._send = send
        self.queue: deque[tuple[dict, int]] = deque()
        self.bytes = 0
        self.stirred = asyncio.Event()
        self.task = asyncio.get_running_loop().create_task(self.pump())

    @property
    def waiting(self) -> int:
        return self.bytes

    def pass_on(self, frame: Frame) -> None:
        self.bytes += len(frame.wire)
        self.queue.append(({"type": "websocket.send", "text": frame.text}, len(frame.wire)))
        self.stirred.set()
        self.close_if_too_slow()

    def shut(self, code: int, reason: str) -> None:
        self.queue.append(({"type": "websocket.close", "code": code, "reason": reason}, 0))
        self.stirred.set()

    def gone(self) -> None:
        super().gone()
        self.task.cancel()

    async def pump(self) -> None:
        while True:
            await self.stirred.wait()
            self.stirred.clear()
            while self.queue:
                message, size = self.queue[0]
                await self._send(message)
                self.queue.popleft()
                self.bytes -= size
            self.allowance = 0
