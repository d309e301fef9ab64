"""The smallest client that keeps the promises of PROTOCOL.md: what a phone must do, without a phone."""

import json

from websockets.exceptions import ConnectionClosed

from apps.rehearsal.held import Held, reduce

__all__ = ["Held", "Phone", "reduce"]


class Phone:
    """One connected client: `hear()` takes frames until a condition holds, keeping everything it was told."""

    def __init__(self, socket, streams: dict[str, Held] | None = None) -> None:
        self.socket = socket
        self.streams = streams if streams is not None else {}
        self.frames: list[dict] = []
        self.said: list[str] = []
        self.values: dict[str, int] = {}

    async def say(self, frame: dict) -> None:
        await self.socket.send(json.dumps(frame))

    async def hello(self, token: str, as_: str = "phone") -> None:
        cursors = {alias: held.cursor for alias, held in self.streams.items()}
        await self.say({"type": "hello", "as": as_, "token": token, "streams": cursors})

    async def next(self) -> dict:
        frame = json.loads(await self.socket.recv())
        self.frames.append(frame)
        match frame["type"]:
            case "snapshot" | "changes":
                self.said.append(reduce(self.streams.setdefault(frame["stream"], Held()), frame))
            case "values":
                self.values |= frame["values"]
        return frame

    async def until(self, kind: str, **fields: object) -> dict:
        """Take frames until one of this type has these fields."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and all(frame.get(name) == value for name, value in fields.items()):
                return frame

    async def closed(self) -> int:
        """The code the server closes with, after whatever it still had to say; 1006 where it said none."""
        try:
            while True:
                await self.next()
        except ConnectionClosed as ended:
            return ended.rcvd.code if ended.rcvd else 1006

    async def until_version(self, alias: str, version: int) -> dict[str, object]:
        while self.streams.get(alias, Held()).version < version:
            await self.next()
        return self.streams[alias].documents

    def of(self, kind: str) -> list[dict]:
        return [frame for frame in self.frames if frame["type"] == kind]
