"""A whole rehearsal: a copy of the event, its crew, its people, the evening, the verdict, and the copy is erased."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import httpx

from .attendee import Attendee
from .browser import browserless, refusal_of
from .characters import cast
from .client import Client
from .crew import Moderator, accept, sign_in
from .faults import CannotBegin
from .host import Host
from .journal import Journal
from .judge import Verdict, judge
from .pace import Pace

# Real seconds without anything new, after which nobody else is waited for.
STILL_SECONDS = 60.0
# How often everybody's own punctuality is looked at.
LOOK_SECONDS = 0.05


Pools: TypeAlias = Iterator[httpx.AsyncClient]


@dataclass
class WholeEvening:
    """`people` simulated ones at a copy of the event `code` at the server `base`.

    `enter` makes a console that of a host of the event; `ident`, twelve random digits and letters, is what the copies
    are known by. Raises `CannotBegin`.
    """

    base: str
    code: str
    enter: Callable[[Client], Awaitable[None]]
    people: int
    speed: float = 30.0
    seed: str = "rehearsal"
    ident: str = field(default_factory=lambda: secrets.token_hex(6))
    # Called a few times a second with how far it is (0 to 1), at which segment (1, 2, …; 0 before the start, -1 when
    # all is looked at once more), and what happens in words.
    tell: Callable[[float, int, str, Journal], None] = lambda _part, _segment, _doing, _journal: None

    @classmethod
    def at(cls, address: str, people: int, **more: Any) -> "WholeEvening":
        """By a one-time sign-in address of a host; the event stands in it, as where it leads to."""
        parts = urlsplit(address)
        onwards = parse_qs(parts.query).get("next", [""])[0].strip("/").split("/")
        if len(onwards) != 2 or onwards[0] != "console":
            raise CannotBegin("no_address")
        return cls(f"{parts.scheme}://{parts.netloc}", onwards[1], partial(sign_in, address=address), people, **more)

    async def run(self) -> Verdict:
        try:
            return await self.attempt()
        except (httpx.TransportError, ExceptionGroup) as error:
            if is_of_the_line(error):
                raise CannotBegin("unreachable", self.base) from error
            raise

    async def attempt(self) -> Verdict:
        async with browserless() as pools:
            console = Client(next(pools), self.base, self.code, Journal(""), "the host", screen="console")
            await self.enter(console)
            try:
                async with copied(console, self.ident) as code, copied(console, self.ident) as elsewhere:
                    journal = Journal(code)
                    own = self.client(pools, journal, "the host", "console", cookies=console.cookies)
                    return await self.hold(pools, journal, own, elsewhere)
            finally:
                with contextlib.suppress(httpx.TransportError):
                    await console.request("POST", "/sign-out/")

    def client(self, pools: Pools, journal: Journal, label: str, screen: str, **more: Any) -> Client:
        return Client(next(pools), self.base, journal.code, journal, label, screen=screen, seed=self.seed, **more)

    async def hold(self, pools: Pools, journal: Journal, console: Client, elsewhere: str) -> Verdict:
        pace = Pace(self.speed)
        people = [
            Attendee(one, self.client(pools, journal, one.label, "phone"), pace) for one in cast(self.people, self.seed)
        ]
        async with asyncio.TaskGroup() as group:
            background = [group.create_task(console.listen()), group.create_task(note_lateness(journal))]
            try:
                await console.connected.wait()
                invited = await console.write("POST", "crew/invitations/", {"role": "moderator"})
                assert invited is not None, "a host may invite"
                desk = self.client(pools, journal, "the moderator", "console")
                await accept(desk, invited["link"], "Mo")
                token = console.documents("crew")["stage"]["address"].strip("/").split("/")[1]
                stage = self.client(pools, journal, "the stage", "stage", token=token)
                outsider = Client(next(pools), self.base, elsewhere, journal, "somebody at another event")
                await outsider.until_answered("GET", "", None, "")
                await outsider.write("POST", "attendees/", {"name": "Zoe"})
                host = Host(console, pace, self.seed)
                background += [group.create_task(one.listen()) for one in (desk, stage, outsider)]
                background += [group.create_task(Moderator(desk, pace).moderate())]
                background += [group.create_task(one.attend()) for one in people]
                background += [group.create_task(self.watch(host, journal))]
                await doors(people, journal)
                await host.lead()
                await finish(people, journal)
                self.tell(0.97, -1, "looking at everything once more", journal)
                return await judge(journal, console, people, stage)
            finally:
                for task in (*background, *(task for one in people for task in one.tasks)):
                    task.cancel()

    async def watch(self, host: Host, journal: Journal) -> None:
        """Tell how it goes, a few times a second."""
        while not host.pace.start.is_set():
            self.tell(0.1 * min(1.0, len(journal.people) / max(1, self.people)), 0, host.doing, journal)
            await asyncio.sleep(0.25)
        while not host.has_ended:
            self.tell(0.1 + 0.85 * host.part, host.number, host.doing, journal)
            await asyncio.sleep(0.25)


def is_of_the_line(error: Exception) -> bool:
    """Whether it was the network, or that nobody answers, and nothing else."""
    if isinstance(error, ExceptionGroup):
        return all(is_of_the_line(one) for one in error.exceptions)
    return isinstance(error, httpx.TransportError)


@asynccontextmanager
async def copied(console: Client, ident: str) -> AsyncIterator[str]:
    """The code of a copy of this event, erased with everything of it in the end, whatever has happened."""
    answer = await console.request("POST", "/api/v1/events/", {"copy_of": console.code, "rehearsal": ident})
    if answer.status_code != 201:
        raise CannotBegin("not_copied", f"{answer.status_code} {refusal_of(answer)}")
    code = str(answer.json()["code"])
    try:
        yield code
    finally:
        # A server that is just starting anew is waited for. One that never comes back erases the copy when it does.
        for _attempt in range(20):
            with contextlib.suppress(httpx.TransportError):
                gone = await console.request("DELETE", f"/api/v1/events/{code}/", {"code": code})
                if gone.status_code in (204, 404):
                    break
            await asyncio.sleep(0.5)


async def note_lateness(journal: Journal) -> None:
    """By how much whoever is simulated here comes too late to what they meant to do, all the time."""
    while True:
        due = time.monotonic() + LOOK_SECONDS
        await asyncio.sleep(LOOK_SECONDS)
        journal.late.append(time.monotonic() - due)


async def doors(people: list[Attendee], journal: Journal) -> None:
    """Until everybody is in who comes before the start."""
    early = [one for one in people if one.character.arrives[1] < 0]
    await while_it_moves(lambda: all(one.is_in.is_set() for one in early), lambda: sum(o.is_in.is_set() for o in early))
    if missing := sum(not one.is_in.is_set() for one in early):
        journal.wrong("doors", f"{missing} people could not get in, and for {STILL_SECONDS:.0f} s nobody else could")


async def finish(people: list[Attendee], journal: Journal) -> None:
    """Everybody is awake again, and does what they have begun; what is in an outbox arrives."""
    for one in people:
        one.arrive_home()

    def is_done() -> bool:
        busy = any(one.phone.outbox or not (one.has_left or one.phone.connected.is_set()) for one in people)
        wanting = any(not one.has_left and one.id and "keepsake" not in one.begun for one in people)
        return not busy and not wanting and not any(is_doing(one) for one in people)

    def done() -> tuple[int, ...]:
        outboxes, connected = zip(*((one.phone.outbox, one.phone.connected.is_set()) for one in people), strict=True)
        return sum(outboxes), sum(connected), journal.counts["writes"], journal.counts["keepsakes"]

    await while_it_moves(is_done, done)
    for one in people:
        if one.phone.outbox:
            journal.lose("unsent", f"{one.cast.label}: what was typed never got an answer")


async def while_it_moves(is_done: Callable[[], bool], done: Callable[[], object]) -> None:
    """Until all is done, or what is done stays the same for long: a slow server is no broken one."""
    last, since = done(), time.monotonic()
    while not is_done() and time.monotonic() - since < STILL_SECONDS:
        await asyncio.sleep(0.1)
        if (now := done()) != last:
            last, since = now, time.monotonic()


def is_doing(one: Attendee) -> bool:
    """Whether somebody still has something in hand, besides listening."""
    return any(not task.done() and task not in one.standing for task in one.tasks)
