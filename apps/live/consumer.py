"""One websocket from accept to close: hello, admission, and then acks, pings and claps until it ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from channels.consumer import AsyncConsumer
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.refusal import Refusal

from . import frames, sockets, streams
from .hub import Hub, the_hub
from .metrics import counted
from .pace import Pace
from .upward import Ack, BadFrame, Clap, Hello, Ping, parse

log = logging.getLogger(__name__)

HELLO_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Admission:
    """What one socket may hear: `public`, `crew`, `me` -> full stream name, all of one event.

    `language` is the one it is spoken to in from now on; "" for the one it came with. `ticket` is what it was let in by
    (see `tickets`), "" for what nobody can end.
    """

    streams: dict[str, str]
    language: str = ""
    ticket: str = ""


class LiveConsumer(AsyncConsumer):
    """Subclasses say who may hear what, in `admit`.

    Channels' own dispatch visits a shared database thread for every frame and keeps a channel layer for every socket;
    this one awaits its frames itself and needs neither.
    """

    scope: dict[str, Any]

    async def admit(self, hello: Hello) -> Admission:
        """The streams of whoever is asking (`self.scope` has cookies and the event's code); raises Refusal."""
        raise NotImplementedError

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[dict[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        self.scope = scope
        await receive()  # websocket.connect
        # Accepted before it is judged: only an open websocket can be told why.
        await send({"type": "websocket.accept"})
        hub, connection = the_hub(), sockets.opened(scope, send)
        translation.activate(connection.language)
        has_left = False
        try:
            await self.converse(hub, connection, receive)
        except Gone:
            has_left = True
        except Refusal as refusal:
            connection.refuse(refusal)
        except Late:
            counted.refused("late")
            connection.write(frames.goodbye("busy", _("This did not work just now."), 2))
            connection.close(sockets.RESTART, "late")
        except BadFrame as bad:
            counted.refused("bad_frame")
            connection.write(frames.refused(Refusal("bad_frame", str(bad))))
            connection.close(sockets.BAD_FRAME, "bad_frame")
        except DatabaseError as error:
            log.error("a hello could not be answered: %s", type(error).__name__)
            connection.write(frames.goodbye("busy", _("This did not work just now."), 2))
            connection.close(sockets.RESTART, "busy")
        finally:
            await self.see_off(hub, connection, receive, has_left=has_left)

    async def converse(self, hub: Hub, connection: sockets.Socket, receive: Callable) -> None:
        hello = await self.first(receive)
        admission = await self.admit(hello)
        if admission.language:
            connection.language = admission.language
            translation.activate(connection.language)
        for alias, name in admission.streams.items():
            assert streams.alias(name) == alias, f"{name} is not what clients call {alias}"
        connection.ticket = admission.ticket
        await hub.attach(connection, admission.streams, hello.streams)
        # Made anew since this screen heard it last, perhaps between the judging and the hearing: judged once more.
        if hub.began_anew(admission.streams, hello.streams) and await self.admit(hello) != admission:
            raise Late
        pace = Pace(hub.loop.time())
        while True:
            upward = parse(await text(receive))
            connection.heard_at = hub.loop.time()
            if not pace.allows(connection.heard_at):
                raise BadFrame("too many frames")
            self.take(hub, connection, upward)

    async def first(self, receive: Callable) -> Hello:
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                hello = parse(await text(receive))
        except TimeoutError:
            raise Late from None
        if not isinstance(hello, Hello):
            raise BadFrame("the first frame is a hello")
        return hello

    def take(self, hub: Hub, connection: sockets.Socket, upward: Hello | Ack | Ping | Clap) -> None:
        match upward:
            case Ack(received):
                if received > connection.sent:
                    raise BadFrame("more was acknowledged than was sent")
                connection.received = max(connection.received, received)
            case Ping(t):
                connection.write(frames.pong(t, clock.now()))
            case Clap():
                if scope := hub.scopes.get(connection.code):
                    scope.claps += 1
            case Hello():
                raise BadFrame("hello was said already")

    async def see_off(self, hub: Hub, connection: sockets.Socket, receive: Callable, *, has_left: bool) -> None:
        """Wait until a connection we closed has ended, so that its close frame gets out; then forget it."""
        try:
            if not (connection.is_open or has_left):
                while (await receive())["type"] != "websocket.disconnect":
                    pass
        finally:
            hub.detach(connection)


class Gone(Exception):
    """The other side has left."""


class Late(Exception):
    """No hello came in time: a slow line, which may come back."""


async def text(receive: Callable[[], Awaitable[dict[str, Any]]]) -> str | None:
    message = await receive()
    if message["type"] == "websocket.disconnect":
        raise Gone
    return message.get("text")
