"""Hints between processes over Redis pub/sub: "these streams are at these versions".

A hint may be lost: every hub also looks by itself. So no write waits for one, and none is kept for later.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import secrets
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson
import redis
import redis.asyncio
from django.conf import settings
from redis.asyncio import retry as asyncio_retry
from redis.backoff import NoBackoff
from redis.retry import Retry

if TYPE_CHECKING:
    from .hub import Hub

log = logging.getLogger(__name__)

CHANNEL = "socialhub:hints"
TIMEOUTS: dict[str, Any] = {"socket_timeout": 2.0, "socket_connect_timeout": 2.0}
# While Redis is away hints are dropped, not hoarded.
MOST_WAITING = 1000

this_process = secrets.token_hex(4)
outbox: queue.Queue[dict] = queue.Queue(MOST_WAITING)
sender: threading.Thread | None = None
starting = threading.Lock()


def send(heads: Mapping[str, int]) -> None:
    """Tell other processes where streams stand. Returns at once."""
    put({"from": this_process, "heads": dict(heads)})


def send_claps(numbers: Mapping[str, int]) -> None:
    """Tell other processes how many claps were heard here since the last time, by event."""
    put({"from": this_process, "claps": dict(numbers)})


def put(hint: dict) -> None:
    global sender
    if not settings.REDIS_URL:
        return
    with starting:
        if sender is None:
            sender = threading.Thread(target=post, name="hints", daemon=True)
            sender.start()
    with contextlib.suppress(queue.Full):
        outbox.put_nowait(hint)


def post() -> None:
    # The library's own retries would wait for seconds; a hint that late is worth nothing.
    client = redis.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), **TIMEOUTS)
    is_well = True
    while True:
        hint = outbox.get()
        try:
            client.publish(CHANNEL, orjson.dumps(hint))
            is_well = True
        except redis.RedisError as error:
            if is_well:
                log.warning("Redis does not answer (%s): hubs look by themselves", type(error).__name__)
            is_well = False


async def listen(hub: Hub) -> None:
    """Hear hints of other processes for as long as the hub lives, through every loss of Redis."""
    if not settings.REDIS_URL:
        return
    pause = 0.1
    while True:
        client = redis.asyncio.Redis.from_url(
            settings.REDIS_URL, retry=asyncio_retry.Retry(NoBackoff(), 0), health_check_interval=5, **TIMEOUTS
        )
        try:
            async with client.pubsub(ignore_subscribe_messages=True) as subscription:
                await subscription.subscribe(CHANNEL)
                pause = 0.1
                while True:
                    message = await subscription.get_message(timeout=1.0)
                    if message is not None:
                        take(hub, message["data"])
        except (redis.RedisError, OSError, TimeoutError) as error:
            log.info("not hearing hints (%s)", type(error).__name__)
        except Exception:
            log.exception("a hint could not be taken")
        finally:
            await client.aclose()
        await asyncio.sleep(pause)
        pause = min(2.0, pause * 2)


def take(hub: Hub, data: bytes) -> None:
    hint = orjson.loads(data)
    if hint["from"] == this_process:
        return
    if "heads" in hint:
        hub.hear(hint["heads"])
    for code, number in hint.get("claps", {}).items():
        if scope := hub.scopes.get(code):
            scope.add_claps(number)
