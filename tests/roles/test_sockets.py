"""Every hello × every asker × their event, another one, or none, at a real server: as `sockets.txt` says."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.servers import people
from tests.servers.daphne import Server
from tests.servers.people import Evening, Person

from .asking import SIGNS
from .world import AT_ANOTHER_EVENT, WHO

TABLE = [
    line.split()
    for line in (Path(__file__).parent / "sockets.txt").read_text().splitlines()
    if line and not line.startswith("#")
]


@dataclass
class Cast:
    evening: Evening
    other: str
    askers: dict[str, Person]


@pytest.fixture(scope="module")
def cast(server: Server) -> Iterator[Cast]:
    """Somebody of each kind, with the cookies that their browsers have."""
    evening, elsewhere, third = (people.evening(server) for _event in range(3))
    rhea = Person("Rhea", server.other, evening.code).join()
    removed = rhea.ask("GET", "me/").json()["attendee"]["id"]
    assert evening.hana.ask("DELETE", f"attendees/{removed}/").status_code == 204
    (link,) = server.manage(("sign_in_link", evening.code, "Rob", "--role", "moderator"))
    rob = Person("Rob", server.base, evening.code, "console").sign_in(link.strip())
    server.manage(("revoke_crew", evening.code, "Rob"))
    nobody, stage = (Person(name, server.other, evening.code) for name in ("Nobody", "Stage"))
    # Accounts are found by their names, so that of two evenings Mo is one; Max is at the other alone.
    (link,) = server.manage(("sign_in_link", elsewhere.code, f"Max {elsewhere.code}", "--role", "moderator"))
    max_ = Person("Max", server.base, elsewhere.code, "console").sign_in(link.strip())
    askers = (nobody, evening.ada, elsewhere.ada, rhea, evening.mo, max_, rob, evening.hana, stage)
    other = third.code
    for member in ("Hana", "Mo"):
        server.manage(("revoke_crew", other, member))
    yield Cast(evening, other, dict(zip(WHO, askers, strict=True)))
    for one in (evening, elsewhere, third):
        one.close()
    for person in (rhea, rob, nobody, stage, max_):
        person.client.close()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_who_hears_what(cast: Cast, row: list[str]) -> None:
    screen, *answers = row
    wrong: list[str] = []
    for who, declared in zip(WHO, answers, strict=True):
        there = answers[WHO.index(AT_ANOTHER_EVENT[who])]
        own, other, none = (hello(cast, who, screen, code) for code in (cast.evening.code, cast.other, "QQQQQ"))
        tells_apart = there not in ("-", "in>")
        wanted = (declared, there, "-" if tells_apart else there)
        if (got := tuple(map(sign, (own, other, none)))) != wanted:
            wrong.append(f"{who}: {got}, declared {wanted}")
        if not tells_apart and other != none:
            wrong.append(f"{who}: another event and none are told apart, {other} and {none}")
    assert not wrong, "\n".join(wrong)


def hello(cast: Cast, who: str, screen: str, code: str) -> list[str]:
    """All that is said to a hello, until a heartbeat or the end, as the texts that came."""
    person = cast.askers[who]
    nothing = {"epoch": "", "since": 0}
    wanted = {"type": "hello", "as": screen, "streams": dict.fromkeys(("public", "crew", "me"), nothing)}
    if screen == "stage":
        wanted["token"] = cast.evening.stage.split("/")[-2] if who == "stage" else ""
    address = person.base.replace("http", "ws", 1) + f"/live/{code}/"
    heard: list[str] = []
    with connect(address, **person.handshake) as line:
        line.send(json.dumps(wanted))
        try:
            while not heard or json.loads(heard[-1])["type"] != "heartbeat":
                heard.append(str(line.recv(timeout=30)))
        except ConnectionClosed as end:
            heard.append(str(end.rcvd and end.rcvd.code))
    return heard


def sign(heard: list[str]) -> str:
    first = json.loads(heard[0])
    if first["type"] == "refused":
        assert heard[1:] == ["4003"], heard
        return SIGNS[first["code"]]
    return ",".join(json.loads(text)["stream"] for text in heard if '"snapshot"' in text[:30])
