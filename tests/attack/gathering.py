"""A whole evening of four people, over the API and the live protocol: every text that they give carries its word."""

import asyncio
import hashlib
import io
import json
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import httpx
from PIL import Image

from apps.rehearsal.browser import Form
from apps.rehearsal.client import Client
from apps.rehearsal.crew import accept, sign_in
from apps.rehearsal.journal import Ear, Journal
from tests.roles.asking import filled
from tests.roles.table import declared, is_granted

CANARY = re.compile(r"canary\d+x")
ID = re.compile(r'"id": ?"(\w{12})"')
# The same for everybody at every event, and half a second each.
DESCRIPTIONS = ("/api/v1/schema/", "/api/v1/docs/")
QUESTIONS = [row for row in declared() if row.method == "GET" and row.path not in DESCRIPTIONS]

PROGRAMME = """
title = "WORD social"
subtitle = "WORD subtitle"
hosts = ["WORD announced"]
timezone = "Europe/Vienna"
starts_on = 2026-05-11
[about]
heading = "WORD heading"
tagline = "WORD tagline"
points = ["WORD point"]
audience_heading = "WORD for whom"
audience = "WORD audience"
audience_points = ["WORD guests"]
[[segments]]
kind = "icebreaker"
title = "WORD ice"
minutes = 5
instructions = "WORD instructions"
goal = "WORD goal"
video_link = "https://example.org/WORD-{room}"
prompts = ["WORD prompt"]
[[segments]]
kind = "open_mic"
title = "WORD stories"
minutes = 5
[[segments]]
kind = "group_exercise"
title = "WORD wall"
minutes = 5
headline = "WORD headline"
themes = ["WORD first theme"]
[[segments]]
kind = "closing"
title = "WORD end"
minutes = 0
pictures = true
links = [{ label = "WORD link", url = "https://example.org/WORD" }]
"""


