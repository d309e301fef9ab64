"""A whole installation with a crowd: what the tests start, on SQLite or on Postgres and Redis, and many attendees."""

import http.client
import json
import logging
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.bench.phones import Phone
from tests.bench.running import ROOT, raise_file_limit
from tests.servers import daphne, people
from tests.servers.daphne import Server
from tests.servers.people import Evening, Person


class Installation:
    """A server at the founding event, Hana and Mo signed in; it has started. `cookies` are those of the crowd."""

    def __init__(self, server: Server, evening: Evening) -> None:
        self.server = server
        self.evening = evening
        self.code = evening.code
        self.path = f"/live/{evening.code}/"
        self.cookies: list[str] = []
        documents = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
        self.segments: list[dict[str, Any]] = documents["programme"]["segments"]
        evening.hana.press("start")

    @property
    def port(self) -> int:
        return self.server.processes[0].port

    @property
    def pid(self) -> int:
        return self.server.processes[0].process.pid

    def enter(self, kind: str) -> str:
        """The id of the first segment of this kind, which is the current one now."""
        segment = next(segment["id"] for segment in self.segments if segment["kind"] == kind)
        self.evening.hana.press("enter", segment=segment)
        return segment

    def seed(self, attendees: int, tips: int = 0) -> None:
        """A crowd that has joined, and approved tips of theirs on the wall that is open."""
        cookies = self.server.folder / "cookies"
        command = [sys.executable, "-m", "tests.bench.seed", self.code, "--cookies", str(cookies)]
        command += ["--attendees", str(attendees), "--tips", str(tips)]
        subprocess.run(command, cwd=ROOT, env=self.server.environment, check=True)
        self.cookies = cookies.read_text().splitlines()

    def crowd(self) -> list[Phone]:
        return [Phone(self.path, cookie) for cookie in self.cookies]

    def console(self, person: Person) -> Phone:
        return Phone(self.path, cookies_of(person), as_="console")

    def stage(self) -> Phone:
        return Phone(self.path, as_="stage", token=self.evening.stage.split("/")[2])


class Line:
    """A kept connection of somebody: `send` returns once the request is on its way, `answer` waits for what it says."""

    def __init__(self, base: str, api: str, cookies: str, csrf: str = "") -> None:
        self.api = api
        self.connection = http.client.HTTPConnection("127.0.0.1", int(base.rsplit(":", 1)[1]))
        self.headers = {"Cookie": cookies, "Origin": base, "Content-Type": "application/json"}
        if csrf:
            self.headers["X-CSRFToken"] = csrf

    @classmethod
    def of(cls, person: Person) -> "Line":
        """Somebody of the crew; the token comes with a cookie."""
        csrf = person.csrf()
        return cls(person.base, person.api, cookies_of(person), csrf)

    def send(self, method: str, path: str, body: object) -> None:
        headers = self.headers | {"Idempotency-Key": secrets.token_urlsafe(24)}
        self.connection.request(method, self.api + path, json.dumps(body), headers)

    def answer(self) -> dict[str, Any]:
        """Raises SystemExit on anything but a yes."""
        response = self.connection.getresponse()
        text = response.read()
        if response.status >= 300:
            raise SystemExit(f"refused with {response.status}: {text[:300]!r}")
        return json.loads(text)


def cookies_of(person: Person) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.client.cookies.jar)


@contextmanager
def installation(databases: tuple[str, str] | None = None, processes: int = 1) -> Iterator[Installation]:
    """One process on SQLite; with the addresses of a Postgres and a Redis, as many as wanted on those."""
    raise_file_limit()
    collect_static()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="socialhub-bench-")))
        made = daphne.on_postgres(folder, *databases, processes) if databases else daphne.on_sqlite(folder)
        server = stack.enter_context(made)
        evening = people.evening(server)
        stack.callback(evening.close)
        yield Installation(server, evening)


def collect_static() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialhub.settings")
    import django

    django.setup()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    from socialhub.static import collect

    collect()


def middle_of(figures: Sequence[float]) -> float:
    found = sorted(figures)
    return round(found[len(found) // 2], 1)
