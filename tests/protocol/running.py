"""Real servers of the tests' site: bound before they start, so that there is no race for a port."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryFile

from websockets.asyncio.client import connect

from .client import Held, Phone
from .site_address import ORIGIN

ROOT = Path(__file__).resolve().parents[2]
DOOR = ["-m", "apps.live.server", "--application", "tests.protocol.site:application", "--fd", "{fd}"]

# Daphne as it comes, without a door: frames go through the ordinary ASGI send.
PLAIN = ["-m", "daphne", "--fd", "{fd}", "--access-log", os.devnull, "tests.protocol.site:application"]


class Running:
    """One process of the site, and what tests ask of it."""

    def __init__(self, environment: dict[str, str], command: list[str] | None = None) -> None:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self.log = TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self.process = subprocess.Popen(
            [sys.executable, *(part.format(fd=listening.fileno()) for part in command or DOOR)],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.protocol.settings"} | environment,
            pass_fds=[listening.fileno()],
            stdout=self.log,
            stderr=self.log,
        )
        # A bound socket queues connections only once it listens; then the server's first answer is the sign.
        listening.listen(4096)
        listening.close()

    def post(self, path: str, body: object = None) -> object:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=json.dumps(body).encode(), method="POST"
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    async def ask(self, path: str, body: object = None) -> object:
        return await asyncio.to_thread(self.post, path, body)

    async def publish(self, because: str, changes: dict[str, dict[str, object]]) -> dict[str, int]:
        return await self.ask("/publish", {"because": because, "changes": changes})

    async def metrics(self) -> dict:
        return await self.ask("/metrics")

    def open(self, code: str, origin: str = ORIGIN, path: str = "/live/{code}/", **options: object) -> connect:
        address = f"ws://127.0.0.1:{self.port}{path.format(code=code)}"
        return connect(
            address, origin=origin, proxy=None, compression=None, ping_interval=None, open_timeout=None, **options
        )

    @asynccontextmanager
    async def phone(
        self,
        token: str,
        code: str = "BCDFG",
        streams: dict[str, Held] | None = None,
        as_: str = "phone",
        **options: object,
    ) -> AsyncIterator[Phone]:
        """A phone that has said hello and heard its first heartbeat."""
        async with self.open(code, **options) as websocket:
            phone = Phone(websocket, streams)
            await phone.hello(token, as_)
            await phone.until("heartbeat")
            yield phone

    def stop(self, how: int = signal.SIGTERM) -> str:
        """End the process; returns what it has logged."""
        self.process.send_signal(how)
        self.process.wait(20)
        with self.log:
            self.log.seek(0)
            return self.log.read().decode()
