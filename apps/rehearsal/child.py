"""The process of a rehearsal that a host asked for in the browser.

It knows the database for three things only: to come in as that host, to say how it goes, and to hear that it is to
stop. All else happens as for anybody, over the public API.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, connections
from django.db.models import QuerySet

from apps.core import clock, errands

from .client import Client
from .evening import WholeEvening
from .faults import KINDS, CannotBegin
from .ground import room_for
from .journal import Journal
from .judge import Verdict, avoidable
from .models import Rehearsal
from .report import kept
from .running import NAME, State

log = logging.getLogger(__name__)
# How often it says how it goes.
SAY_SECONDS = 1.0
COUNTED = ("writes", "frames", "rounds", "draws", "stories", "pictures", "keepsakes", "forbidden calls")
# Signed out of in the end; after a kill it is worth nothing soon, and goes with the day.
SESSION = timedelta(hours=3)


class Child:
    """`ident` is the public id of the row; `base` is where the server answers."""

    def __init__(self, ident: str, base: str) -> None:
        self.ident, self.base, self.parent = ident, base, os.getppid()
        self.told: dict[str, Any] = {}
        self.session: SessionBase | None = None
        self.is_over = False

    async def live(self) -> None:
        doing = asyncio.create_task(self.rehearse())
        for one in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(one, self.give_up, doing)
        saying = asyncio.create_task(self.say(doing))
        state, report = await self.outcome(doing)
        saying.cancel()
        await asyncio.to_thread(self.end, state, report)

    async def rehearse(self) -> Verdict:
        code, people, speed, cookies = await asyncio.to_thread(self.come_in)
        room_for(people)

        async def enter(console: Client) -> None:
            console.cookies |= cookies
            # The page brings the cookie without which nothing can be sent.
            await console.request("GET", f"/console/{code}/")

        known_by = self.ident
        return await WholeEvening(self.base, code, enter, people, speed, known_by, known_by, self.note).run()

    async def outcome(self, doing: asyncio.Task[Verdict]) -> tuple[State, dict[str, Any] | None]:
        try:
            verdict = await doing
        except asyncio.CancelledError:
            # By a host, or by whoever ended the server: then what is left is looked after when it is there again.
            return State.STOPPED if await asyncio.to_thread(self.is_to_stop) else State.CUT_OFF, None
        except CannotBegin as no:
            return State.FAILED, {"why": no.code, "what": no.what}
        except Exception as error:
            # The class alone: what an exception says may have somebody's words in it.
            names = ", ".join(sorted(names_of(error)))
            log.error("a rehearsal could not be carried out: %s", names)
            return State.FAILED, {"why": names}
        self.told["part"] = 1.0
        return State.ENDED, kept(verdict)

    def note(self, part: float, segment: int, _doing: str, journal: Journal) -> None:
        counts = {
            **{name: journal.counts[name] for name in COUNTED},
            "here": len(journal.people),
            **{kind: journal.faults.of(kind) for kind in KINDS},
            "repeats": sum(1 for _sentence in avoidable(journal)),
        }
        self.told = {"part": part, "segment": segment, "counts": counts}

    async def say(self, doing: asyncio.Task[Verdict]) -> None:
        """How it goes, until it is to stop: a host pressed the button, the row is gone, or who began it has died."""
        while True:
            if not await asyncio.to_thread(self.write) or os.getppid() != self.parent:
                self.give_up(doing)
            await asyncio.sleep(SAY_SECONDS)

    def give_up(self, doing: asyncio.Task[Verdict]) -> None:
        """Once: the copies are erased on the way out, and that is to be done in peace."""
        if not self.is_over:
            self.is_over = True
            doing.cancel()

    # In threads, with connections of their own

    def come_in(self) -> tuple[str, int, int, dict[str, str]]:
        """The event's code, how many, how fast, and the cookies of a host who is signed in for this alone."""
        with connected():
            row = self.running().select_related("event", "by__user").first()
            if row is None or row.by is None:
                raise CannotBegin("nobody_asks")
            session = import_module(settings.SESSION_ENGINE).SessionStore()
            session[SESSION_KEY] = str(row.by.user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = row.by.user.get_session_auth_hash()
            session.set_expiry(SESSION)
            session.create()
            self.session = session
            return row.event.code, row.people, row.speed, {settings.SESSION_COOKIE_NAME: session.session_key}

    def write(self) -> bool:
        """Whether it is to go on. A database that is busy just now is told the next time."""
        with connected():
            try:
                self.running().update(heard_at=clock.now(), **self.told)
                return self.running().filter(stop_asked=False).exists()
            except DatabaseError as error:
                log.warning("how a rehearsal goes could not be noted (%s)", type(error).__name__)
                return True

    def is_to_stop(self) -> bool:
        with connected():
            return self.running().filter(stop_asked=True).exists()

    def end(self, state: State, report: dict[str, Any] | None) -> None:
        with connected():
            moment = clock.now()
            if self.session:
                # Also where it never got as far as to sign out.
                self.session.delete()
            self.running().update(state=state, ended_at=moment, heard_at=moment, report=report, **self.told)
            errands.ask(NAME)

    def running(self) -> QuerySet[Rehearsal]:
        return Rehearsal.objects.filter(public_id=self.ident, state=State.RUNNING)


@contextmanager
def connected() -> Iterator[None]:
    try:
        yield
    finally:
        connections.close_all()


def names_of(error: BaseException) -> set[str]:
    """Of its classes, those of a group taken apart."""
    if isinstance(error, BaseExceptionGroup):
        return {name for one in error.exceptions for name in names_of(one)}
    return {type(error).__name__}
