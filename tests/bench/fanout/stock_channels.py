"""Stock Channels, as its tutorial does it: a consumer in a group, `group_send`, Daphne.

python -m tests.bench.fanout.stock_channels [redis://127.0.0.1:PORT]
"""

import asyncio
import sys
import threading

import django
from django.conf import settings

LAYERS = {
    "memory": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 100_000}},
    "redis": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            # The layer waits at Redis for 5 seconds, which is when its client gives up by default.
            "hosts": [{"address": url, "max_connections": 100_000, "socket_timeout": 60} for url in sys.argv[1:]],
            "capacity": 100_000,
        },
    },
}
settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={"default": LAYERS["redis" if len(sys.argv) > 1 else "memory"]},
)
django.setup()

from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from daphne.server import Server, twisted_loop  # noqa: E402
from django.urls import path  # noqa: E402
from twisted.internet import reactor  # noqa: E402

from tests.bench.fanout.payload import document  # noqa: E402

names: list[str] = []


class Phone(AsyncJsonWebsocketConsumer):
    groups = ["public"]

    async def connect(self) -> None:
        names.append(self.channel_name)
        await super().connect()

    async def disconnect(self, code: int) -> None:
        names.remove(self.channel_name)

    async def tell(self, message: dict[str, object]) -> None:
        await self.send_json({"type": "changes", "document": message["document"]})


async def go(line: str) -> None:
    layer, told = get_channel_layer(), document()
    assert layer
    if line == "all":
        await layer.group_send("public", {"type": "tell", "document": told})
    else:
        for place, name in enumerate(names):
            await layer.send(name, {"type": "tell", "document": told | {"for": place}})


def read_lines() -> None:
    for line in sys.stdin:
        asyncio.run_coroutine_threadsafe(go(line.strip()), twisted_loop)
    twisted_loop.call_soon_threadsafe(reactor.stop)  # type: ignore[attr-defined]


server = Server(
    application=ProtocolTypeRouter({"websocket": URLRouter([path("", Phone.as_asgi())])}),
    endpoints=["tcp:port=0:interface=127.0.0.1:backlog=4096"],
    signal_handlers=False,
    websocket_handshake_timeout=120,
    ready_callable=lambda: (
        print(server.listening_addresses[0][1], flush=True),
        threading.Thread(target=read_lines, daemon=True).start(),
    ),
)
server.run()
