"""The latest frames of one stream, for those who were away for a moment."""

from collections import deque
from collections.abc import Sequence

from .frames import Frame

FRAMES = 64
BYTES = 128 * 1024


class Ring:
    """Frames without a gap between them: each starts at the version the one before ended with."""

    __slots__ = ("bytes", "kept")

    def __init__(self) -> None:
        self.kept: deque[tuple[int, Frame]] = deque()
        self.bytes = 0

    def add(self, since: int, frame: Frame) -> None:
        self.kept.append((since, frame))
        self.bytes += len(frame.wire)
        while len(self.kept) > FRAMES or self.bytes > BYTES:
            self.bytes -= len(self.kept.popleft()[1].wire)

    def after(self, since: int) -> Sequence[Frame] | None:
        """The frames from version `since` on, or None where it began too long ago or lies inside a frame."""
        if not any(start == since for start, _frame in self.kept):
            return None
        return [frame for start, frame in self.kept if start >= since]

    def clear(self) -> None:
        self.kept.clear()
        self.bytes = 0
