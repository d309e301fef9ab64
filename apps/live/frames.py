"""Everything the server says: each frame is encoded once and framed once, however many sockets it goes to.

A text frame from a server is 0x81, the length and the bytes, without a mask and so the same for all (RFC 6455, 5.2).
"""

from collections.abc import Mapping
from datetime import datetime

import orjson

from apps.core import clock
from apps.core.refusal import Refusal

from .queries import Changes, Snapshot


class Frame:
    """One text frame: `wire` as it goes through the socket, `text` for servers that frame by themselves."""

    __slots__ = ("head_length", "wire")

    def __init__(self, text: str) -> None:
        payload = text.encode()
        length = len(payload)
        if length < 126:
            head = bytes((0x81, length))
        elif length < 65536:
            head = b"\x81\x7e" + length.to_bytes(2, "big")
        else:
            head = b"\x81\x7f" + length.to_bytes(8, "big")
        self.wire = head + payload
        self.head_length = len(head)

    @property
    def text(self) -> str:
        return self.wire[self.head_length :].decode()


def snapshot(alias: str, news: Snapshot) -> Frame:
    """All of a stream."""
    return Frame(
        f'{{"type":"snapshot","stream":"{alias}","epoch":"{news.epoch}","version":{news.version},'
        f'"documents":{joined(news.documents)}}}'
    )


def changes(alias: str, news: Changes) -> Frame:
    """What came after `since`."""
    return Frame(
        f'{{"type":"changes","stream":"{alias}","since":{news.since},"version":{news.version},'
        f'"because":{dumps(news.because)},"documents":{joined(news.documents)}}}'
    )


def heartbeat(at: datetime, heads: Mapping[str, int]) -> Frame:
    """The server's clock, and how far each stream of this socket has been sent."""
    return Frame(dumps({"type": "heartbeat", "at": clock.iso(at), "heads": heads}))


def values(numbers: Mapping[str, object]) -> Frame:
    """Fast counters that changed."""
    return Frame(dumps({"type": "values", "values": numbers}))


def pong(t: float, at: datetime) -> Frame:
    """The answer to a ping, for the offset between two clocks."""
    return Frame(dumps({"type": "pong", "t": t, "at": clock.iso(at)}))


def goodbye(code: str, message: str, after_seconds: float) -> Frame:
    """Come back after so many seconds; a close follows."""
    return Frame(dumps({"type": "goodbye", "code": code, "message": message, "after_seconds": round(after_seconds, 2)}))


def refused(refusal: Refusal) -> Frame:
    """A rule's "no"; a close follows."""
    return Frame(dumps({"type": "refused", "code": refusal.code, "message": refusal.message}))


def joined(documents: Mapping[str, str | None]) -> str:
    """A JSON object of ready JSON texts."""
    return "{" + ",".join(f"{dumps(key)}:{body or 'null'}" for key, body in documents.items()) + "}"


def dumps(value: object) -> str:
    return orjson.dumps(value).decode()
