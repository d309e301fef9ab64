"""What is over is let go at once, and does not wait for a full look for garbage: that comes once in an evening.

Each of these was held by itself. With a thousand phones it was most of what a server's memory had in it.
"""

import asyncio
import gc
import weakref
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from daphne.server import Server  # noqa: F401 - installs its reactor before anything else does
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.context import Context
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils.functional import SimpleLazyObject
from rest_framework.request import Request
from twisted.internet.error import ConnectionDone
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure

from apps.core import api
from apps.live.door import http, websocket
from socialhub.seats import Requests
from tests.events.conftest import Social, browser, founding, moment, social
from tests.live.test_seats import ask

__all__ = ["browser", "founding", "moment", "social"]


@pytest.fixture(autouse=True)
def uncollected() -> Iterator[None]:
    """Nobody looks for garbage."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("hangs_up", [False, True], ids=["and waits", "and hangs up"])
def test_a_request_goes_with_its_answer(hangs_up: bool) -> None:
    seen: list[weakref.ref[HttpRequest]] = []

    def answer(request: HttpRequest) -> HttpResponse:
        request.nonce = SimpleLazyObject(lambda: request.path)  # type: ignore[attr-defined]
        seen.append(weakref.ref(request))
        return HttpResponse(status=200)

    requests = Requests()
    requests.get_response = answer  # type: ignore[method-assign]
    asyncio.run(ask(requests, 1, [], hangs_up=hangs_up))
    assert [one() for one in seen] == [None]


@pytest.mark.parametrize("path", ["snapshot/?as=phone", ""])
def test_a_view_goes_with_its_answer(
    social: Social, browser: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    seen: list[weakref.ref[Any]] = []
    begin = api.View.initialize_request

    def begin_and_note(view: api.View, *args: Any, **kwargs: Any) -> Request:
        request = begin(view, *args, **kwargs)
        seen.extend((weakref.ref(view), weakref.ref(request)))
        return request

    monkeypatch.setattr(api.View, "initialize_request", begin_and_note)
    for method in ("GET", "PUT"):
        browser(device="device-of-ada").ask(method, f"events/BCDFG/{path}")
    assert [one() for one in seen] == [None] * 4


def test_every_view_of_the_api_does() -> None:
    def views(patterns: list[Any]) -> Iterator[type]:
        for one in patterns:
            if hasattr(one, "url_patterns"):
                yield from views(one.url_patterns)
            elif hasattr(one.callback, "cls"):
                yield one.callback.cls

    found = {one for one in views(get_resolver().url_patterns) if one.__module__.startswith("apps.")}
    assert len(found) > 30
    assert [one for one in found if not issubclass(one, api.View)] == []


def test_a_page_goes_when_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[weakref.ref[Context]] = []
    bind = Context.__init__

    def bind_and_note(context: Context, *args: Any, **kwargs: Any) -> None:
        bind(context, *args, **kwargs)
        seen.append(weakref.ref(context))

    monkeypatch.setattr(Context, "__init__", bind_and_note)
    page = engines["django"].get_template("screens/refusal.html")
    assert "Nobody is here" in page.render({"message": "Nobody is here"}, RequestFactory().get("/"))
    assert [one() for one in seen] == [None] * max(1, len(seen))


def test_a_live_connection_goes_when_it_ends() -> None:
    factory = websocket.Factory(SimpleNamespace(protocol_disconnected=lambda _one: None), server="")
    factory.setProtocolOptions()
    protocol = factory.buildProtocol(None)
    protocol.server, protocol.client_addr = factory.server_class, None
    protocol.server.log_action = lambda *_what: None
    protocol.request = SimpleNamespace(path="/live/BCDFG/")
    protocol.makeConnection(StringTransport())
    protocol.connectionLost(Failure(ConnectionDone()))
    seen = weakref.ref(protocol)
    del protocol
    assert seen() is None


def test_a_request_goes_that_became_a_live_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def upgrade(request: http.Request) -> None:
        request.transport = None

    monkeypatch.setattr(http.WebRequest, "process", upgrade)
    channel, transport = http.Channel(), StringTransport()
    server = SimpleNamespace(protocol_connected=lambda _one: None, protocol_disconnected=lambda _one: None)
    channel.factory = SimpleNamespace(server=server)
    channel.requestFactory = http.Request
    channel.timeOut = None
    channel.makeConnection(transport)
    channel.dataReceived(b"GET /live/BCDFG/ HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")
    (request,) = channel.requests
    seen = weakref.ref(request)
    # As when the connection ends.
    transport.unregisterProducer()
    del request, channel, transport
    assert seen() is None
