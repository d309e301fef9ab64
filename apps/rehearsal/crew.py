"""A simulated member of the crew: how they come in, and how a moderator decides on tips."""

import asyncio
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .characters import RUDE
from .client import Client
from .faults import CannotBegin
from .marks import marks_in
from .pace import Pace

# Every so-maniest tip or picture is never decided on: whatever is heard of it is a leak.
LEFT_WAITING, PICTURES_LEFT = 9, 3
# As a console does: what the server decides in one request.
MOST_AT_ONCE = 500


async def sign_in(client: Client, address: str) -> None:
    """Follow a one-time sign-in address and press its button."""
    given = parse_qs(urlsplit(address).query)
    await client.request("GET", f"/sign-in/?{urlsplit(address).query}")
    body = {"token": given.get("token", [""])[0], "next": given.get("next", ["/console/"])[0]}
    headers = {
        "Origin": client.base,
        "Referer": client.base + "/",
        "X-CSRFToken": client.cookies.get("csrftoken", ""),
        "Cookie": "; ".join(f"{name}={value}" for name, value in client.cookies.items()),
    }
    answer = await client.http.post(f"{client.base}/sign-in/", data=body, headers=headers)
    client.cookies.update(answer.cookies)
    if "crew" not in client.cookies:
        raise CannotBegin("address_used")


async def accept(client: Client, link: str, name: str) -> None:
    """Become crew by an invitation, as whoever opens its page does."""
    await client.request("GET", "/invitation/")
    body = {"token": link.rpartition("#")[2], "name": name}
    answer = await client.request("POST", "/api/v1/invitation/acceptance/", body)
    answer.raise_for_status()


class Moderator:
    """Decides on every tip and picture that waits: good ones go up, rude ones are declined, a few are left."""

    def __init__(self, console: Client, pace: Pace) -> None:
        self.console, self.pace, self.journal = console, pace, console.journal
        self.seen: set[str] = set()
        self.seen_pictures: set[str] = set()

    async def moderate(self) -> None:
        while True:
            await self.console.news.wait()
            self.console.news.clear()
            await self.pace.seconds(5)
            waiting = [one for key, one in self.console.documents("crew").items() if key.startswith("queue/")]
            await self.decide([one for one in waiting if one["id"] not in self.seen and one["state"] == "pending"])
            pictures = [one for key, one in self.console.documents("crew").items() if key.startswith("picture_queue/")]
            await self.look_at([one for one in pictures if one["id"] not in self.seen_pictures])

    async def decide(self, cards: list[dict[str, Any]]) -> None:
        good: dict[str, list[str]] = {}
        for card in cards:
            self.seen.add(card["id"])
            wall = f"walls/{card['segment']}"
            if any(words in card["text"] for words in RUDE):
                body = {"verb": "decline", "reason": "unkind"}
                await self.console.write("PUT", f"{wall}/tips/{card['id']}/decision/", body, expected=("not_here",))
            elif len(self.seen) % LEFT_WAITING:
                good.setdefault(wall, []).append(card["id"])
                self.show(card)
        for wall, tips in good.items():
            if len(tips) == 1:
                body = {"verb": "approve"}
                await self.console.write("PUT", f"{wall}/tips/{tips[0]}/decision/", body, expected=("not_here",))
            else:
                for first in range(0, len(tips), MOST_AT_ONCE):
                    portion = {"tips": tips[first : first + MOST_AT_ONCE]}
                    await self.console.write("POST", f"{wall}/approvals/", portion)

    async def look_at(self, cards: list[dict[str, Any]]) -> None:
        for card in cards:
            self.seen_pictures.add(card["id"])
            if len(self.seen_pictures) % PICTURES_LEFT:
                at = time.monotonic()
                self.journal.press("a picture shown", card["id"], at)
                self.journal.pictures[card["id"]] = True
                for mark in marks_in(card["caption"]) & self.journal.typed.keys():
                    self.journal.typed[mark].shown_at = at
                path = f"pictures/{card['id']}/decision/"
                await self.console.write("PUT", path, {"verb": "approve"}, expected=("not_here",))

    def show(self, card: dict[str, Any]) -> None:
        """From here on everybody may see it, and the name of who signed it."""
        at = time.monotonic()
        self.journal.press("a tip on the wall", card["id"], at)
        for mark in marks_in(card["text"]) & self.journal.typed.keys():
            tip = self.journal.typed[mark]
            tip.shown_at = tip.shown_at or at
            for one in self.journal.typed.values():
                if tip.is_signed and one.kind == "name" and one.owner == tip.owner:
                    one.shown_at = one.shown_at or at


async def until(console: Client, is_so: Any, seconds: float) -> bool:
    """Watch the console until something is so, but not for longer than that."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.05)
    return True
