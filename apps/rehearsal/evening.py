"""A whole rehearsal: a copy of the event, its crew, its people, the evening, the verdict, and the copy is erased."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import httpx

from .attendee import Attendee
from .characters import cast
from .client import Client, browserless
from .crew import Moderator, accept, sign_in
from .host import Host
from .journal import Journal
from .judge import Verdict, judge
from .pace import Pace

# Real seconds in which everybody who should be there before the start has to be in.
DOORS_SECONDS = 120.0
FINISHING_SECONDS = 60.0


@dataclass
class Rehearsal:
    """`address` is a one-time sign-in address of a host; `people` join a copy of that host's event."""

    address: str
    people: int
    speed: float = 30.0
    seed: str = "rehearsal"
    # Called a few times a second with how far it is (0 to 1) and what happens.
    tell: Callable[[float, str, Journal], None] = lambda _part, _doing, _journal: None

    @property
    def base(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    async def run(self) -> Verdict:
        async with browserless() as http:
            console = Client(http, self.base, self.real_code(), Journal(""), "the host", screen="console")
            await sign_in(console, self.address)
            async with copied(console) as code, copied(console) as elsewhere:
                journal = Journal(code)
                console = self.client(http, journal, "the host", "console", cookies=console.cookies)
                return await self.hold(http, journal, console, elsewhere)

    def real_code(self) -> str:
        """The event that is rehearsed stands in the sign-in address, as where it leads to."""
        onwards = parse_qs(urlsplit(self.address).query).get("next", [""])[0]
        parts = onwards.strip("/").split("/")
        if len(parts) != 2 or parts[0] != "console":
            raise SystemExit("This is no sign-in address of an event: manage.py sign_in_link CODE --base ADDRESS")
        return parts[1]

    def client(
        self, http: httpx.AsyncClient, journal: Journal, label: str, screen: str, token: str = "", **more: object
    ) -> Client:
        cookies = more.get("cookies")
        assert cookies is None or isinstance(cookies, dict)
        return Client(
            http, self.base, journal.code, journal, label, screen=screen, token=token, seed=self.seed, cookies=cookies
        )

    async def hold(self, http: httpx.AsyncClient, journal: Journal, console: Client, elsewhere: str) -> Verdict:
        async with asyncio.TaskGroup() as group:
            background = [group.create_task(console.listen())]
            await console.connected.wait()
            pace = Pace(self.speed)
            invited = await console.write("POST", "crew/invitations/", {"role": "moderator"})
            assert invited is not None, "a host may invite"
            desk = self.client(http, journal, "the moderator", "console")
            await accept(desk, invited["link"], "Mo")
            token = console.documents("crew")["stage"]["address"].strip("/").split("/")[1]
            stage = self.client(http, journal, "the stage", "stage", token)
            outsider = Client(http, self.base, elsewhere, journal, "somebody at another event")
            await outsider.until_answered("GET", "", None, "")
            await outsider.write("POST", "attendees/", {"name": "Zoe"})
            people = [
                Attendee(one, self.client(http, journal, one.label, "phone"), pace)
                for one in cast(self.people, self.seed)
            ]
            host = Host(console, pace, self.seed)
            background += [group.create_task(one.listen()) for one in (desk, stage, outsider)]
            background += [group.create_task(Moderator(desk, pace).moderate())]
            background += [group.create_task(one.attend()) for one in people]
            background += [group.create_task(self.watch(host, journal))]
            await doors(people, journal)
            await host.lead()
            await finish(people, journal)
            self.tell(0.97, "looking at everything once more", journal)
            verdict = await judge(journal, console, people, stage)
            for task in (*background, *(task for one in people for task in one.tasks)):
                task.cancel()
        return verdict

    async def watch(self, host: Host, journal: Journal) -> None:
        """Tell how it goes, a few times a second."""
        while not host.pace.start.is_set():
            self.tell(0.1 * min(1.0, len(journal.people) / max(1, self.people)), host.doing, journal)
            await asyncio.sleep(0.25)
        minutes = sum(one["minutes"] or 5 for one in host.public["programme"]["segments"])
        while True:
            passed = (time.monotonic() - host.pace.began) * self.speed / 60
            self.tell(0.1 + 0.85 * min(1.0, passed / minutes), host.doing, journal)
            await asyncio.sleep(0.25)


@asynccontextmanager
async def copied(console: Client) -> AsyncIterator[str]:
    """The code of a copy of this event, erased with everything of it in the end, whatever has happened."""
    answer = await console.request("POST", "/api/v1/events/", {"copy_of": console.code})
    if answer.status_code != 201:
        raise SystemExit(f"The event could not be copied: {answer.text}")
    code = str(answer.json()["code"])
    try:
        yield code
    finally:
        # A server that is just starting anew is waited for: a copy must not be left behind.
        for _attempt in range(20):
            with contextlib.suppress(httpx.TransportError):
                gone = await console.request("DELETE", f"/api/v1/events/{code}/", {"code": code})
                if gone.status_code in (204, 404):
                    break
            await asyncio.sleep(0.5)


async def doors(people: list[Attendee], journal: Journal) -> None:
    """Until everybody is in who comes before the start."""
    early = [one for one in people if one.character.arrives[1] < 0]
    try:
        async with asyncio.timeout(DOORS_SECONDS):
            await asyncio.gather(*(one.is_in.wait() for one in early))
    except TimeoutError:
        missing = sum(not one.is_in.is_set() for one in early)
        journal.wrong(f"{missing} people could not get in within {DOORS_SECONDS:.0f} s")


async def finish(people: list[Attendee], journal: Journal) -> None:
    """Everybody is awake again, and does what they have begun; what is in an outbox arrives."""
    end = time.monotonic() + FINISHING_SECONDS
    for one in people:
        one.arrive_home()
    while time.monotonic() < end:
        busy = [one for one in people if one.phone.outbox or not (one.has_left or one.phone.connected.is_set())]
        wanting = [one for one in people if not one.has_left and one.id and "keepsake" not in one.begun]
        if not busy and not wanting and not any(is_doing(one) for one in people):
            return
        await asyncio.sleep(0.1)
    for one in people:
        if one.phone.outbox:
            journal.lost.append(f"{one.cast.label}: what was typed never got an answer")


def is_doing(one: Attendee) -> bool:
    """Whether somebody still has something in hand, besides listening."""
    return any(not task.done() and task not in one.standing for task in one.tasks)
