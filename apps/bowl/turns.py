"""The clock of one story: instants in, instants out, and never a clock of its own."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Turn:
    """A story's time. It runs from `started_at` to `ends_at` and on into overtime; `paused_at` stands it still."""

    length: timedelta
    started_at: datetime | None = None
    ends_at: datetime | None = None
    paused_at: datetime | None = None
    ended_at: datetime | None = None


def start(turn: Turn, at: datetime) -> Turn:
    """Starting twice is starting once, and an ended turn stays ended."""
    return turn if turn.started_at or turn.ended_at else replace(turn, started_at=at, ends_at=at + turn.length)


def pause(turn: Turn, at: datetime) -> Turn:
    return turn if turn.paused_at or not is_running(turn) else replace(turn, paused_at=at)


def resume(turn: Turn, at: datetime) -> Turn:
    if turn.paused_at is None or turn.ends_at is None or turn.ended_at:
        return turn
    return replace(turn, paused_at=None, ends_at=turn.ends_at + max(at - turn.paused_at, NOTHING))


def extend(turn: Turn, by: timedelta, at: datetime) -> Turn:
    """More time; in overtime it counts from now, else the thirty seconds would be spent before they are given."""
    if turn.ends_at is None or turn.ended_at:
        return turn
    return replace(turn, ends_at=max(turn.ends_at, turn.paused_at or at) + by)


def end(turn: Turn, at: datetime) -> Turn:
    """What was left stays what was left, also when the clock stood still."""
    return turn if turn.ended_at else replace(resume(turn, at), ended_at=at)


def is_running(turn: Turn) -> bool:
    return turn.started_at is not None and turn.ended_at is None


def left(turn: Turn, at: datetime) -> timedelta:
    """Time left at an instant; negative in overtime, the whole length before the start."""
    if turn.ends_at is None:
        return turn.length
    return turn.ends_at - (turn.ended_at or turn.paused_at or at)


def overtime(turn: Turn, at: datetime) -> timedelta:
    """By how much the story has run over; nothing while it has time left."""
    return max(-left(turn, at), NOTHING)


@dataclass(frozen=True, slots=True)
class Room:
    """How many more full stories fit into the segment, the time beyond them, and how many the overtime has cost."""

    turns: int
    spare: timedelta
    lost: int


def room(segment_ends_at: datetime, current: Turn | None, length: timedelta, at: datetime) -> Room:
    """What the segment still holds once the current story is over; `length` of a full one is positive.

    A current story in its time is taken to use it up. A paused segment has no end of its own: say where it would be if
    it went on at `at`.
    """
    free, over = segment_ends_at - at, NOTHING
    if current is not None and current.ended_at is None:
        free, over = free - max(left(current, at), NOTHING), overtime(current, at)
    turns = whole(free, length)
    return Room(turns, max(free - turns * length, NOTHING), whole(free + over, length) - turns)


def whole(free: timedelta, length: timedelta) -> int:
    return max(free // length, 0)
