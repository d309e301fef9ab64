"""How large a body may be, by address: an app above says in `ready()` where more than a form is welcome."""

import re
from dataclasses import dataclass

from apps.core.limits import BODY_BYTES

# From its first byte on, an ordinary request has so long to arrive whole; an idle connection is kept as long.
ARRIVE_SECONDS = 30
# What all larger bodies of one process may hold together, from their first byte to their answer.
HELD_BYTES = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Room:
    """`most` bytes, within `seconds`."""

    most: int
    seconds: int


ORDINARY = Room(BODY_BYTES, ARRIVE_SECONDS)
larger: list[tuple[bytes, re.Pattern[bytes], Room]] = []


def allow(path: str, most: int, seconds: int, method: str = "POST") -> None:
    """Requests of this method to paths that match as a whole may have `most` bytes, and `seconds` to arrive."""
    larger.append((method.encode(), re.compile(path.encode()), Room(most, seconds)))


def room_for(method: bytes, uri: bytes) -> Room:
    path = uri.partition(b"?")[0]
    found = (room for whose, pattern, room in larger if whose == method and pattern.fullmatch(path))
    return next(found, ORDINARY)
