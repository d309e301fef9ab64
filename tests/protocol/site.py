"""A site of one kind of event for the tests: who somebody is stands in the token of the hello, and anyone may publish.

`POST /publish` `{because, changes: {stream: {key: document}}}`, `/close` `[stream]`, `/rebuild` `"CODE"`,
`/present` `{code: number}`, `/metrics`, `/slow`. Events need not exist. Tokens: `attendee/ID`, `member/ID`,
`stage/ID`; `wrong` is refused.
"""

import asyncio
import dataclasses
import os

import django
import orjson

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.protocol.settings")
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import OriginValidator  # noqa: E402
from django.db import transaction  # noqa: E402
from django.urls import path, re_path  # noqa: E402

from apps.core.refusal import Refusal  # noqa: E402
from apps.live import beats, hints, metrics, signals, sources, streams, ticks, values  # noqa: E402
from apps.live.announce import listeners  # noqa: E402
from apps.live.consumer import Admission, Hello, LiveConsumer  # noqa: E402
from apps.live.publish import close, publish_each  # noqa: E402
from apps.live.rebuild import rebuild  # noqa: E402
from apps.live.routing import nowhere  # noqa: E402
from apps.live.scope import Scope  # noqa: E402
from apps.live.threads import in_thread  # noqa: E402

from .site_address import ORIGIN  # noqa: E402

heard: set[str] = set()
present: dict[str, int] = {}
ticked: dict[str, int] = {}
slow: list[str] = []


class Everybody(LiveConsumer):
    async def admit(self, hello: Hello) -> Admission:
        code = self.scope["url_route"]["kwargs"]["code"]
        role, _slash, public_id = hello.token.partition("/")
        if role not in ("attendee", "member", "stage"):
            raise Refusal("not_here", "There is no such event.", status=404)
        names = {"public": streams.public(code), "me": f"{code}/{role}/{public_id}"}
        return Admission(names | {"crew": streams.crew(code)} if role == "member" else names)


@sources.register
def source(code: str) -> dict[str, dict[str, object]]:
    return {streams.public(code): {"now": {"rebuilt": True}}}


@ticks.register
def tick(code: str) -> None:
    ticked[code] = ticked.get(code, 0) + 1


def hear(sender: object, streams: list[str], **_more: object) -> None:
    heard.update(streams)


values.register("present", lambda code: present.get(code, 0))
signals.heard.connect(hear)

if os.environ.get("DROP_HINTS"):
    hints.take = lambda hub, data: None
if os.environ.get("NEVER_LOOK"):
    beats.queries.heads = lambda scopes: {}
    Scope.compare = lambda scope, heads: None


def act(path: str, body: object) -> object:
    with transaction.atomic():
        if path == "/publish":
            return publish_each(body["because"], body["changes"])
        if path == "/close":
            return close(body)
    if path == "/rebuild":
        return rebuild(body)
    if path == "/present":
        present.update(body)
    return None


async def http(scope: dict, receive, send) -> None:
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if scope["path"] == "/metrics":
        answer = {
            **dataclasses.asdict(metrics.counted),
            "heard": sorted(heard),
            "ticked": ticked,
            "slow": len(slow),
        }
    elif scope["path"] == "/slow":
        slow.append("asked")
        await asyncio.sleep(1)
        answer = "done"
    else:
        if os.environ.get("SILENT"):
            listeners.clear()
        answer = await in_thread(act, scope["path"], orjson.loads(body) if body else None)
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": orjson.dumps(answer, option=orjson.OPT_NON_STR_KEYS)})


addresses = URLRouter([path("live/<str:code>/", Everybody.as_asgi()), re_path("", nowhere)])
application = ProtocolTypeRouter({"http": http, "websocket": OriginValidator(addresses, [ORIGIN])})
