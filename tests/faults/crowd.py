"""People who write and listen while things break, and who keep a journal of what was acknowledged to them."""

import asyncio
import contextlib
import itertools
import json
import random
import secrets
import ssl
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.protocol.client import Held, Phone
from tests.servers.daphne import PATIENCE_SECONDS
from tests.servers.people import Evening, Person

PAUSE_SECONDS = 0.03
# Unused, but each client would read all certificates of the machine for one of its own.
TLS = ssl.create_default_context()


@dataclass
class Journal:
    """What the server has said yes to."""

    attendees: dict[str, list[str]] = field(default_factory=dict)  # id -> name, spot
    slips: list[str] = field(default_factory=list)  # names the crew put in
    mine: list[str] = field(default_factory=list)  # attendees whose own name is in
    moves: list[str] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    resent: int = 0
    refused: Counter[str] = field(default_factory=Counter)  # asked to try again, by code
    goodbyes: list[float] = field(default_factory=list)
    frames: Counter[str] = field(default_factory=Counter)  # what clients made of frames
    reconnects: int = 0

    @property
    def writes(self) -> int:
        return len(self.attendees) * 2 + len(self.slips) + len(self.mine) + len(self.moves)


class Outbox:
    """One browser's: a write is sent with the same key until it is answered, to whichever process takes it."""

    def __init__(self, person: Person, crowd: "Crowd") -> None:
        self.person, self.crowd = person, crowd
        self.client = httpx.AsyncClient(verify=TLS, timeout=10, cookies=person.client.cookies)
        self.csrf = person.csrf() if person.screen == "console" else ""

    async def submit(self, method: str, path: str, body: object = None, first: str = "") -> dict[str, Any]:
        """The answer's body; anything but a yes fails the run, for nobody else is there to be faster.

        It goes to the process at `first`, if that is named, and then to whichever takes it.
        """
        key = secrets.token_urlsafe(24)
        self.crowd.under_way[key] = f"{method} {path}"
        while True:
            base, first = first or self.crowd.some_base(), ""
            headers = {"Idempotency-Key": key, "Origin": base, "X-CSRFToken": self.csrf}
            with contextlib.suppress(httpx.TransportError):
                answer = await self.client.request(method, base + self.person.api + path, json=body, headers=headers)
                if answer.is_success:
                    del self.crowd.under_way[key]
                    return answer.json() if answer.content else {}
                assert answer.status_code in (429, 503), (method, path, answer.text)
                self.crowd.under_way[key] = f"{method} {path} {answer.text}"
                self.crowd.journal.refused[answer.json()["code"]] += 1
            self.crowd.journal.resent += 1
            await asyncio.sleep(self.crowd.chance.uniform(0.05, 0.3))

    async def meet(self) -> None:
        """A device's first visit, which gives it its cookie; not a write, so simply asked again."""
        while True:
            with contextlib.suppress(httpx.TransportError):
                page = await self.client.get(f"{self.crowd.some_base()}/{self.person.code}/")
                if page.is_success:
                    return
                assert page.status_code == 503, page.text
                self.crowd.journal.refused["a page"] += 1
            await asyncio.sleep(0.1)


