"""Many events in one process, each with words of its own in every free text: no byte of one reaches another."""

import io
import json
import re
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

from apps.core.codes import new_join_code
from tests.servers.daphne import Server
from tests.servers.people import Person

CANARY = re.compile(r"canary\d+x")
PROGRAMME = """
title = "{word} social"
subtitle = "{word} subtitle"
hosts = ["{word} announced"]
[about]
heading = "{word} heading"
tagline = "{word} tagline"
[[segments]]
kind = "icebreaker"
title = "{word} ice"
minutes = 5
instructions = "{word} instructions"
goal = "{word} goal"
prompts = ["{word} prompt"]
[[segments]]
kind = "group_exercise"
title = "{word} wall"
minutes = 5
headline = "{word} headline"
"""


@dataclass
class Gathering:
    word: str
    stage: str
    hana: Person
    ada: Person
    wall: str = ""

    def listen(self, stack: ExitStack) -> list[Any]:
        """A phone, a console and a stage, connected until the end."""
        token = self.stage.split("/")[-2]
        return [hello(stack, self.ada), hello(stack, self.hana), hello(stack, self.ada, "stage", token)]

    def write(self) -> str:
        """Somebody's tip with its theme; where it is."""
        self.hana.press("start")
        programme = self.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]["programme"]
        segment = programme["segments"][1]["id"]
        self.hana.press("enter", segment=segment)
        self.wall = f"walls/{segment}/"
        told = self.ada.ask("POST", f"{self.wall}tips/", {"text": f"{self.word} tip", "signed": True})
        self.hana.ask("POST", f"{self.wall}themes/", {"name": f"{self.word} theme"}).raise_for_status()
        return str(told.raise_for_status().json()["tip"]["id"])

    def approve(self, tip: str) -> None:
        body = {"verb": "approve", "seen": f"{self.word} tip"}
        self.hana.ask("PUT", f"{self.wall}tips/{tip}/decision/", body).raise_for_status()

    def answers(self) -> list[str]:
        """Pages, answers, and what is taken home."""
        code, hana, ada = self.ada.code, self.hana.client, self.ada.client
        pages = [
            ada.get(path) for path in (f"/{code}/", f"/{code}/keepsake/", f"/{code}/keepsake/keepsake.md", self.stage)
        ]
        pages += [hana.get(f"/console/{code}/{page}") for page in ("", "report/?names=1")]
        pages += [self.ada.ask("GET", "snapshot/?as=phone"), self.hana.ask("GET", f"{self.wall}log/")]
        with zipfile.ZipFile(io.BytesIO(hana.get(f"/console/{code}/export.zip").raise_for_status().content)) as export:
            inside = [export.read(name).decode(errors="replace") for name in export.namelist()]
        return [*(page.raise_for_status().text for page in pages), "".join(inside)]


def hello(stack: ExitStack, person: Person, screen: str = "", token: str = "") -> Any:
    line = stack.enter_context(connect(person.address, **person.handshake))
    line.send(json.dumps({"type": "hello", "as": screen or person.screen, **({"token": token} if token else {})}))
    return line


def heard(line: Any, last: str) -> str:
    """Everything up to the frame with these words."""
    texts = [""]
    while last not in texts[-1]:
        texts.append(str(line.recv(timeout=60)))
    return "".join(texts)


def gather(server: Server, folder: Path, events: int) -> list[Gathering]:
    codes = [new_join_code() for _event in range(events)]
    words = [f"canary{number}x" for number in range(events)]
    for word in words:
        (folder / word).write_text(PROGRAMME.format(word=word))
    pairs = list(zip(codes, words, strict=True))
    commands = [
        ("load_programme", str(folder / word), "--code", code, "--host", f"{word} host") for code, word in pairs
    ]
    made = []
    for (code, word), printed in zip(pairs, server.manage(*commands), strict=True):
        _code, stage, link = printed.split()
        hana = Person(f"{word} host", server.base, code, "console").sign_in(link)
        ada = Person(f"{word} name", server.base, code).join(spot=f"{word} spot")
        made.append(Gathering(word, stage, hana, ada))
    return made


@pytest.mark.parametrize("events", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_no_byte_of_one_in_another(server: Server, tmp_path: Path, events: int) -> None:
    gatherings = gather(server, tmp_path, events)
    with ExitStack() as stack:
        lines = [one.listen(stack) for one in gatherings]
        tips = [one.write() for one in gatherings]
        for one, tip in zip(gatherings, tips, strict=True):
            one.approve(tip)
        for one, its in zip(gatherings, lines, strict=True):
            for line in its:
                assert set(CANARY.findall(heard(line, f"{one.word} tip"))) == {one.word}
    for one in gatherings:
        for answer in one.answers():
            assert set(CANARY.findall(answer)) == {one.word}
        one.hana.client.close()
        one.ada.client.close()
    assert not CANARY.search(server.log)
