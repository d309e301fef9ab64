"""Daphne's websocket protocol with a door: whoever writes to it directly is told when something else writes, too."""

import socket
from collections.abc import Callable
from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import tcp
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure

from .sending import send

# The kernel doubles it. More would only hide a phone that has stopped reading (it may grow to megabytes by itself).
SEND_BUFFER_BYTES = 64 * 1024


def nothing(_protocol: object) -> None:
    pass


class Protocol(WebSocketProtocol):
    transport: Any
    is_closed: Any
    on_other_write: Callable[[], None] | None = None

    @property
    def takes_frames(self) -> bool:
        return self.state == self.STATE_OPEN

    @property
    def has_door(self) -> bool:
        """Whether frames may go straight to the kernel: plain TCP with nothing between the transport and the socket."""
        return send is not None and isinstance(self.transport, tcp.Connection) and not self.transport.TLS

    def connectionMade(self) -> None:  # noqa: N802
        super().connectionMade()
        if self.has_door:
            self.transport.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)

    def sendData(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802
        """Everything autobahn writes by itself: handshake, pings, pongs, close frames."""
        if self.on_other_write is not None:
            self.on_other_write()
        super().sendData(*args, **kwargs)

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        if self.on_other_write is not None:
            self.on_other_write()
        super().connectionLost(reason)
        # Its result is this protocol, which so would hold itself until the next full look for garbage: an evening's
        # reconnects, each with its buffers.
        self.is_closed.addCallback(nothing)

    def shut(self, code: int, reason: str) -> None:
        """Close with any code; autobahn's own `sendClose` knows only 1000 and 3000 to 4999."""
        if self.takes_frames:
            self.sendCloseFrame(code=code, reasonUtf8=reason.encode()[:123], isReply=False)

    def handle_reply(self, message: dict[str, Any]) -> None:
        # A close that carries a code of ours, from an application that does not use the door.
        if message["type"] == "websocket.close" and self.state != self.STATE_CONNECTING:
            self.shut(message.get("code") or 1000, message.get("reason") or "")
        else:
            super().handle_reply(message)


class Factory(WebSocketFactory):
    protocol = Protocol

    def setProtocolOptions(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802
        """Make the options those of a class.

        Autobahn copies three dozen of them to every connection and prints them prettily for a log that nobody reads:
        a third of what an arrival cost, and memory in every phone.
        """
        super().setProtocolOptions(*args, **kwargs)
        options = {name: getattr(self, name) for name in Protocol.CONFIG_ATTRS}
        # A function would be taken for a method.
        shared = {name: staticmethod(value) if callable(value) else value for name, value in options.items()}
        configured: Any = type("ConfiguredProtocol", (Protocol,), {**shared, "CONFIG_ATTRS": ()})
        self.protocol = configured