class Crowd:
    """Three phones that join, edit and put their names in; a host who moves; a moderator who writes slips."""

    def __init__(self, evening: Evening, chance: random.Random) -> None:
        self.evening, self.chance, self.journal = evening, chance, Journal()
        self.may_write = asyncio.Event()
        self.busy = 0
        self.numbers = itertools.count(1)
        self.under_way: dict[str, str] = {}  # key -> what is asked, and what was last said to it
        self.listeners = [
            Listener(self, evening.ada),
            Listener(self, evening.ben),
            Listener(self, evening.hana),
            Listener(self, Person("stage", evening.server.base, evening.code, "stage"), evening.stage.split("/")[-2]),
        ]
        snapshot = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
        segments = snapshot["programme"]["segments"]
        self.step = snapshot["now"]["step"]
        self.bowl = next(one["id"] for one in segments if one["kind"] == "open_mic")

    def some_base(self) -> str:
        return self.chance.choice(self.evening.server.processes).base

    async def run(self, break_things: Callable[["Crowd"], Awaitable[None]]) -> None:
        """Everybody acts until `break_things` has ended; a failure of anybody ends it all."""
        self.begin()
        everybody = [self.come_and_join(number) for number in range(3)] + [self.move(), self.fill_bowl()]
        tasks = [asyncio.create_task(one) for one in everybody + [one.listen() for one in self.listeners]]
        breaking = asyncio.create_task(break_things(self))
        try:
            await asyncio.wait([breaking, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
            await breaking
        finally:
            for task in (breaking, *tasks):
                task.cancel()
            await asyncio.gather(breaking, *tasks, return_exceptions=True)

    def begin(self) -> None:
        self.may_write.set()

    async def rest(self) -> None:
        """Until nobody's write is under way any more."""
        self.may_write.clear()
        until = time.monotonic() + PATIENCE_SECONDS
        while self.busy:
            assert time.monotonic() < until, f"writes never answered: {sorted(map(str, self.under_way))}"
            await asyncio.sleep(0.01)

    @contextlib.asynccontextmanager
    async def turn(self):
        await asyncio.sleep(self.chance.uniform(0, 2 * PAUSE_SECONDS))
        await self.may_write.wait()
        self.busy += 1
        yield
        # Not in a `finally`: who fails ends the run.
        self.busy -= 1

    async def come_and_join(self, number: int) -> None:
        journal, come = self.journal, 0
        while True:
            come += 1
            outbox = Outbox(Person(f"Guest {number}-{come}", self.evening.server.base, self.evening.code), self)
            async with outbox.client:
                async with self.turn():
                    await outbox.meet()
                    me = await outbox.submit("POST", "attendees/", {"name": outbox.person.name})
                    public_id = me["attendee"]["id"]
                    assert public_id not in journal.attendees
                    journal.attendees[public_id] = [outbox.person.name, ""]
                for edit in range(3):
                    async with self.turn():
                        spot = f"table {edit}"
                        await outbox.submit("PATCH", "me/", {"spot": spot})
                        journal.attendees[public_id][1] = spot
                async with self.turn():
                    await outbox.submit("PUT", f"bowls/{self.bowl}/slips/mine/", {"teaser": "short"})
                    journal.mine.append(public_id)

    async def move(self) -> None:
        outbox, verbs = Outbox(self.evening.hana, self), ["blank", "unblank"]
        async with outbox.client:
            while True:
                await asyncio.sleep(0.2)
                async with self.turn():
                    told = await outbox.submit("POST", "moves/", {"verb": verbs[0], "from_step": self.step})
                    self.step += 1
                    self.journal.moves.append(told["move"]["id"])
                    self.journal.steps.append(told["now"]["step"])
                    assert told["now"]["step"] == self.step
                    verbs.reverse()

    async def fill_bowl(self) -> None:
        outbox = Outbox(self.evening.mo, self)
        async with outbox.client:
            while True:
                async with self.turn():
                    await self.write_slip(outbox)

    async def write_slip(self, outbox: "Outbox", first: str = "") -> None:
        """What happens twice if it is done twice: two slips may well carry one name."""
        name = f"Slip {next(self.numbers)}"
        await outbox.submit("POST", f"bowls/{self.bowl}/slips/", {"name": name}, first)
        self.journal.slips.append(name)


class Listener:
    """A screen that reconnects by itself and resumes where it was."""

    def __init__(self, crowd: Crowd, person: Person, token: str = "") -> None:
        self.crowd, self.person, self.token = crowd, person, token
        self.streams: dict[str, Held] = {}
        self.base = person.base

    async def listen(self) -> None:
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.person.client.cookies.jar)
        while True:
            self.base = self.crowd.some_base()
            address = self.base.replace("http", "ws", 1) + f"/live/{self.person.code}/"
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                async with connect(
                    address, origin=self.base, proxy=None, additional_headers={"Cookie": cookies}, compression=None
                ) as websocket:
                    await self.follow(Phone(websocket, self.streams))
            self.crowd.journal.reconnects += 1
            await asyncio.sleep(self.crowd.chance.uniform(0.05, 0.3))

    async def follow(self, phone: Phone) -> None:
        await phone.hello(self.token, self.person.screen)
        while True:
            frame = await phone.next()
            self.crowd.journal.frames.update(phone.said)
            phone.said.clear()
            if frame["type"] == "heartbeat":
                held = {alias: self.streams[alias].version for alias in self.streams}
                self.crowd.journal.frames["behind"] += any(held.get(a, 0) < head for a, head in frame["heads"].items())
            if frame["type"] == "goodbye" and frame["code"] == "restarting":
                self.crowd.journal.goodbyes.append(frame["after_seconds"])
            if len(phone.frames) % 32 == 0:
                await phone.say({"type": "ack", "received": len(phone.frames)})

    def holds(self) -> dict[str, tuple[int, object]]:
        return {alias: (held.version, held.documents) for alias, held in self.streams.items()}


def fresh(person: Person, base: str) -> dict[str, tuple[int, object]]:
    """What a screen that is opened now would be given."""
    address = f"{base}{person.api}snapshot/?as={person.screen}"
    streams = json.loads(person.client.get(address).raise_for_status().content)["streams"]
    return {alias: (one["version"], one["documents"]) for alias, one in streams.items()}
