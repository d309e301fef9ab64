"""One simulated attendee, from the door to the keepsake: comes, looks at the phone, does what it asks for, leaves."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

from .characters import Cast
from .client import Client
from .doing import Doing
from .pace import Pace
from .trolling import try_the_forbidden

# As many as a phone has on its screen.
PICTURES_SEEN = 12


class Attendee:
    def __init__(self, cast: Cast, phone: Client, pace: Pace) -> None:
        self.cast, self.phone, self.pace = cast, phone, pace
        self.character, self.journal = cast.character, phone.journal
        self.chance = random.Random(cast.seed)
        self.doing = Doing(cast, phone, pace, self.chance)
        self.screens = [phone, *(tab(phone, f"{cast.seed} tab {number}") for number in range(1, cast.character.tabs))]
        self.is_in = asyncio.Event()
        self.has_left = False
        self.begun: set[object] = set()
        self.tasks: list[asyncio.Task[None]] = []
        # Those of them that last the whole evening: listening, and coming and going with the network.
        self.standing: set[asyncio.Task[None]] = set()
        self.riding: asyncio.Task[None] | None = None
        phone.slow_seconds = cast.character.slow_seconds
        self.has_camera = random.Random(f"{cast.seed} camera").random() < cast.character.takes_pictures

    @property
    def id(self) -> str:
        return self.doing.id

    async def attend(self) -> None:
        """Until cancelled; what is under way then is seen to by `finish`."""
        earliest, latest = self.character.arrives
        arrives = self.chance.uniform(earliest, latest)
        await (self.pace.until_like(arrives) if arrives > 0 else self.pace.minutes(arrives - earliest))
        if not await self.doing.join():
            self.has_left = True
            return
        for screen in self.screens:
            self.standing.add(self.do(screen.listen()))
        await self.phone.connected.wait()
        self.is_in.set()
        if self.character.offline:
            self.riding = self.do(self.ride(*self.character.offline))
            self.standing.add(self.riding)
        if self.character.leaves:
            self.standing.add(self.do(self.leave(self.chance.uniform(*self.character.leaves))))
        if self.character.is_rude:
            self.do(try_the_forbidden(self.phone))
        while True:
            await self.phone.news.wait()
            self.phone.news.clear()
            self.look()

    # What the phone shows, and what is done about it

    def look(self) -> None:
        public, mine = self.phone.documents("public"), self.phone.documents("me")
        now = public.get("now")
        if not now or "programme" not in public:
            return
        kinds = {one["id"]: one["kind"] for one in public["programme"]["segments"]}
        segment = now["segment"] or ""
        kind = kinds.get(segment) if now["state"] == "live" else now["state"]
        if kind == "icebreaker" and mine.get("group", {}).get("state") == "seated":
            self.once(("found", mine["group"]["round"]), self.doing.find())
        if kind == "open_mic":
            self.once(("slip", segment), self.doing.sign_up(segment))
            frozen = public.get(f"bowl/{segment}", {}).get("frozen")
            if frozen:
                self.once(("stir", segment, frozen["number"]), self.doing.stir(segment, frozen["number"]))
        for key, own in mine.items():
            if key.startswith("bowl/") and own["state"] == "called":
                self.once(("called", key, own["draw"]), self.doing.answer_call(own["segment"], own["draw"]))
            elif key.startswith("bowl/") and own["state"] == "told":
                self.once(("title", key), self.doing.give_title(own["segment"]))
            elif key.startswith("contacts/") and kind in ("closing", "ended") and own["state"] != "blocked":
                self.once(("offer", own["id"]), self.doing.offer(own["id"]))
        if kind == "group_exercise":
            self.once(("tips", segment), self.doing.write_tips(segment))
            if any(key.startswith("tips/") for key in public):
                self.once(("votes", segment), self.doing.vote(segment))
        if kind == "closing" and self.takes_pictures(public["programme"], segment):
            self.once(("picture", segment), self.doing.send_picture())
            for key in [key for key in public if key.startswith("pictures/")][:PICTURES_SEEN]:
                self.once(key, self.doing.see(key))
        if kind == "ended":
            self.once("keepsake", self.doing.take_home())

    def takes_pictures(self, programme: dict[str, Any], segment: str) -> bool:
        """Whether this is somebody with a camera, at a segment that wants to see pictures."""
        wanted = any(one["id"] == segment and one["options"].get("pictures") for one in programme["segments"])
        return wanted and self.has_camera

    def once(self, what: object, deed: Coroutine[Any, Any, None]) -> None:
        if what in self.begun or self.has_left:
            deed.close()
        else:
            self.begun.add(what)
            self.do(deed)

    def do(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        task.add_done_callback(self.note_failure)
        self.tasks.append(task)
        return task

    def note_failure(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            name = type(error).__name__
            self.journal.wrong("person_failed", f"something of a simulated person failed: {error!r}", name)

    # Losing the network, and leaving

    async def ride(self, between: float, tunnel: float) -> None:
        """In and out of the network; whoever sleeps has no more of it than who sits in a train."""
        while True:
            await self.pace.minutes(between * self.chance.uniform(0.5, 1.5))
            for screen in self.screens:
                screen.drop()
            await self.pace.minutes(tunnel * self.chance.uniform(0.5, 1.5))
            for screen in self.screens:
                screen.wake()

    def arrive_home(self) -> None:
        """The last tunnel is behind them."""
        if self.riding:
            self.riding.cancel()
        for screen in self.screens:
            screen.wake()

    async def leave(self, minute: float) -> None:
        await self.pace.until_like(minute)
        self.has_left = True
        # Whatever is still on its way arrives first, as in the phone's own outbox.
        while self.phone.outbox:
            await asyncio.sleep(0.05)
        # Nothing more is begun: who asks to be forgotten in the middle of voting is nobody at the next vote.
        for task in set(self.tasks) - self.standing:
            task.cancel()
        await self.doing.leave()


def tab(phone: Client, seed: str) -> Client:
    """Another one in the same browser."""
    return Client(phone.http, phone.base, phone.code, phone.journal, phone.label, seed=seed, cookies=phone.cookies)
