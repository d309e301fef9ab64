"""Limits of the embedded set-up, where no proxy stands in front: the size of a body and a head, and how slow they come.

Daphne spools a whole body to disk before any code of ours runs, for an address that does not exist as well.
"""

from io import BytesIO
from typing import Any

import orjson
from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.internet import reactor as twisted_reactor
from twisted.web import http

from apps.live.metrics import counted

from . import bodies
from .bodies import ARRIVE_SECONDS, HELD_BYTES, ORDINARY

# A browser sends under 30 headers and a few kilobytes of cookies.
HEADERS = 100
HEAD_BYTES = 16 * 1024
# After a 413 we go on reading this much, or this long: who still sends would otherwise see a reset, not the answer.
LINGER_BYTES = 1024 * 1024
LINGER_SECONDS = 3

reactor: Any = twisted_reactor
TOO_LARGE = (
    b"413 Content Too Large",
    {"code": "too_large", "message": "This is more than the server takes in one request."},
)
TOO_MANY = (
    b"503 Service Unavailable\r\nRetry-After: 5",
    {"code": "busy", "message": "Many are sending at once. This is tried again in a moment."},
)


class Request(WebRequest):
    """Refuses a body that says it is too large before reading it, and one that turns out to be while it comes."""

    # Bytes of larger bodies that this process holds.
    held = 0

    channel: Any
    error_template = "<!doctype html><title>%(title)s</title><h1>%(title)s</h1><p>%(body)s</p>"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = BytesIO()
        self.taken = 0
        self.mine = 0
        self.room = ORDINARY
        self.is_refused = False

    def gotLength(self, length: int | None) -> None:  # noqa: N802
        self.content = self.body
        # The channel has read the head, but tells a request of it only when the body is there.
        self.room = bodies.room_for(self.channel._command, self.channel._path)
        if self.room is not ORDINARY:
            self.channel.setTimeout(self.room.seconds)
        if length is not None and length > self.room.most:
            self.refuse(*TOO_LARGE)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        self.taken += len(data)
        if self.is_refused:
            if self.taken > LINGER_BYTES + self.room.most:
                self.channel.forceAbortClient()
        elif self.taken > self.room.most:
            self.refuse(*TOO_LARGE)
        elif self.room is not ORDINARY and Request.held + len(data) > HELD_BYTES:
            self.refuse(*TOO_MANY)
        else:
            if self.room is not ORDINARY:
                Request.held += len(data)
                self.mine += len(data)
            self.body.write(data)

    def let_go(self) -> None:
        Request.held -= self.mine
        self.mine = 0

    def finish(self) -> None:
        self.let_go()
        super().finish()

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        self.let_go()
        super().connectionLost(reason)

    def refuse(self, status: bytes, why: dict[str, str]) -> None:
        counted.refused(why["code"])
        self.let_go()
        self.is_refused = True
        self.content = self.body = BytesIO()
        self.channel.persistent = False
        answer = orjson.dumps(why)
        self.channel.transport.write(
            b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (status, len(answer), answer)
        )
        reactor.callLater(LINGER_SECONDS, self.hang_up)

    def hang_up(self) -> None:
        if self.channel is not None:
            self.channel.loseConnection()

    def process(self) -> Any:
        if self.is_refused:
            return self.hang_up()
        processing = super().process()
        if self.transport is None:
            # It has become a websocket: without this, request and channel hold each other for as long as it lasts, and
            # until the next full look for garbage.
            self.channel = None
        return processing


class Channel(http.HTTPChannel):
    """A request that trickles in byte by byte does not win more time with every byte."""

    maxHeaders = HEADERS  # noqa: N815
    totalHeadersSize = HEAD_BYTES  # noqa: N815
    is_arriving = False

    def resetTimeout(self) -> None:  # noqa: N802
        if not self.is_arriving:
            self.is_arriving = True
            super().resetTimeout()

    def allContentReceived(self) -> None:  # noqa: N802
        self.is_arriving = False
        # Kept idle for as long as any other, whatever room its last request had.
        self.timeOut = self.timeOut and ARRIVE_SECONDS
        super().allContentReceived()


class Factory(HTTPFactory):
    def __init__(self, server: Any) -> None:
        super().__init__(server)
        self.timeOut = ARRIVE_SECONDS

    def protocol(self) -> Any:
        return http._GenericHTTPChannelProtocol(Channel())

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = Request
        return protocol
