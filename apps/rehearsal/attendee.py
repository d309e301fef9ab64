"""One simulated attendee, from the door to the keepsake."""

import asyncio
import random
import time
from collections.abc import Coroutine
from typing import Any

from .camera import picture
from .characters import CAPTIONS, RUDE, SPOTS, TEASERS, TIPS, TITLES, Cast
from .client import UNHEARD, Client
from .marks import new_mark
from .pace import Pace
from .trolling import try_the_forbidden

# As many pictures as a phone has on its screen, and as many addresses as somebody tries who found them out.
PICTURES_SEEN, PICTURES_TRIED = 12, 3
# Rules that life may break in on: the bowl was closed, the draw was decided, the segment is over.
LATE = ("bowl_closed", "revealed", "called", "decided", "told", "not_told", "no_group", "not_here", "blocked", "ended")


class Attendee:
    def __init__(self, cast: Cast, phone: Client, pace: Pace) -> None:
        self.cast, self.phone, self.pace = cast, phone, pace
        self.character, self.journal = cast.character, phone.journal
        self.chance = random.Random(cast.seed)
        self.others = [
            Client(
                phone.http,
                phone.base,
                phone.code,
                phone.journal,
                phone.label,
                seed=f"{cast.seed} tab {number}",
                cookies=phone.cookies,
            )
            for number in range(1, cast.character.tabs)
        ]
        self.id = ""
        self.has_left = False
        self.is_in = asyncio.Event()
        self.begun: set[object] = set()
        self.tasks: list[asyncio.Task[None]] = []
        # Those of them that last the whole evening: listening, and coming and going with the network.
        self.standing: set[asyncio.Task[None]] = set()
        self.riding: asyncio.Task[None] | None = None
        phone.slow_seconds = cast.character.slow_seconds
        self.has_camera = random.Random(f"{cast.seed} camera").random() < cast.character.takes_pictures

    @property
    def screens(self) -> list[Client]:
        return [self.phone, *self.others]

    # The way in and the way out

    async def attend(self) -> None:
        """Until cancelled; what is under way then is seen to by `finish`."""
        earliest, latest = self.character.arrives
        arrives = self.chance.uniform(earliest, latest)
        await (self.pace.until(arrives) if arrives > 0 else self.pace.minutes(arrives - earliest))
        await self.join()
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

    async def join(self) -> None:
        await self.phone.until_answered("GET", "", None, "")
        name, spot = self.mark("name"), self.mark("spot")
        remote = self.chance.random() < self.character.remote
        body = {
            "name": f"{self.cast.name} {name}",
            "remote": remote,
            "spot": f"{self.chance.choice(SPOTS)} {spot}",
        }
        answer = await self.phone.write("POST", "attendees/", body, taps=self.character.taps)
        if answer is None:
            raise RuntimeError(f"{self.cast.label} could not join")
        self.id = answer["attendee"]["id"]
        self.journal.people[self.phone.label] = self.id
        for mark in (name, spot):
            self.journal.typed[mark].owner = self.id
            self.journal.typed[mark].is_answered = True
        self.name = name

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
        await self.pace.until(minute)
        self.has_left = True
        # Whatever is still on its way arrives first, as in the phone's own outbox.
        while self.phone.outbox:
            await asyncio.sleep(0.05)
        # Nothing more is begun: who asks to be forgotten in the middle of voting is nobody at the next vote.
        for task in set(self.tasks) - self.standing:
            task.cancel()
        if self.character.forgets:
            for one in self.journal.typed.values():
                if one.owner == self.id:
                    one.is_gone = True
            await self.phone.write("DELETE", "me/")
        else:
            await self.phone.write("PUT", "me/departure/")

    def do(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        task.add_done_callback(self.note_failure)
        self.tasks.append(task)
        return task

    def note_failure(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            name = type(error).__name__
            self.journal.wrong("person_failed", f"something of a simulated person failed: {error!r}", name)

    def once(self, what: object, task: Coroutine[Any, Any, None]) -> None:
        if what in self.begun or self.has_left:
            task.close()
        else:
            self.begun.add(what)
            self.do(task)

    # What a phone shows, and what is done about it

    def look(self) -> None:
        public, mine = self.phone.documents("public"), self.phone.documents("me")
        now = public.get("now")
        if not now or "programme" not in public:
            return
        kinds = {one["id"]: one["kind"] for one in public["programme"]["segments"]}
        segment = now["segment"] or ""
        kind = kinds.get(segment) if now["state"] == "live" else now["state"]
        if kind == "icebreaker" and mine.get("group", {}).get("state") == "seated":
            self.once(("found", mine["group"]["round"]), self.find())
        if kind == "open_mic":
            self.once(("slip", segment), self.sign_up(segment))
            frozen = public.get(f"bowl/{segment}", {}).get("frozen")
            if frozen:
                self.once(("stir", segment, frozen["number"]), self.stir(segment, frozen["number"]))
        for key, own in mine.items():
            if key.startswith("bowl/") and own["state"] == "called":
                self.once(("called", key, own["draw"]), self.answer_call(own["segment"], own["draw"]))
            elif key.startswith("bowl/") and own["state"] == "told":
                self.once(("title", key), self.give_title(own["segment"]))
            elif key.startswith("contacts/") and kind in ("closing", "ended") and own["state"] != "blocked":
                self.once(("offer", own["id"]), self.offer(own["id"]))
        if kind == "group_exercise":
            self.once(("tips", segment), self.write_tips(segment))
            if any(key.startswith("tips/") for key in public):
                self.once(("votes", segment), self.vote(segment))
        if kind == "closing" and self.takes_pictures(public["programme"], segment):
            self.once(("picture", segment), self.send_picture())
            for key in [key for key in public if key.startswith("pictures/")][:PICTURES_SEEN]:
                self.once(key, self.see(key))
        if kind == "ended":
            self.once("keepsake", self.take_home())

    async def think(self) -> None:
        await self.pace.seconds(self.chance.uniform(*self.character.thinks))

    async def find(self) -> None:
        await self.think()
        if self.chance.random() < self.character.finds:
            await self.phone.write("PUT", "me/group/found/", expected=LATE, taps=self.character.taps)

    async def sign_up(self, segment: str) -> None:
        await self.think()
        if self.chance.random() < self.character.signs_up:
            teaser = self.mark("teaser")
            body = {"teaser": f"{self.chance.choice(TEASERS)} {teaser}"}
            done = await self.phone.write(
                "PUT", f"bowls/{segment}/slips/mine/", body, expected=LATE, taps=self.character.taps
            )
            self.judge_by(done, teaser)

    async def stir(self, segment: str, number: int) -> None:
        await self.think()
        if self.chance.random() < self.character.signs_up:
            body = {"number": number, "digit": self.chance.randrange(10)}
            await self.phone.write(
                "PUT", f"bowls/{segment}/stirring/", body, expected=(*LATE, "not_frozen", "stirred_enough")
            )

    async def answer_call(self, segment: str, number: int) -> None:
        await self.pace.seconds(self.chance.uniform(2, 20))
        if self.chance.random() < self.character.accepts:
            await self.phone.write("PUT", f"bowls/{segment}/draws/{number}/acceptance/", expected=LATE)
        else:
            body = {"outcome": "passed"}
            await self.phone.write("PUT", f"bowls/{segment}/draws/{number}/outcome/", body, expected=LATE)

    async def give_title(self, segment: str) -> None:
        await self.think()
        title = self.mark("title")
        body = {"title": f"{self.chance.choice(TITLES)} {title}"}
        self.judge_by(await self.phone.write("PUT", f"bowls/{segment}/slips/mine/title/", body, expected=LATE), title)

    async def write_tips(self, segment: str) -> None:
        for _tip in range(self.chance.randint(*self.character.tips)):
            await self.think()
            words = RUDE if self.character.is_rude else TIPS
            signed = self.chance.random() < 0.3
            tip, began = self.mark("tip", is_signed=signed), time.monotonic()
            body = {"text": f"{self.chance.choice(words)} {tip}", "signed": signed}
            done = await self.phone.write(
                "POST", f"walls/{segment}/tips/", body, expected=LATE, taps=self.character.taps
            )
            self.judge_by(done, tip)
            if done:
                self.journal.press("a tip to moderate", done["tip"]["id"], began)

    async def vote(self, segment: str) -> None:
        for _vote in range(self.character.votes):
            await self.think()
            shown = [key.partition("/")[2] for key in self.phone.documents("public") if key.startswith("tips/")]
            if shown:
                await self.phone.write("PUT", f"walls/{segment}/tips/{self.chance.choice(shown)}/vote/", expected=LATE)

    async def offer(self, other: str) -> None:
        await self.think()
        if self.chance.random() < self.character.offers:
            line = self.mark("contact", to=other)
            self.journal.offer(self.id, other)
            done = await self.phone.write(
                "PUT", f"contacts/{other}/", {"contact": f"{line}@example.org"}, expected=LATE
            )
            self.judge_by(done, line)

    # Pictures

    def takes_pictures(self, programme: dict[str, Any], segment: str) -> bool:
        """Whether this is somebody with a camera, at a segment that wants to see pictures."""
        wanted = any(one["id"] == segment and one["options"].get("pictures") for one in programme["segments"])
        return wanted and self.has_camera

    async def send_picture(self) -> None:
        await self.think()
        caption, hidden = self.mark("caption"), self.mark("hidden")
        form, began = picture(self.chance, f"{self.chance.choice(CAPTIONS)} {caption}", hidden), time.monotonic()
        done = await self.phone.write("POST", "pictures/", form, expected=("full",), taps=self.character.taps)
        self.judge_by(done, caption)
        if done:
            self.journal.pictures.setdefault(done["picture"]["id"], False)
            self.journal.counts["pictures"] += 1
            self.journal.press("a picture to moderate", done["picture"]["id"], began)
        # Whoever finds out the address of one that still waits sees nothing.
        mine = done and done["picture"]["id"]
        waiting = [one for one, is_shown in self.journal.pictures.items() if one != mine and not is_shown]
        for other in waiting[-PICTURES_TRIED:]:
            if not self.journal.pictures[other]:
                answer = await self.phone.until_answered("GET", f"pictures/{other}/large/", None, "")
                self.journal.counts["forbidden calls"] += 1
                if answer.is_success and not self.journal.pictures[other]:
                    self.journal.leak("picture", f"a picture that waits was shown to {self.phone.label}")

    async def see(self, key: str) -> None:
        answer = await self.phone.until_answered("GET", f"{key}/small/", None, "")
        if not answer.is_success and answer.status_code != 404:
            status = str(answer.status_code)
            self.journal.wrong("picture", f"a picture could not be opened: {status}", status)

    async def take_home(self) -> None:
        await self.think()
        page = await self.phone.request("GET", f"/{self.phone.code}/keepsake/")
        if page.status_code != 200:
            self.journal.wrong("keepsake", f"a keepsake could not be opened: {page.status_code}", str(page.status_code))
        self.journal.counts["keepsakes"] += 1

    # Typing

    def mark(self, kind: str, **more: Any) -> str:
        mark = new_mark(self.chance)
        self.journal.type(mark, kind, self.id, **more)
        return mark

    def judge_by(self, answer: dict[str, Any] | None, mark: str) -> None:
        """What was refused was never typed; what was answered with a yes has to be there in the end."""
        if answer is None:
            self.journal.typed[mark].is_gone = True
        elif answer is UNHEARD:
            self.journal.typed[mark].is_unsure = True
        else:
            self.journal.typed[mark].is_answered = True
