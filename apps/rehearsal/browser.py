"""Somebody's browser: who they are to the server, and how what they do gets there, over real HTTP.

A request is kept until it is answered, with one idempotency key for all times that it is sent.
"""

import asyncio
import itertools
import json
import random
import re
import secrets
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import KW_ONLY, dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import httpx

from .journal import Ear, Journal

POOLS, POOL_SIZE = 40, 5
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 8.0
MOST_FAILURES = 20
AGAIN = frozenset({429, 502, 503, 504})
# A step of an address that is no id and no code: those have digits, capitals, or just the length that no word has.
WORD, ID_LENGTH = re.compile(r"[a-z]+(-[a-z]+)*"), 12
# Neither yes nor no.
UNHEARD: dict[str, Any] = {}


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


@dataclass(frozen=True, slots=True)
class Form:
    """A request's body with a file: its name, its bytes and its type."""

    fields: dict[str, str]
    file: tuple[str, bytes, str]


@dataclass(eq=False)
class Browser:
    """One browser, at one event, showing one kind of `screen`; tabs of one browser share their `cookies`."""

    http: httpx.AsyncClient
    base: str
    code: str
    journal: Journal
    label: str
    _: KW_ONLY
    screen: str = "phone"
    token: str = ""
    seed: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    # Set while it has a network.
    online: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    # How many requests are not answered yet.
    outbox: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.ear = Ear(self.label, self.code, self.screen)
        self.chance = random.Random(f"{self.seed} {self.label}")
        self.online.set()

    @property
    def api(self) -> str:
        return f"/api/v1/events/{self.code}/"

    @property
    def known_by(self) -> dict[str, str]:
        """The header that says who this is."""
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}

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
                if failures > MOST_FAILURES:
                    what = f"{method} {shape(path)}"
                    self.journal.lose("never_answered", f"{self.label}: {what} never answered ({error!r})", what)
                    raise
            # Without a network an answer is not heard, however soon it was given.
            self.journal.counts["sent again"] += 1
            await self.pause(failures := failures + 1)

    async def request(self, method: str, address: str, body: object = None, key: str = "") -> httpx.Response:
        """One request as this browser sends it; what is answered is heard."""
        headers = {"Origin": self.base, "Referer": self.base + "/", **self.known_by}
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

    async def pause(self, failures: int) -> None:
        await asyncio.sleep(self.chance.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures, 10))))

    async def snapshot(self) -> dict[str, Any]:
        answer = await self.request("GET", f"{self.api}snapshot/?as={self.screen}")
        answer.raise_for_status()
        streams: dict[str, Any] = answer.json()["streams"]
        return streams


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
