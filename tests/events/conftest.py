"""The cast: Hana hosts, Mo moderates, Ada and Ben attend, Zoe is at another event."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.conf import settings
from django.test import Client
from django.test.client import ClientHandler

from apps.core import clock
from apps.events import actions, identity
from apps.events.models import Attendee, Crew, Event
from apps.events.presence import note_heard
from apps.events.programme import Programme, parse
from apps.events.rules import Press, Verb
from apps.live import streams

from .told import assert_said_is_true

FOUNDING = Path(actions.__file__).parents[1] / "programmes" / "open-collaboration-social.toml"
KEYS = itertools.count()


class Clock:
    """The server's clock, moved by hand."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 5, 11, 12, 45, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant

    def advance(self, **lengths: float) -> datetime:
        self.instant += timedelta(**lengths)
        return self.instant


@dataclass
class Social:
    """One event with its people."""

    event: Event
    hana: Crew
    mo: Crew
    ada: Attendee
    ben: Attendee

    def fresh(self) -> Event:
        return Event.objects.select_related("segment", "prompt").get(pk=self.event.pk)

    def press(
        self, verb: str, *, by: Crew | None = None, from_step: int | None = None, **wanted: Any
    ) -> dict[str, Any]:
        step = self.fresh().step if from_step is None else from_step
        return actions.move(self.event, Press(Verb(verb), **wanted), by=by or self.hana, from_step=step)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Clock:
    hand = Clock()
    monkeypatch.setattr(clock, "now", hand)
    return hand


@pytest.fixture
def founding() -> Programme:
    return parse(FOUNDING.read_bytes())


def arrive(event: Event, device: str, **card: Any) -> Attendee:
    """Joined, and their phone has said hello."""
    attendee = actions.join(event, device, **card)[0]
    note_heard([streams.attendee(event.code, attendee.public_id)])
    return attendee


def gathering(code: str, founding: Programme) -> Social:
    event = actions.create_event(founding, code)
    return Social(
        event=event,
        hana=actions.add_crew(event, "Hana", "host"),
        mo=actions.add_crew(event, "Mo", "moderator"),
        ada=arrive(event, "device-of-ada", name="Ada", spot="green scarf"),
        ben=arrive(event, "device-of-ben", name="Ben", remote=True),
    )


@pytest.fixture
def social(db: None, founding: Programme) -> Social:
    return gathering("BCDFG", founding)


@pytest.fixture
def said_is_true(social: Social) -> Iterator[None]:
    """After the test: what was told is what the tables say."""
    yield
    assert_said_is_true()


@pytest.fixture
def party(transactional_db: None, founding: Programme) -> Iterator[Social]:
    """A gathering for many at once, on real connections; after the test what was told is what the tables say."""
    yield gathering("BCDFG", founding)
    assert_said_is_true()


@pytest.fixture
def elsewhere(db: None, founding: Programme) -> Social:
    """Another event at the same time; Zoe is there."""
    event = actions.create_event(founding, "ZZZZZ")
    zoe = arrive(event, "device-of-zoe", name="Zoe")
    return Social(
        event=event,
        hana=actions.add_crew(event, "Hedda", "host"),
        mo=actions.add_crew(event, "Max", "moderator"),
        ada=zoe,
        ben=zoe,
    )


# Its middleware, which reads the list of all static files, is built once and not for each client.
SITE = ClientHandler(enforce_csrf_checks=False)


class Browser(Client):
    """A test client that speaks JSON and sends a fresh idempotency key with each POST and PATCH unless one is given."""

    def ask(self, method: str, path: str, body: object = None, key: str | None = None) -> Any:
        headers = {"Idempotency-Key": key or f"key-of-a-test-{next(KEYS):08}"} if method in ("POST", "PATCH") else {}
        return self.generic(
            method,
            f"/api/v1/{path}",
            b"" if body is None else body if isinstance(body, bytes) else orjson.dumps(body),
            content_type="application/json",
            headers=headers,
        )

    def with_device(self, device: str) -> "Browser":
        self.cookies[settings.DEVICE_COOKIE] = identity.DEVICE_SIGNER.sign(device)
        return self


@pytest.fixture
def browser() -> Callable[..., Browser]:
    """`browser()`, `browser(device="device-of-ada")`, `browser(crew=social.hana)`."""

    def opened(device: str | None = None, crew: Crew | None = None) -> Browser:
        made = Browser(headers={"host": "localhost"})
        made.handler = SITE
        if device:
            made.with_device(device)
        if crew:
            made.force_login(crew.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return made

    return opened
