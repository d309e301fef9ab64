"""The site with three faults that its promises exclude; only the tests start it, by ASGI_APPLICATION.

One phone is left out of one message, tips are told before the crew has looked at them, idempotency keys are ignored.
"""

import itertools
from collections.abc import Callable, Iterable

from apps.live import streams
from apps.live.channel import Channel
from apps.live.frames import Frame
from socialhub.asgi import application

__all__ = ["application"]

from apps.core import idempotency
from apps.tips import queries
from apps.tips.models import Tip
from apps.tips.moderation import State

push, tip_documents = Channel.push, queries.tip_documents
# Pushes to a whole room, until the one that somebody does not hear.
until_lost = itertools.count(-5)


def push_but_once_not_to_all(channel: Channel, frame: Frame) -> None:
    if channel.alias != "public" or len(channel.clean) < 4 or next(until_lost) != 0:
        push(channel, frame)
        return
    left_out, fileno = next(iter(channel.clean.items()))
    del channel.clean[left_out]
    push(channel, frame)
    channel.clean[left_out] = fileno


def told_before_its_time(code: str, language: str, tips: Iterable[Tip]) -> queries.Documents:
    told = tip_documents(code, language, tips := list(tips))
    for tip in tips:
        if tip.state == State.PENDING:
            told[streams.public(code)][f"tips/{tip.public_id}"] = {"id": tip.public_id, "text": tip.text}
    return told


def as_often_as_asked(owner: str, key: str, print_: str, run: Callable[[], tuple[int, object]]) -> tuple[int, object]:
    return run()


Channel.push = push_but_once_not_to_all
queries.tip_documents = told_before_its_time
idempotency.once = as_often_as_asked
