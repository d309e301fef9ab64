"""The limits of the embedded set-up, with a clock turned by hand."""

from types import SimpleNamespace

import pytest
from daphne.server import Server  # noqa: F401 - installs its reactor before anything else does
from twisted.internet import task
from twisted.internet.error import ConnectionDone
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure

from apps.live.door import bodies, http, websocket


@pytest.fixture
def line() -> tuple[http.Channel, StringTransport, task.Clock]:
    """A connection that was just made."""
    channel, transport, clock = http.Channel(), StringTransport(), task.Clock()
    channel.callLater = clock.callLater
    channel.timeOut = http.ARRIVE_SECONDS
    channel.makeConnection(transport)
    return channel, transport, clock


def test_a_head_that_trickles_in_wins_no_time(line) -> None:
    channel, transport, clock = line
    clock.advance(http.ARRIVE_SECONDS - 1)
    for letter in b"GET / HTTP/1.1\r\nX:":
        channel.dataReceived(bytes([letter]))
        clock.advance(1)
    assert not transport.disconnecting
    for letter in b" a" * 6:
        channel.dataReceived(bytes([letter]))
        clock.advance(1)
    assert transport.disconnecting


def test_a_body_that_trickles_in_wins_no_time(line) -> None:
    channel, transport, clock = line
    channel.requestFactory = http.http.Request
    channel.dataReceived(b"POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n")
    for _byte in range(http.ARRIVE_SECONDS + 1):
        channel.dataReceived(b"x")
        clock.advance(1)
    assert transport.disconnecting


def test_a_silent_connection_is_not_kept(line) -> None:
    _channel, transport, clock = line
    clock.advance(http.ARRIVE_SECONDS)
    assert transport.disconnecting


def post(path: bytes, length: int) -> bytes:
    return b"POST %s HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (path, length)


def serve(channel: http.Channel) -> None:
    """With requests of ours, in front of a server that does nothing."""
    server = SimpleNamespace(protocol_connected=lambda _one: None, protocol_disconnected=lambda _one: None)
    channel.factory = SimpleNamespace(server=server)
    channel.requestFactory = http.Request


@pytest.fixture
def attic(monkeypatch: pytest.MonkeyPatch) -> bodies.Room:
    """Larger bodies are welcome at /attic/, slowly."""
    monkeypatch.setattr(bodies, "larger", [])
    bodies.allow("/[a-z]+tic/", 200_000, 100)
    return bodies.room_for(b"POST", b"/attic/?x")


def test_only_where_it_is_said_and_only_a_post_has_more_room(attic: bodies.Room) -> None:
    assert (attic.most, attic.seconds) == (200_000, 100)
    for method, uri in ((b"GET", b"/attic/"), (b"PUT", b"/attic/"), (b"POST", b"/attic/x"), (b"POST", b"/x?/attic/")):
        assert bodies.room_for(method, uri) is bodies.ORDINARY


def test_a_larger_body_may_take_longer_but_not_for_ever(line, attic: bodies.Room) -> None:
    channel, transport, clock = line
    serve(channel)
    channel.dataReceived(post(b"/attic/", 150_000))
    for _byte in range(attic.seconds - 1):
        channel.dataReceived(b"x")
        clock.advance(1)
    assert not transport.disconnecting
    clock.advance(2)
    assert transport.disconnecting
    channel.connectionLost(Failure(ConnectionDone()))
    assert http.Request.held == 0


def test_larger_bodies_share_what_may_be_held(line, attic: bodies.Room, monkeypatch: pytest.MonkeyPatch) -> None:
    channel, transport, _clock = line
    serve(channel)
    monkeypatch.setattr(http, "HELD_BYTES", 100_000)
    monkeypatch.setattr(http.reactor, "callLater", lambda *later: None)
    channel.dataReceived(post(b"/attic/", 150_000))
    channel.dataReceived(b"x" * 90_000)
    assert (http.Request.held, transport.value()) == (90_000, b"")
    channel.dataReceived(b"x" * 20_000)
    assert transport.value().startswith(b"HTTP/1.1 503 ")
    assert http.Request.held == 0


def test_who_hangs_up_holds_nothing(line, attic: bodies.Room) -> None:
    channel, _transport, _clock = line
    serve(channel)
    channel.dataReceived(post(b"/attic/", 150_000))
    channel.dataReceived(b"x" * 1000)
    assert http.Request.held == 1000
    channel.connectionLost(Failure(ConnectionDone()))
    assert http.Request.held == 0


def test_options_are_those_of_the_factory_and_copied_to_nobody() -> None:
    factory = websocket.Factory(SimpleNamespace(), server="")
    factory.setProtocolOptions(autoPingInterval=7, allowNullOrigin=True, failByDrop=False)
    protocol = factory.protocol()
    protocol.factory, protocol.transport = factory, StringTransport()
    protocol._connectionMade()
    options = websocket.Protocol.CONFIG_ATTRS
    assert {name: getattr(protocol, name) for name in options} == {name: getattr(factory, name) for name in options}
    assert (protocol.autoPingInterval, protocol.failByDrop) == (7, False)
    assert not set(options) & set(vars(protocol))
