"""One simulated phone, console or stage: the reference client of PROTOCOL.md, over real HTTP and websockets."""

import asyncio
import itertools
import json
import random
import re
import secrets
import time
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from .arrivals import note_arrivals
from .held import Held, reduce
from .journal import Ear, Journal
from .marks import marks_in

POOLS, POOL_SIZE = 40, 5
ACK_FRAMES, ACK_SECONDS = 32, 5
DEAD_SECONDS = 25
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 8.0
# Not to come back by itself: outdated, no right to be here.
FINAL = {4001: "a frame of ours was not of the protocol", 4003: "not here any more", 1009: "a frame was too long"}
AGAIN = frozenset({429, 502, 503, 504})
# A step of an address that is no id and no code: those have digits, capitals, or just the length that no word has.
WORD, ID_LENGTH = re.compile(r"[a-z]+(-[a-z]+)*"), 12


# Neither yes nor no.
UNHEARD: dict[str, Any] = {}


class CannotBegin(Exception):
    """There can be no rehearsal here; the sentence says why, without a name or a code."""


@asynccontextmanager
async def browserless() -> AsyncIterator[Iterator[httpx.AsyncClient]]:
    """Connections that everybody shares, by pools in turn; cookies are each client's own, so pools keep none.

    Many small ones: before each request, httpcore looks at every connection of its pool.
    """
    limits = httpx.Limits(max_connections=POOL_SIZE, max_keepalive_connections=POOL_SIZE)
    trust = httpx.create_ssl_context()
    async with AsyncExitStack() as stack:
        pools = [httpx.AsyncClient(timeout=60, limits=limits, verify=trust) for _pool in range(POOLS)]
        for pool in pools:
            pool.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            await stack.enter_async_context(pool)
        yield itertools.cycle(pools)


@lru_cache(maxsize=256)
def read(text: str) -> tuple[dict[str, Any], frozenset[str]]:
    """A frame and the marks in it. The same text goes to every phone; nobody changes what is read here."""
    return json.loads(text), marks_in(text)


@dataclass(frozen=True, slots=True)
class Form:
    """A request's body with a file: its name, its bytes and its type."""

    fields: dict[str, str]
    file: tuple[str, bytes, str]


