"""Daphne as this site runs it: it opens the door for the hub, limits what strangers may send, and says goodbye."""

import asyncio
import gc
import logging
import socket
from typing import Any

from daphne.server import Server  # installs the asyncio reactor: stays before every other import of Twisted
from twisted.internet import defer
from twisted.internet import reactor as twisted_reactor
from twisted.logger import globalLogBeginner

from apps.live.hub import running_hub

from . import DOOR, http, websocket

log = logging.getLogger(__name__)
reactor: Any = twisted_reactor
silence: Any = lambda _event: None  # noqa: E731

# A whole party connects within one second; the kernel cuts this to its own limit.
BACKLOG = 4096
# Longer than any honest frame from below by far.
FRAME_BYTES = 16 * 1024
# All connections are looked at, and pinged where it is time, once in two seconds: a few dozen at once, since pinging
# thousands in one go held the loop for a tenth of a second.
LOOKS, LOOK_SECONDS = 40, 0.05
# Time for close frames to reach their phones, and for answers under way to be given.
FAREWELL_SECONDS = 1.0
FINISH_SECONDS = 10.0


class DoorServer(Server):
    """`socket` is a bound TCP socket; `application` an ASGI application."""

    def __init__(self, application: Any, listening: socket.socket) -> None:
        super().__init__(
            application,
            endpoints=["a socket of our own"],
            # A storm of phones must not be turned away while it waits for its turn: a thousand who join within a second
            # are through in under forty. Slow senders have limits of their own (`http`).
            http_timeout=90,
            websocket_connect_timeout=60,
            websocket_handshake_timeout=60,
            websocket_timeout=-1,
            websocket_max_message_size=FRAME_BYTES,
            websocket_max_frame_size=FRAME_BYTES,
            ping_interval=15,
            ping_timeout=15,
            application_close_timeout=5,
            server_name="",
        )
        self.listening = listening
        self.port: Any = None
        self.to_look_at: list[Any] = []

    def run(self) -> None:
        self.connections: dict[Any, dict[str, Any]] = {}
        self.http_factory = http.Factory(self)
        self.ws_factory = websocket.Factory(self, server="")
        self.ws_factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            allowNullOrigin=True,
            openHandshakeTimeout=self.websocket_handshake_timeout,
            closeHandshakeTimeout=4,
            failByDrop=False,  # a frame too large or not UTF-8 is answered with a close code, not with silence
            maxMessagePayloadSize=self.websocket_max_message_size,
            maxFramePayloadSize=self.websocket_max_frame_size,
        )
        globalLogBeginner.beginLoggingTo([silence], redirectStandardIO=False, discardBuffer=True)
        asyncio.set_event_loop(reactor._asyncioEventloop)
        self.listening.listen(BACKLOG)
        self.listening.setblocking(False)
        self.port = reactor.adoptStreamPort(self.listening.fileno(), self.listening.family, self.http_factory)
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.addSystemEventTrigger("before", "shutdown", self.farewell)
        # What was loaded until now stays: a full collection need not walk through it while thousands are connected.
        gc.collect()
        gc.freeze()
        gc.set_threshold(2_000, 10, 500)
        reactor.run(installSignalHandlers=True)

    def timeout_checker(self) -> None:
        """In place of Daphne's, which looks at all of them at once."""
        self.to_look_at = self.to_look_at or list(self.connections)
        slice_size = max(1, len(self.connections) // LOOKS)
        looked_at, self.to_look_at = self.to_look_at[:slice_size], self.to_look_at[slice_size:]
        for protocol in looked_at:
            if protocol in self.connections:
                protocol.check_timeouts()
        reactor.callLater(LOOK_SECONDS, self.timeout_checker)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if scope["type"] == "websocket" and protocol.has_door:
            scope["extensions"] = {DOOR: protocol}
        return super().create_application(protocol, scope)

    @defer.inlineCallbacks
    def farewell(self) -> Any:
        """On SIGTERM or SIGINT: take nobody in, send phones away kindly, finish what was asked, then end."""
        yield defer.maybeDeferred(self.port.stopListening)
        hub = running_hub()
        if hub is not None and hub.goodbye():
            yield pause(FAREWELL_SECONDS)
        waited = 0.0
        while waited < FINISH_SECONDS and any(self.is_answering(protocol) for protocol in self.connections):
            yield pause(0.05)
            waited += 0.05
        for details in list(self.connections.values()):
            if (application := details.get("application_instance")) and not application.done():
                application.cancel()
        yield pause(0)

    def is_answering(self, protocol: Any) -> bool:
        return isinstance(protocol, http.Request) and "disconnected" not in self.connections[protocol]


def pause(seconds: float) -> defer.Deferred:
    done: defer.Deferred = defer.Deferred()
    reactor.callLater(seconds, done.callback, None)
    return done