class Heard(Journal):
    """Every text that anybody of one event is given, searched as it comes."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        # By who is given it: each word, and where it was heard first.
        self.words: dict[str, dict[str, str]] = defaultdict(dict)
        # Ids of things, and prints of pictures.
        self.things: set[str] = set()

    def hear(self, ear: Ear, text: str, where: str, marks: frozenset[str] | None = None) -> None:
        self.counts["texts"] += 1
        self.counts["bytes"] += len(text)
        for word in CANARY.findall(text):
            self.words[ear.label].setdefault(word, where)
        self.things.update(ID.findall(text))


@dataclass
class Gathering:
    word: str
    code: str
    http: httpx.AsyncClient
    base: str
    stage_token: str
    sign_in_address: str
    # Each is drawn anew in a process of its own, and most evenings do without.
    has_pictures: bool
    words: dict[str, str] = field(default_factory=dict)
    step: int = 0

    def __post_init__(self) -> None:
        self.heard = Heard(self.code)
        self.ada, self.ben, self.hana, self.mo = (
            self.client(label, screen)
            for label, screen in (("Ada", "phone"), ("Ben", "phone"), ("Hana", "console"), ("Mo", "console"))
        )
        self.stage = self.client("Stage", "stage", self.stage_token)
        self.words |= {"CODE": self.code, "STAGE": self.stage_token, "DRAW": "1", "you": self.word}

    def client(self, label: str, screen: str, token: str = "") -> Client:
        return Client(self.http, self.base, self.code, self.heard, label, screen=screen, token=token)

    @property
    def screens(self) -> list[Client]:
        return [self.ada, self.ben, self.hana, self.mo, self.stage]

    @property
    def have_ended(self) -> bool:
        """Whether every screen has heard of the end."""
        return all(one.documents("public")["now"]["state"] == "ended" for one in self.screens)

    async def begin(self) -> list[asyncio.Task[None]]:
        """Everybody is there; what follows the event until it is cancelled."""
        await sign_in(self.hana, self.sign_in_address)
        invited = await self.said(self.hana, "POST", "crew/invitations/", {"role": "moderator"})
        await self.said(self.hana, "POST", "crew/invitations/", {"role": "host"})
        await accept(self.mo, invited["link"], f"{self.word} moderator")
        for phone in (self.ada, self.ben):
            await phone.request("GET", phone.api)
            body = {"name": f"{self.word} {phone.label}", "spot": f"{self.word} spot"}
            joined = await self.said(phone, "POST", "attendees/", body)
            self.words[phone.label.upper()] = joined["attendee"]["id"]
        lines = [asyncio.create_task(one.listen()) for one in self.screens]
        for one in self.screens:
            await asyncio.wait_for(one.connected.wait(), 60)
        public = self.hana.documents("public")
        self.step, segments = public["now"]["step"], public["programme"]["segments"]
        self.words |= dict(zip(("ICEBREAKER", "BOWL", "WALL", "CLOSING"), (one["id"] for one in segments), strict=True))
        return lines

    async def said(self, who: Client, method: str, path: str, body: object = None) -> dict[str, Any]:
        told = await who.write(method, path, body)
        assert told is not None, (method, path, self.heard.faults.counts)
        return told

    async def press(self, verb: str) -> None:
        told = await self.said(self.hana, "POST", "moves/", {"verb": verb, "from_step": self.step})
        self.step = told["now"]["step"]

    async def meet(self) -> None:
        await self.press("start")
        await self.said(self.hana, "POST", "rounds/", {"after": 0})
        await self.said(self.ada, "PUT", "me/group/found/")

    async def tell(self) -> None:
        """Ada's story is drawn from an open bowl, and Ben is called from a list that is fixed and stirred."""
        await self.press("next")
        bowl = f"bowls/{self.words['BOWL']}/"
        await self.said(self.ada, "PUT", f"{bowl}slips/mine/", {"teaser": f"{self.word} teaser"})
        await self.said(self.hana, "POST", f"{bowl}draws/", {"after": 0})
        await self.said(self.ada, "PUT", f"{bowl}draws/1/turn/")
        await self.said(self.ada, "DELETE", f"{bowl}draws/1/turn/")
        await self.said(self.ada, "PUT", f"{bowl}slips/mine/title/", {"title": f"{self.word} title"})
        body = {"name": f"{self.word} guest", "teaser": f"{self.word} hint"}
        await self.said(self.mo, "POST", f"{bowl}slips/", body)
        await self.said(self.hana, "PUT", f"{bowl}list/", {"after": 1})
        await self.said(self.ben, "PUT", f"{bowl}stirring/", {"number": 2, "digit": 7})
        await self.said(self.hana, "POST", f"{bowl}draws/", {"after": 1, "beacon": f"{self.word} beacon"})
        await self.said(self.hana, "PUT", f"{bowl}draws/2/outcome/", {"outcome": "no_show"})

    async def write(self) -> None:
        """Tips of every fate, and what the crew says and makes of them."""
        await self.press("next")
        wall = f"walls/{self.words['WALL']}/"

        async def tip(who: Client, text: str) -> str:
            written = await self.said(who, "POST", f"{wall}tips/", {"text": f"{self.word} {text}", "signed": True})
            return str(written["tip"]["id"])

        async def decide(one: str, **body: object) -> None:
            await self.said(self.mo, "PUT", f"{wall}tips/{one}/decision/", body)

        meet, often, kind, rude, withdrawn, _waiting = [
            await tip(who, text)
            for who, text in (
                (self.ada, "meet every week"),
                (self.ada, "a weekly meeting"),
                (self.ben, "be kind"),
                (self.ben, "be rude"),
                (self.ben, "taken back"),
                (self.ada, "waits"),
            )
        ]
        await self.said(self.ben, "DELETE", f"{wall}tips/{withdrawn}/")
        await self.said(self.mo, "PUT", f"{wall}tips/{kind}/wording/", {"text": f"{self.word} be very kind"})
        await self.said(self.mo, "POST", f"{wall}approvals/", {"tips": [meet, often]})
        await decide(kind, verb="approve")
        await decide(kind, verb="take_down")
        await decide(rude, verb="decline", reason="unkind", words=f"{self.word} no")
        theme = await self.said(self.mo, "POST", f"{wall}themes/", {"name": f"{self.word} theme", "tips": [meet]})
        await self.said(self.mo, "PATCH", f"{wall}themes/{theme['theme']['id']}/", {"name": f"{self.word} kindness"})
        await self.said(self.ben, "PUT", f"{wall}tips/{often}/vote/")
        await self.said(self.mo, "PUT", f"{wall}tips/{often}/pin/")

    async def edit(self) -> None:
        programme = json.loads((await self.hana.request("GET", f"{self.hana.api}programme/")).text)
        body = {"version": programme["version"], "programme": programme["programme"]}
        body["programme"]["subtitle"] = f"{self.word} edited"
        await self.said(self.hana, "PUT", "programme/", body)

    async def part(self) -> None:
        await self.press("next")
        for giver, taker in ((self.ada, "BEN"), (self.ben, "ADA")):
            line = {"contact": f"{self.word}@example.org"}
            await self.said(giver, "PUT", f"contacts/{self.words[taker]}/", line)
        if self.has_pictures:
            self.words |= {"SHOWN": await self.picture("shown"), "PICTURE": await self.picture("waiting")}
            await self.said(self.mo, "PUT", f"pictures/{self.words['SHOWN']}/decision/", {"verb": "approve"})
        await self.said(self.ada, "PUT", "me/handover/")
        await self.press("end")

    async def picture(self, caption: str) -> str:
        drawn, colour = io.BytesIO(), hashlib.sha256(f"{self.word} {caption}".encode()).hexdigest()[:6]
        Image.new("RGB", (320, 240), f"#{colour}").save(drawn, "JPEG")
        fields = {"caption": f"{self.word} {caption}", "consent": "true", "signed": "true"}
        sent = await self.said(self.ada, "POST", "pictures/", Form(fields, ("a.jpg", drawn.getvalue(), "image/jpeg")))
        return str(sent["picture"]["id"])

    async def share(self) -> str:
        """The token of the keepsake that everybody may open."""
        headers = {
            "Origin": self.base,
            "Referer": self.base + "/",
            "X-CSRFToken": self.hana.cookies.get("csrftoken", ""),
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.hana.cookies.items()),
        }
        await self.http.post(f"{self.base}/{self.code}/keepsake/sharing/", data={"do": "share"}, headers=headers)
        page = await self.hana.request("GET", f"/{self.code}/keepsake/")
        return page.text.split('href="/keepsake/')[1].split("/")[0]

    async def look_around(self) -> None:
        """All that Ada or Hana may read: every GET of tests/roles/routes.txt, the export unpacked."""
        self.words["SHARED"] = await self.share()
        for row in QUESTIONS:
            if not self.words.keys() >= set(row.words):
                continue
            for who, role in ((self.ada, "attendee"), (self.hana, "host")):
                if is_granted(row.answer(role)):
                    answer = await who.request("GET", filled(row.path, self.words))
                    assert str(answer.status_code) == row.answer(role), (row.path, answer.text)
                    self.keep_print(who, answer)

    def keep_print(self, who: Client, answer: httpx.Response) -> None:
        kind = answer.headers.get("Content-Type", "")
        if kind == "image/jpeg":
            self.heard.things.add(hashlib.sha256(answer.content).hexdigest())
        if kind == "application/zip":
            with zipfile.ZipFile(io.BytesIO(answer.content)) as export:
                for name in export.namelist():
                    self.heard.hear(who.ear, export.read(name).decode(errors="replace"), name)
