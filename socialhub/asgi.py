"""The two doors of one process: requests to Django, websockets to the live core."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialhub.settings")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - these need the apps to be loaded
from django.urls import path, re_path  # noqa: E402

from apps.events.socket import EventConsumer  # noqa: E402
from apps.live.routing import nowhere  # noqa: E402

from .doors import OnlyOurOrigins, WithCookies  # noqa: E402
from .seats import Requests  # noqa: E402

addresses = URLRouter([path("live/<str:code>/", EventConsumer.as_asgi()), re_path("", nowhere)])  # type: ignore[arg-type]
application = ProtocolTypeRouter({"http": Requests(), "websocket": OnlyOurOrigins(WithCookies(addresses))})
