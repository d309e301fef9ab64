"""What a client may say, parsed strictly: anything else is a `BadFrame`, which closes the socket with 4001."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from .queries import Cursor
from .streams import ALIASES

# The longest honest frame is a hello with a stage token and three streams: under 1 KB.
MOST_CHARACTERS = 4096
SCREENS = ("phone", "console", "stage")
EPOCH = re.compile(r"[0-9a-zA-Z_-]{0,16}")
MOST_VERSION = 2**53 - 1  # what a JavaScript number holds exactly


class BadFrame(Exception):
    """A frame that is not of this protocol; `str()` says why, for the log and the close reason."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame: which screen this is, and how far it has heard each stream."""

    as_: str
    token: str = ""
    streams: dict[str, Cursor] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ack:
    received: int


@dataclass(frozen=True, slots=True)
class Ping:
    t: float


@dataclass(frozen=True, slots=True)
class Clap:
    pass


Upward = Hello | Ack | Ping | Clap


def parse(text: str | None) -> Upward:
    """One text frame from a client; raises BadFrame."""
    if text is None:
        raise BadFrame("frames are JSON texts, not binary")
    if len(text) > MOST_CHARACTERS:
        raise BadFrame("the frame is too long")
    try:
        frame = orjson.loads(text)
    except ValueError:  # a lone surrogate is a UnicodeEncodeError, which is one too
        raise BadFrame("the frame is not JSON") from None
    if not isinstance(frame, dict):
        raise BadFrame("the frame is not an object")
    kind = frame.pop("type", None)
    read = KINDS.get(kind) if isinstance(kind, str) else None
    if read is None:
        raise BadFrame("the frame has no type known here")
    upward = read(frame)
    if frame:
        raise BadFrame(f"a {kind} has more fields than it should")
    return upward


def hello(frame: dict) -> Hello:
    as_, token, streams = frame.pop("as", None), frame.pop("token", ""), frame.pop("streams", {})
    if as_ not in SCREENS:
        raise BadFrame("hello.as is phone, console or stage")
    if not isinstance(token, str) or len(token) > 500:
        raise BadFrame("hello.token is a text")
    if not isinstance(streams, dict) or not streams.keys() <= set(ALIASES):
        raise BadFrame("hello.streams is an object of public, crew and me")
    return Hello(as_, token, {alias: cursor(place) for alias, place in streams.items()})


def cursor(place: object) -> Cursor:
    if not isinstance(place, dict) or place.keys() != {"epoch", "since"}:
        raise BadFrame("a place in a stream is an epoch and a since")
    epoch = place["epoch"]
    if not isinstance(epoch, str) or not EPOCH.fullmatch(epoch):
        raise BadFrame("an epoch is a short text")
    return Cursor(epoch, whole_number(place["since"], "since"))


def ack(frame: dict) -> Ack:
    return Ack(whole_number(frame.pop("received", None), "ack.received"))


def ping(frame: dict) -> Ping:
    t = frame.pop("t", None)
    if isinstance(t, bool) or not isinstance(t, int | float) or not math.isfinite(t):
        raise BadFrame("ping.t is a number")
    return Ping(t)


def clap(_frame: dict) -> Clap:
    return Clap()


def whole_number(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_VERSION:
        raise BadFrame(f"{name} is a whole number")
    return value


KINDS: dict[str, Callable[[dict], Upward]] = {"hello": hello, "ack": ack, "ping": ping, "clap": clap}
