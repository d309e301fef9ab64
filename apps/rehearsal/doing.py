"""All that one attendee does with a phone: each deed from the thought to the answer."""

import random
import time
from typing import Any

from .browser import UNHEARD
from .camera import picture
from .characters import CAPTIONS, RUDE, SPOTS, TEASERS, TIPS, TITLES, Cast
from .client import Client
from .marks import new_mark
from .pace import Pace

# As many addresses of pictures that wait as somebody tries who found them out.
PICTURES_TRIED = 3
# Rules that life may break in on: the bowl was closed, the draw was decided, the segment is over.
LATE = ("bowl_closed", "revealed", "called", "decided", "told", "not_told", "no_group", "not_here", "blocked", "ended")


class Doing:
    def __init__(self, cast: Cast, phone: Client, pace: Pace, chance: random.Random) -> None:
        self.cast, self.phone, self.pace, self.chance = cast, phone, pace, chance
        self.character, self.journal = cast.character, phone.journal
        # Of the attendee, once they have joined.
        self.id = ""

    async def join(self) -> bool:
        """Whether they were let in; a no is in the report already."""
        await self.phone.until_answered("GET", "", None, "")
        name, spot = self.mark("name"), self.mark("spot")
        remote = self.chance.random() < self.character.remote
        body = {
            "name": f"{self.cast.name} {name}",
            "remote": remote,
            "spot": f"{self.chance.choice(SPOTS)} {spot}",
        }
        answer = await self.phone.write("POST", "attendees/", body, taps=self.character.taps)
        for mark in (name, spot):
            self.judge_by(answer, mark)
        if answer is None:
            return False
        self.id = answer["attendee"]["id"]
        self.journal.people[self.phone.label] = self.id
        for mark in (name, spot):
            self.journal.typed[mark].owner = self.id
        return True

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

    async def leave(self) -> None:
        """Out of the door, or forgotten: then nothing of what was typed may stay."""
        if self.character.forgets:
            for one in self.journal.typed.values():
                if one.owner == self.id:
                    one.is_gone = True
            await self.phone.write("DELETE", "me/")
        else:
            await self.phone.write("PUT", "me/departure/")

    # Thinking and typing

    async def think(self) -> None:
        await self.pace.seconds(self.chance.uniform(*self.character.thinks))

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
