"""The simulated host, who leads through the programme of an event as its console would."""

import random
import time
from typing import Any

from .client import Client
from .crew import until
from .marks import marks_in, new_mark
from .pace import Pace, minutes_of

# Real seconds, whatever the speed: what software and network may take.
PATIENCE = 15.0
MOST_DRAWS = 3


class Host:
    def __init__(self, console: Client, pace: Pace, seed: str) -> None:
        self.console, self.pace, self.journal = console, pace, console.journal
        self.chance = random.Random(f"{seed} host")
        # Which segment of the programme, from 1.
        self.number, self.doing, self.has_ended = 0, "before the start", False
        # The programme's minutes that are over, those of this segment, and when it was entered.
        self.passed, self.minutes, self.entered = 0.0, 0.0, 0.0

    @property
    def public(self) -> Any:
        return self.console.documents("public")

    async def lead(self) -> None:
        """From the start to the end; every segment takes its minutes, but no less than its work."""
        programme = self.public["programme"]["segments"]
        leads = {"icebreaker": self.break_ice, "open_mic": self.open_mic, "group_exercise": self.exercise}
        elapsed, whole = 0.0, sum(minutes_of(one) for one in programme)
        for self.number, segment in enumerate(programme, start=1):
            if self.number == 1:
                await self.press("start")
                self.pace.begin(whole)
            else:
                await self.press("next")
            self.doing, self.entered = segment["title"], time.monotonic()
            self.passed, self.minutes = elapsed, minutes_of(segment)
            if lead := leads.get(segment["kind"]):
                await lead(segment)
            elapsed += self.minutes
            await self.pace.until(elapsed)
        await self.press("end")
        self.doing, self.has_ended = "after the end", True

    @property
    def part(self) -> float:
        """How much of the programme is over, 0 to 1; a segment that takes too long stays short of its end."""
        whole = sum(minutes_of(one) for one in self.public["programme"]["segments"])
        here = (time.monotonic() - self.entered) * self.pace.speed / 60
        return (self.passed + min(here, 0.95 * self.minutes)) / whole

    async def press(self, verb: str, **more: Any) -> None:
        at, step = time.monotonic(), self.public["now"]["step"]
        self.journal.press("a move", step + 1, at)
        await self.console.write("POST", "moves/", {"verb": verb, "from_step": step, **more})
        if not await until(self.console, lambda: self.public["now"]["step"] > step, PATIENCE):
            self.journal.lose("deaf_console", f"the console never heard of its own press ({verb})")

    # The icebreaker

    async def break_ice(self, segment: dict[str, Any]) -> None:
        prompts = segment["prompts"] or [None]
        for number in range(len(prompts)):
            if number:
                await self.press("next_prompt")
            await self.open_round()
            if number == 1:
                await self.press("pause")
                await self.pace.seconds(20)
                await self.press("resume")
            await self.pace.minutes(0.9 * self.minutes / len(prompts))

    async def open_round(self) -> None:
        after = self.public.get("round", {}).get("number", 0)
        end = time.monotonic() + PATIENCE
        while True:
            at = time.monotonic()
            done = await self.console.write("POST", "rounds/", {"after": after}, expected=("too_few",))
            if done is not None or time.monotonic() > end:
                break
            # Whoever has just come counts as present a moment later.
            await self.pace.seconds(60)
        if done is None:
            self.journal.wrong("no_round", "a round could not be opened: too few people are present")
            return
        number = after + 1
        await until(self.console, lambda: self.public.get("round", {}).get("number", 0) >= number, PATIENCE)
        ident = self.public["round"]["id"]
        self.journal.press("a round, to all", ident, at)
        self.journal.press("one's own group", ident, at)
        self.journal.counts["rounds"] += 1

    # Open-mics

    async def open_mic(self, segment: dict[str, Any]) -> None:
        bowl, mark = segment["id"], new_mark(self.chance)
        # Somebody without a phone: the one write of an evening that would show twice if it was done twice.
        self.journal.type(mark, "slip", "")
        await self.console.write("POST", f"bowls/{bowl}/slips/", {"name": f"Somebody without a phone {mark}"}, taps=2)
        self.journal.typed[mark].is_answered = True
        await self.pace.minutes(3)
        story = float(segment["options"].get("story_minutes") or 4)
        for number in range(1, MOST_DRAWS + 1):
            if number == 2:
                await self.console.write("PUT", f"bowls/{bowl}/list/", {"after": 1}, expected=("bowl_empty",))
                await self.pace.minutes(0.5)
            if not await self.draw(bowl, number, story):
                return

    def drawn(self, bowl: str, number: int) -> dict[str, Any]:
        draws = self.public.get(f"bowl/{bowl}", {}).get("draws", ())
        return next((one for one in draws if one["number"] == number), {})

    async def draw(self, bowl: str, number: int, story: float) -> bool:
        """Call a name and hear a story, if there is one; False once the bowl is empty."""
        self.journal.press("a name called", f"{bowl}/{number}", time.monotonic())
        body: dict[str, Any] = {"after": number - 1}
        if self.public.get(f"bowl/{bowl}", {}).get("frozen"):
            body["beacon"] = "three claps and a laugh"
        done = await self.console.write("POST", f"bowls/{bowl}/draws/", body, expected=("bowl_empty",))
        if done is None:
            return False
        self.journal.drawn |= marks_in(done["draw"]["name"] or "")
        self.journal.counts["draws"] += 1
        await until(self.console, lambda: self.drawn(bowl, number), PATIENCE)
        draw = f"bowls/{bowl}/draws/{number}"
        await until(self.console, lambda: self.is_decided(bowl, number), 1.5 + 90 / self.pace.speed)
        if not self.is_decided(bowl, number) and self.drawn(bowl, number)["outcome"] == "called":
            body = {"outcome": "no_show"} if number > 1 else {"outcome": "passed", "keep": True}
            await self.console.write("PUT", f"{draw}/outcome/", body, expected=("decided",))
            return True
        if self.drawn(bowl, number).get("accepted_at"):
            await self.console.write("PUT", f"{draw}/turn/", expected=("decided",))
            await self.pace.minutes(story / 2)
            await self.console.write("POST", f"{draw}/turn/extensions/")
            await self.pace.minutes(story / 2)
            await self.console.write("DELETE", f"{draw}/turn/", expected=("decided",))
            self.journal.counts["stories"] += 1
        return True

    def is_decided(self, bowl: str, number: int) -> bool:
        one = self.drawn(bowl, number)
        return bool(one.get("accepted_at") or one.get("outcome") in ("passed", "withdrawn"))

    # The group exercise

    async def exercise(self, segment: dict[str, Any]) -> None:
        wall, mark = segment["id"], new_mark(self.chance)
        await self.pace.minutes(self.minutes * 0.6)
        self.journal.type(mark, "theme", "")
        await self.console.write("POST", f"walls/{wall}/themes/", {"name": f"Kindness {mark}"}, taps=2)
        self.journal.typed[mark].is_answered = True
        groups = self.console.documents("crew").get(f"suggestions/{wall}", {}).get("groups", ())
        for group in groups[:3]:
            if group["theme"] is None:
                await self.console.write(
                    "PUT", f"walls/{wall}/suggestions/{group['id']}/", {}, expected=("not_here", "theme_exists")
                )
        await self.console.write("PUT", f"walls/{wall}/", {"themes_on_stage": True})
        await self.pace.minutes(self.minutes * 0.3)
