"""One stream in the hub: how far it has been read, who listens, and what a newcomer gets.

Invariant: whoever is in the set has been sent everything up to `head`. A listener may be ahead of us (it came from
another process); it drops what it knows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from apps.core.refusal import Refusal

from . import frames, streams
from .door.sending import send
from .frames import Frame
from .metrics import counted
from .queries import Changes, Cursor, Snapshot
from .ring import Ring
from .sockets import RESTART

if TYPE_CHECKING:
    from .sockets import Fileno, Socket

# After so many frames, see which listeners owe us too many acknowledgements.
SWEEP_EVERY = 32
# Where a whole event's streams were made anew, its phones do not come back in step.
AWAY_SECONDS = 1.0


class Channel:
    __slots__ = ("alias", "answers", "clean", "closed", "epoch", "expected", "head", "name", "others", "ring", "sent")

    def __init__(self, name: str) -> None:
        self.name = name
        self.alias = streams.alias(name)
        self.epoch = ""
        self.head = -1  # not read yet
        self.closed = False
        self.ring = Ring()
        # What those who ask from a place get (None: from nowhere), valid while the head stays where it is.
        self.answers: dict[int | None, Sequence[Frame]] = {}
        # Listeners whose transport holds nothing back, with their bound `fileno`; and all others.
        self.clean: dict[Socket, Fileno] = {}
        self.others: set[Socket] = set()
        self.sent = 0
        self.expected = 0

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.epoch, self.head)

    @property
    def is_idle(self) -> bool:
        return not (self.clean or self.others or self.expected)

    def sockets(self) -> Iterator[Socket]:
        yield from tuple(self.clean)
        yield from tuple(self.others)

    def place(self, cursor: Cursor) -> int | None:
        """Under which key of `answers` a listener's cursor falls."""
        return cursor.since if cursor.epoch == self.epoch and self.head >= 0 else None

    def answer(self, cursor: Cursor) -> Sequence[Frame] | None:
        """The frames that bring a listener to the head; None where storage must be asked. Refuses `not_here`."""
        if self.closed:
            raise self.farewell()
        if self.head < 0:
            return None
        place = self.place(cursor)
        if place == self.head:
            return ()
        if place is not None and (kept := self.ring.after(place)) is not None:
            return kept
        return self.answers.get(place)

    def learn(self, cursor: Cursor, news: Snapshot | Changes) -> bool:
        """Keep what storage said for newcomers; False where it is of another epoch or older than what was sent."""
        if news.closed:
            self.closed = True
        if self.head < 0:
            self.epoch, self.head = news.epoch, news.version
        if news.epoch != self.epoch or news.version < self.head:
            return False
        nothing_new = isinstance(news, Changes) and news.version == news.since
        self.answers[self.place(cursor)] = () if nothing_new else (self.frame(news),)
        return True

    def advance(self, news: Snapshot | Changes) -> None:
        """Take what the reader read from our cursor on, and send it to everybody."""
        if news.closed:
            self.close()
        elif isinstance(news, Snapshot):
            self.restart(news)
        elif news.epoch == self.epoch and news.since <= self.head < news.version:
            frame = self.frame(news)
            self.head = news.version
            self.answers.clear()
            self.ring.add(news.since, frame)
            self.push(frame)

    def restart(self, news: Snapshot) -> None:
        had_begun = self.epoch != ""
        self.epoch, self.head = news.epoch, news.version
        self.ring.clear()
        if self.alias == "me" and had_begun:
            self.answers.clear()
            return self.send_away()
        frame = self.frame(news)
        self.answers = {None: (frame,)}
        return self.push(frame)

    def send_away(self) -> None:
        """A personal stream begins anew where it has passed into other hands: whose these are is judged at a hello."""
        for socket in self.sockets():
            with translation.override(socket.language):
                message = _("This screen comes back by itself.")
            socket.write(frames.goodbye("begun_anew", message, random.uniform(0, AWAY_SECONDS)))
            socket.close(RESTART, "begun_anew")

    def close(self) -> None:
        """Storage says that this stream is closed for ever: so are its sockets."""
        self.closed = True
        for socket in self.sockets():
            with translation.override(socket.language):
                socket.refuse(self.farewell())

    def farewell(self) -> Refusal:
        """Why nothing more comes here: a personal stream ends with a right, a shared one with its event."""
        if self.alias == "me":
            return Refusal("not_here", _("You are no longer part of this event."), status=404)
        return Refusal("erased", _("This event is over. Everything typed at it has been erased."), status=410)

    def frame(self, news: Snapshot | Changes) -> Frame:
        return frames.snapshot(self.alias, news) if isinstance(news, Snapshot) else frames.changes(self.alias, news)

    def push(self, frame: Frame) -> None:
        """Write one ready frame to every listener. No phone is waited for."""
        self.sent += 1
        wire = frame.wire
        size = len(wire)
        stumbled: list[tuple[Socket, int]] = []
        if send is not None:
            for socket, fileno in self.clean.items():
                # Asked each time: what was closed says -1, and its number may be another's by now.
                done = send(fileno(), wire, size, 0)
                if done != size:
                    stumbled.append((socket, done))
        counted.frames += len(self.clean) + len(self.others)
        for socket in tuple(self.others):
            socket.pass_on(frame)
        # Last, since who stumbles becomes one of the others.
        for socket, done in stumbled:
            socket.stumble(frame, done)
        if self.sent % SWEEP_EVERY == 0:
            for socket in self.sockets():
                socket.close_if_too_slow()