class Client:
    """Somebody's browser. `streams` is what it holds; `news` is set whenever that has changed."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        base: str,
        code: str,
        journal: Journal,
        label: str,
        *,
        screen: str = "phone",
        token: str = "",
        seed: object = 0,
        cookies: dict[str, str] | None = None,
    ) -> None:
        self.http, self.base, self.code, self.journal = http, base, code, journal
        self.ear = Ear(label, code, screen)
        self.token, self.chance = token, random.Random(f"{seed} {label}")
        self.cookies = cookies if cookies is not None else {}
        self.streams: dict[str, Held] = {}
        self.news, self.online, self.connected = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.online.set()
        self.socket: ClientConnection | None = None
        self.slow_seconds = 0.0
        self.outbox = 0
        self.is_refused = False

    @property
    def label(self) -> str:
        return self.ear.label

    @property
    def api(self) -> str:
        return f"/api/v1/events/{self.code}/"

    def documents(self, alias: str) -> Mapping[str, Any]:
        return self.streams[alias].documents if alias in self.streams else {}

    # Writing

    async def write(
        self, method: str, path: str, body: object = None, *, expected: Collection[str] = (), taps: int = 1
    ) -> dict[str, Any] | None:
        """Keep a request until it is answered, always with the same key; its answer, or None where a rule said no.

        A rule's no is an error unless its code is `expected`. `taps` send it so often at once. `UNHEARD`: an answer
        was not heard, and the rule said no when asked again; only where answers are stored is that the answer.
        """
        key = secrets.token_urlsafe(24)
        self.outbox += 1
        self.journal.counts["writes"] += 1
        try:
            answers = await asyncio.gather(*(self.until_answered(method, path, body, key) for _tap in range(taps)))
        finally:
            self.outbox -= 1
        answer = answers[0]
        if answer.is_success:
            told: list[dict[str, Any]] = [json.loads(one.text) if one.text else {} for one in answers]
            # Compared as values: a stored answer may have its keys in another order.
            if method == "POST" and any(other != told[0] for other in told):
                route = f"{method} {shape(path)}"
                self.journal.double("two_answers", f"{self.label}: one {route} had two different answers", route)
            return told[0]
        code = refusal_of(answer)
        if code not in expected:
            route = f"{method} {shape(path)}"
            sentence = f"{route} was refused: {answer.status_code} {code}"
            self.journal.wrong("refused", sentence, f"{route}: {answer.status_code} {code}")
        return UNHEARD if answer.extensions.get("again") and method == "PUT" else None

    async def until_answered(self, method: str, path: str, body: object, key: str) -> httpx.Response:
        failures = 0
        while True:
            await self.online.wait()
            try:
                answer = await self.request(method, self.api + path, body, key)
                if answer.status_code >= 500 and answer.status_code not in AGAIN:
                    what = f"{method} {shape(path)}"
                    self.journal.wrong("broke", f"{what} broke: {answer.status_code}", f"{what}: {answer.status_code}")
                elif answer.status_code not in AGAIN and self.online.is_set():
                    answer.extensions["again"] = failures > 0
                    return answer
            except httpx.TransportError as error:
                self.journal.counts["lines broken"] += 1
                if failures > 20:
                    what = f"{method} {shape(path)}"
                    self.journal.lose("never_answered", f"{self.label}: {what} never answered ({error!r})", what)
                    raise
            # Without a network an answer is not heard, however soon it was given.
            self.journal.counts["sent again"] += 1
            await self.pause(failures := failures + 1)

    async def request(self, method: str, address: str, body: object = None, key: str = "") -> httpx.Response:
        """One request as this browser sends it; what is answered is heard."""
        headers = {"Origin": self.base, "Referer": self.base + "/"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method != "GET":
            headers |= {"Idempotency-Key": key or secrets.token_urlsafe(24)}
            headers |= {"X-CSRFToken": self.cookies.get("csrftoken", "")}
        if isinstance(body, Form):
            sent: dict[str, Any] = {"data": body.fields, "files": {"file": body.file}}
        else:
            sent = {"json": body}
        answer = await self.http.request(method, self.base + address, headers=headers, **sent)
        if "set-cookie" in answer.headers:
            self.cookies.update(answer.cookies)
        text = answer.content.decode(errors="replace")
        self.journal.hear(self.ear, text, f"the answer to {method} {shape(address)}")
        return answer

    async def snapshot(self) -> dict[str, Any]:
        answer = await self.request("GET", f"{self.api}snapshot/?as={self.ear.screen}")
        answer.raise_for_status()
        streams: dict[str, Any] = answer.json()["streams"]
        return streams

    # Listening

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
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        address = self.base.replace("http", "ws", 1) + f"/live/{self.code}/"
        async with connect(
            address,
            origin=self.base,  # type: ignore[arg-type]  # a NewType of theirs
            proxy=None,
            additional_headers=headers,
            compression=None,
            ping_interval=None,
            open_timeout=60,
            close_timeout=1,
        ) as socket:
            self.socket = socket
            cursors = {alias: held.cursor for alias, held in self.streams.items()}
            hello = {"type": "hello", "as": self.ear.screen, "token": self.token, "streams": cursors}
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
        if alias == "crew" and self.ear.screen != "console":
            self.journal.leak("crew_stream", f"the crew's stream was told to {self.label}")
        held = self.streams.setdefault(alias, Held())
        if self.connected.is_set() and frame["type"] == "changes" and not self.slow_seconds:
            note_arrivals(self, held, frame)
        outcome = reduce(held, frame)
        if outcome == "resync":
            self.missed(alias, frame["version"])
        if alias == "public" and "now" in frame["documents"] and outcome == "applied":
            self.journal.note_now(held.version, json.dumps(held.documents["now"], sort_keys=True), self.label)
        if alias == "crew":
            self.journal.note_crew(frame)
        self.news.set()
        return outcome != "resync"

    def version(self, alias: str) -> int:
        return self.streams[alias].version if alias in self.streams else 0

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

    async def pause(self, failures: int) -> None:
        await asyncio.sleep(self.chance.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures, 10))))

    # Losing the network

    def drop(self) -> None:
        """The tunnel: the line is gone without a word, and answers do not arrive."""
        self.online.clear()
        if self.socket is not None:
            self.socket.transport.abort()

    def wake(self) -> None:
        self.online.set()


def shape(path: str) -> str:
    """A path without ids, codes and tokens, so that one fault is told once, and may be kept."""
    parts = path.split("?")[0].strip("/").split("/")
    return "/".join(
        part if part == "v1" or (WORD.fullmatch(part) and len(part) != ID_LENGTH) else "…" for part in parts
    )


def refusal_of(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["code"])
    except (ValueError, KeyError, TypeError):
        return "no code"
