"""The cast at a running server, over real HTTP and websockets: they know what a phone or a laptop knows, no more."""

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.sync.client import connect as connect_for_a_moment

from apps.core.codes import new_join_code
from tests.protocol.client import Held, Phone

from .daphne import Server

FOUNDING = "apps/events/programmes/open-collaboration-social.toml"


@dataclass
class Person:
    """Somebody with a browser: a cookie jar, the address of a process, and the code of an event."""

    name: str
    base: str
    code: str
    screen: str = "phone"
    client: httpx.Client = field(init=False)
    # The cookie that the last page of the console came with, and the token in that page.
    token: tuple[str | None, str] = field(init=False, default=(None, ""))

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.base, timeout=30, headers={"Origin": self.base})

    @property
    def api(self) -> str:
        return f"/api/v1/events/{self.code}/"

    def ask(self, method: str, path: str = "", body: object = None, key: str | None = None) -> httpx.Response:
        """One request to the API below this event, with a fresh idempotency key unless one is given."""
        headers = {"Idempotency-Key": key or secrets.token_urlsafe(24)} if method != "GET" else {}
        if method != "GET" and self.screen == "console":
            headers["X-CSRFToken"] = self.csrf()
        return self.client.request(method, self.api + path, json=body, headers=headers)

    def csrf(self) -> str:
        """As a page does: the token stands in the page, masked, and its cookie is not for scripts.

        A page is loaded once and written from as long as that cookie is the same one.
        """
        if self.token[0] is None or self.token[0] != self.client.cookies.get("csrftoken"):
            page = self.client.get(f"/console/{self.code}/").text
            self.token = self.client.cookies.get("csrftoken"), page.split('"csrf": "')[1].split('"')[0]
        return self.token[1]

    def join(self, **more: Any) -> "Person":
        """As a phone does: the page, the name, and then a socket that says hello (and is gone again)."""
        self.ask("GET")  # gives the device its cookie
        self.ask("POST", "attendees/", {"name": self.name, **more}).raise_for_status()
        self.say_hello()
        return self

    def say_hello(self) -> None:
        with connect_for_a_moment(self.address, **self.handshake) as websocket:
            websocket.send(json.dumps({"type": "hello", "as": self.screen}))
            while json.loads(websocket.recv(timeout=30))["type"] != "heartbeat":
                pass

    @property
    def address(self) -> str:
        return self.base.replace("http", "ws", 1) + f"/live/{self.code}/"

    @property
    def handshake(self) -> dict[str, Any]:
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.client.cookies.jar)
        return {
            "origin": self.base,
            "proxy": None,
            "additional_headers": {"Cookie": cookies},
            "compression": None,
        }

    def sign_in(self, address: str) -> "Person":
        """Follow a one-time link and press its button."""
        page = self.client.get(address).raise_for_status().text
        hidden = {
            name: page.split(f'name="{name}" value="')[1].split('"')[0].replace("&amp;", "&")
            for name in ("csrfmiddlewaretoken", "token", "next")
        }
        assert self.client.post("/sign-in/", data=hidden).status_code == 302
        return self

    def press(self, verb: str, **wanted: Any) -> dict[str, Any]:
        """One move from where the event is now."""
        step = self.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]["now"]["step"]
        return self.ask("POST", "moves/", {"verb": verb, "from_step": step, **wanted}).raise_for_status().json()

    @asynccontextmanager
    async def listen(self, token: str = "", streams: dict[str, Held] | None = None) -> AsyncIterator[Phone]:
        """An open websocket that has heard its first heartbeat."""
        async with self.connected(token, streams) as phone:
            await phone.until("heartbeat")
            yield phone

    @asynccontextmanager
    async def connected(self, token: str = "", streams: dict[str, Held] | None = None) -> AsyncIterator[Phone]:
        """An open websocket that has said hello, and heard nothing yet."""
        async with connect(self.address, **self.handshake) as websocket:
            phone = Phone(websocket, streams)
            await phone.hello(token, self.screen)
            yield phone


@dataclass
class Evening:
    """Two events at one server: Hana and Mo sit at its first process, the phones at its last; Zoe is at the other."""

    server: Server
    code: str
    stage: str
    hana: Person
    mo: Person
    ada: Person
    ben: Person
    zoe: Person

    def close(self) -> None:
        for person in (self.hana, self.mo, self.ada, self.ben, self.zoe):
            person.client.close()


def evening(server: Server, programme: str = FOUNDING) -> Evening:
    """The founding event with its people; everybody is there and nothing has begun."""
    code, elsewhere = new_join_code(), new_join_code()
    here, mo_link, _there = server.manage(
        ("load_programme", programme, "--code", code, "--host", "Hana"),
        ("sign_in_link", code, "Mo", "--role", "moderator"),
        ("load_programme", programme, "--code", elsewhere),
    )
    _code, stage, hana_link = here.split()
    return Evening(
        server,
        code,
        stage,
        hana=Person("Hana", server.base, code, "console").sign_in(hana_link),
        mo=Person("Mo", server.base, code, "console").sign_in(mo_link.strip()),
        ada=Person("Ada", server.other, code).join(),
        ben=Person("Ben", server.other, code).join(remote=True),
        zoe=Person("Zoe", server.other, elsewhere).join(),
    )
