"""One simulated phone, console or stage: the reference client of PROTOCOL.md, over a real websocket."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from .arrivals import note_arrivals
from .browser import LONGEST_PAUSE, Browser
from .held import Held, reduce
from .marks import marks_in

ACK_FRAMES, ACK_SECONDS = 32, 5
DEAD_SECONDS = 25
# Not to come back by itself: outdated, no right to be here.
FINAL = {4001: "a frame of ours was not of the protocol", 4003: "not here any more", 1009: "a frame was too long"}


@lru_cache(maxsize=256)
def read(text: str) -> tuple[dict[str, Any], frozenset[str]]:
    """A frame and the marks in it. The same text goes to every phone; nobody changes what is read here."""
    return json.loads(text), marks_in(text)


@dataclass(eq=False)
class Client(Browser):
    """A browser that listens. `streams` is what it holds; `news` is set whenever that has changed."""

    streams: dict[str, Held] = field(default_factory=dict, init=False)
    news: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    # Set while it follows the event, and holds all that there is.
    connected: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    socket: ClientConnection | None = field(default=None, init=False)
    # Frames of this line that came, and of those the acknowledged ones.
    received: int = field(default=0, init=False)
    acked: int = field(default=0, init=False)
    is_refused: bool = field(default=False, init=False)
    # How long an old phone takes for each frame.
    slow_seconds: float = field(default=0.0, init=False)

    def documents(self, alias: str) -> Mapping[str, Any]:
        return self.streams[alias].documents if alias in self.streams else {}

    def version(self, alias: str) -> int:
        return self.streams[alias].version if alias in self.streams else 0

    async def listen(self) -> None:
        """Follow the event until told not to come back; resumes where it was."""
        failures = 0
        while not self.is_refused:
            await self.online.wait()
            began = time.monotonic()
            try:
                await self.one_line()
            except InvalidStatus as refused:
                status = str(refused.response.status_code)
                self.journal.wrong("line_refused", f"a websocket was refused: {status}", status)
            except (OSError, WebSocketException, TimeoutError):
                pass
            finally:
                self.connected.clear()
                self.socket = None
            failures = 0 if time.monotonic() - began > LONGEST_PAUSE else failures + 1
            if self.online.is_set() and not self.is_refused:
                self.journal.counts["reconnects"] += 1
                await self.pause(failures)

    async def one_line(self) -> None:
        address = self.base.replace("http", "ws", 1) + f"/live/{self.code}/"
        async with connect(
            address,
            origin=self.base,  # type: ignore[arg-type]  # a NewType of theirs
            proxy=None,
            additional_headers=self.known_by,
            compression=None,
            ping_interval=None,
            open_timeout=60,
            close_timeout=1,
        ) as socket:
            self.socket = socket
            cursors = {alias: held.cursor for alias, held in self.streams.items()}
            hello = {"type": "hello", "as": self.screen, "token": self.token, "streams": cursors}
            await socket.send(json.dumps(hello))
            acking = asyncio.create_task(self.acknowledge(socket))
            try:
                await self.follow(socket)
            finally:
                acking.cancel()
                if socket.close_code in FINAL:
                    self.is_refused = True
                    if socket.close_code != 4003:
                        why = FINAL[socket.close_code]
                        self.journal.wrong("line_closed", f"a websocket was closed: {why}", str(socket.close_code))

    async def follow(self, socket: ClientConnection) -> None:
        self.received = self.acked = 0
        while True:
            # Not `wait_for`: where a frame comes in that very moment, Python 3.11 would forget that it was cancelled.
            async with asyncio.timeout(DEAD_SECONDS):
                text = str(await socket.recv())
            if self.slow_seconds:
                await asyncio.sleep(self.slow_seconds)
            self.received += 1
            frame, marks = read(text)
            self.journal.counts["frames"] += 1
            self.journal.hear(self.ear, text, f"a frame of type {frame['type']}", marks)
            if not self.take(frame):
                return
            if self.received - self.acked >= ACK_FRAMES:
                await self.ack(socket)

    def take(self, frame: dict[str, Any]) -> bool:
        """Apply a frame; whether this line is still good."""
        match frame["type"]:
            case "snapshot" | "changes":
                return self.change(frame)
            case "heartbeat":
                behind = [alias for alias, head in frame["heads"].items() if self.version(alias) < head]
                for alias in behind:
                    self.missed(alias, frame["heads"][alias])
                self.connected.set()
                self.news.set()
                return not behind
            case "refused":
                self.is_refused = True
                if frame["code"] not in ("not_here", "erased", "moved"):
                    self.journal.wrong("line_refused", f"a websocket was refused: {frame['code']}", frame["code"])
        return True

    def change(self, frame: dict[str, Any]) -> bool:
        alias = frame["stream"]
        if alias == "crew" and self.screen != "console":
            self.journal.leak("crew_stream", f"the crew's stream was told to {self.label}")
        held = self.streams.setdefault(alias, Held())
        if self.connected.is_set() and frame["type"] == "changes" and not self.slow_seconds:
            note_arrivals(self.journal, self.label, held, frame)
        outcome = reduce(held, frame)
        if outcome == "resync":
            self.missed(alias, frame["version"])
        if alias == "public" and "now" in frame["documents"] and outcome == "applied":
            self.journal.note_now(held.version, json.dumps(held.documents["now"], sort_keys=True), self.label)
        if alias == "crew":
            self.journal.note_crew(frame)
        self.news.set()
        return outcome != "resync"

    def missed(self, alias: str, version: int) -> None:
        """On one line nothing may be left out: the rule mends it, and the judge hears of it."""
        self.journal.lose(
            "never_came",
            f"a message of the stream {alias} never came to {self.label} "
            f"(it held version {self.version(alias)}, {version} was told)",
            alias,
        )

    async def acknowledge(self, socket: ClientConnection) -> None:
        while True:
            await asyncio.sleep(ACK_SECONDS * (1 + self.chance.random()))
            if self.received > self.acked:
                await self.ack(socket)

    async def ack(self, socket: ClientConnection) -> None:
        self.acked = self.received
        await socket.send(json.dumps({"type": "ack", "received": self.received}))

    # Losing the network

    def drop(self) -> None:
        """The tunnel: the line is gone without a word, and answers do not arrive."""
        self.online.clear()
        if self.socket is not None:
            self.socket.transport.abort()

    def wake(self) -> None:
        self.online.set()
