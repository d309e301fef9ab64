"""The founding event at its icebreaker, and its guests' phones, which must agree with each other."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.servers import people
from tests.servers.chromium import Screens
from tests.servers.daphne import ROOT, Server
from tests.servers.people import Evening, Person

SIZE = "group_size = { smallest = 2, largest = 3 }\n"
LINK = 'video_link = "https://meet.example/{room}"\nround_minutes = 5\nnames_on_stage = true\n'


@dataclass
class Party:
    """The founding event at its icebreaker, with a video address and five minutes a round."""

    evening: Evening
    screens: Screens
    console: Page
    guests: list[Person] = field(default_factory=list)
    persons: dict[str, Person] = field(default_factory=dict)
    phones: dict[str, Page] = field(default_factory=dict)

    def arrive(self, *names: str, remote: bool = False) -> None:
        for name in names:
            known = {"Ada": self.evening.ada, "Ben": self.evening.ben}.get(name)
            self.persons[name] = known or self.guest(name, remote=remote)
            self.look_in(name)

    def guest(self, name: str, **more: Any) -> Person:
        self.guests.append(Person(name, self.evening.server.other, self.evening.code).join(**more))
        return self.guests[-1]

    def look_in(self, name: str) -> Page:
        self.phones[name] = page = self.screens.open(f"/{self.evening.code}/", self.persons[name])
        expect(page.get_by_role("heading", name="Icebreaker")).to_be_visible()
        return page

    def open_round(self) -> None:
        """By the console's key."""
        with self.console.expect_response(re.compile(r"/rounds/$")) as answer:
            self.console.keyboard.press("r")
        assert answer.value.status == 201, answer.value.text()

    def next_prompt(self, number: int) -> None:
        self.console.keyboard.press("ArrowRight")
        expect(self.console.locator(".now-card h1")).to_have_text(f"Icebreaker · Q{number}")
        expect(self.console.locator(".pressed")).to_have_count(0)

    def documents(self, name: str) -> dict[str, Any]:
        """What the server would tell this phone if it loaded now."""
        answer = self.persons[name].ask("GET", "snapshot/?as=phone")
        return answer.raise_for_status().json()["streams"]["me"]["documents"]

    def beside(self, name: str) -> set[str]:
        return {one["name"] for one in self.documents(name)["group"]["members"] if not one["gone"]}

    def report(self) -> dict[str, Any]:
        streams = self.evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]
        return streams["crew"]["documents"]["round_report"]

    def groups(self) -> set[frozenset[str]]:
        """Who sits together according to the phones' own documents; they must agree with each other."""
        mine = {name: self.documents(name).get("group") or {} for name in self.persons}
        seated = {name: group for name, group in mine.items() if group.get("state") == "seated"}
        told = {name: frozenset({name, *self.beside(name)}) for name in seated}
        for group in told.values():
            assert {told[one] for one in group} == {group}
            assert len({str(seated[one]["sign"]) + seated[one]["link"] for one in group}) == 1
        return set(told.values())

    def everybody_sees_their_group(self) -> set[frozenset[str]]:
        """Each open phone shows exactly the people and the sign of its owner's group."""
        groups = self.groups()
        for group in groups:
            for name in group & self.phones.keys():
                sees(self.phones[name], group - {name}, self.documents(name)["group"]["sign"]["number"])
        return groups


def sees(page: Page, names: set[str] | frozenset[str], number: int) -> None:
    for name in names:
        expect(page.locator(".members strong").filter(has_text=name)).to_be_visible()
    expect(page.locator(".members .person")).to_have_count(len(names))
    expect(page.locator(".my-group .sign .figures")).to_have_text(str(number))


@pytest.fixture
def gathering(server: Server, screens: Screens, tmp_path: Path) -> Iterator[Callable[..., Party]]:
    begun: list[Party] = []

    def made(**options: Any) -> Party:
        programme = (ROOT / people.FOUNDING).read_text()
        assert SIZE in programme
        (tmp_path / "programme.toml").write_text(programme.replace(SIZE, SIZE + LINK, 1))
        evening = people.evening(server, str(tmp_path / "programme.toml"))
        evening.hana.press("start")
        console = screens.open(f"/console/{evening.code}/", evening.hana, "console", **options)
        expect(console.get_by_role("button", name="Open a round")).to_be_visible()
        begun.append(Party(evening, screens, console))
        return begun[-1]

    yield made
    for party in begun:
        for guest in party.guests:
            guest.client.close()
        party.evening.close()
