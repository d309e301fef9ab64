"""A host rehearses the founding event with thirty people, on each set-up; and a broken server is found out."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from apps.rehearsal.evening import WholeEvening
from apps.rehearsal.marks import MARK
from apps.rehearsal.report import report
from tests.servers import people
from tests.servers.daphne import PATIENCE_SECONDS, Server
from tests.servers.people import Evening
from tests.site.test_traces import found, kept_by

# A machine with much else to do may take its time.
LONG_SECONDS = 240


@pytest.fixture(scope="module")
def own(new_server: Callable[..., Any]) -> Iterator[Server]:
    """An installation of this file's own, as all of it is read."""
    with new_server({"ASGI_APPLICATION": "tests.rehearsal.unhurried:application"}) as server:
        yield server


@pytest.fixture
def evening(own: Server) -> Iterator[Evening]:
    begun = people.evening(own)
    yield begun
    begun.close()


def test_thirty_people_come_through_the_founding_event(evening: Evening) -> None:
    before = seen_of(evening)
    begin(evening, people=30, speed=600)
    parts: list[float] = []
    codes: set[str] = set()
    while (now := latest(evening))["state"] in ("asked", "running"):
        parts.append(now["part"])
        if len(codes) < 2:
            codes |= codes_of_copies(evening.server)
        time.sleep(0.5)
    assert now["state"] == "ended", now
    found_out = now["report"]
    assert (found_out["faults"], found_out["is_good"]) == ([], True)
    assert parts == sorted(parts)
    assert len({round(part, 1) for part in parts}) > 3
    counts = now["counts"]
    assert (counts["here"], counts["rounds"]) == (30, 5)
    assert all(counts[name] for name in ("draws", "stories", "pictures", "keepsakes", "forbidden calls")), counts
    assert {one["push"] for one in found_out["pushes"]} >= {
        "A move of the host",
        "New groups, to everybody",
        "One's own group",
        "A name called",
        "A tip on the wall",
        "A picture to moderate",
    }
    # The copies are gone, the event itself was not touched, and what is kept of it says nothing of anybody.
    assert len(codes) == 2
    assert codes_of_copies(evening.server) == set()
    assert seen_of(evening) == before
    assert evening.hana.ask("DELETE", "rehearsal/").status_code == 204
    wait_until_nothing_is_left(evening.server, [*codes, now["id"]])


def begin(evening: Evening, **wanted: int) -> dict[str, Any]:
    answer = evening.hana.ask("POST", "rehearsal/", {**wanted, "among_people": True})
    return answer.raise_for_status().json()["rehearsal"]


def latest(evening: Evening) -> dict[str, Any]:
    return evening.mo.ask("GET", "rehearsal/").json()["rehearsal"]


def wait_for(evening: Evening, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    until = time.monotonic() + LONG_SECONDS
    while not is_so(now := latest(evening)):
        assert time.monotonic() < until, now
        time.sleep(0.2)
    return now


def told(question: str) -> str:
    """For `Server.manage`."""
    from apps.events.models import Event

    assert question == "copies"
    return " ".join(Event.objects.exclude(rehearsal="").values_list("code", flat=True))


def codes_of_copies(server: Server) -> set[str]:
    return set(server.manage(("tests.rehearsal.test_rehearsal", "copies"))[0].split())


def seen_of(evening: Evening) -> list[Any]:
    """All that the crew sees of their events."""
    streams = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]
    deeds = evening.hana.ask("GET", "crew/deeds/").json()
    return [streams["public"], streams["crew"], deeds, evening.hana.client.get("/api/v1/events/").json()]


def wait_until_nothing_is_left(server: Server, words: list[str]) -> None:
    """No byte that is kept has a mark: neither files nor rows nor what SQLite has not written over."""
    until = time.monotonic() + 2 * PATIENCE_SECONDS
    while left := found(server, words) | {mark for kept in kept_by(server) for mark in re.findall(PRINTED, kept)}:
        assert time.monotonic() < until, f"still there: {sorted(map(str, left))}"
        time.sleep(0.5)


PRINTED = MARK.pattern.encode()


@pytest.mark.looks
def test_stopped_and_killed_it_leaves_nothing(evening: Evening) -> None:
    """The founding evening in a minute: long enough to be in the middle of it."""
    begin(evening, people=6, speed=100)
    wait_for(evening, lambda now: now["counts"].get("here", 0) > 2)
    codes = codes_of_copies(evening.server)
    assert evening.hana.ask("PUT", "rehearsal/ending/").json()["rehearsal"]["is_stopping"] is True
    wait_for(evening, lambda now: now["state"] == "stopped")
    assert codes_of_copies(evening.server) == set()

    second = begin(evening, people=6, speed=100)
    wait_for(evening, lambda now: now["counts"].get("here", 0) > 2)
    codes |= codes_of_copies(evening.server)
    # The server's processes die, and the one of the rehearsal with them.
    for process in evening.server.processes:
        process.kill()
    for process in evening.server.processes:
        process.start()
    now = wait_for(evening, lambda now: now["state"] == "cut_off")
    assert now["id"] == second["id"]
    until = time.monotonic() + PATIENCE_SECONDS
    while codes_of_copies(evening.server):
        assert time.monotonic() < until
        time.sleep(0.2)
    assert evening.hana.ask("DELETE", "rehearsal/").status_code == 204
    assert len(codes) == 4
    wait_until_nothing_is_left(evening.server, [*codes, second["id"]])


@pytest.mark.looks
async def test_a_broken_server_is_found_out_and_each_fault_named(new_server: Callable[..., Any]) -> None:
    with new_server({"ASGI_APPLICATION": "tests.rehearsal.broken:application"}) as server:
        begun = people.evening(server, "tests/rehearsal/short.toml")
        address = server.manage(("sign_in_link", begun.code, "Hana"))[0].strip()
        verdict = await WholeEvening.at(server.base + address, people=6, speed=600).run()
        begun.close()
    text = report(verdict, 6, 600)
    assert not verdict.is_good
    for sentence in (
        r"lost: a message of the stream public never came to .+ \(it held version \d+, \d+ was told\)",
        r"leaked: a tip \(zqul\w+\) was told to .+ in a frame of type changes",
        r"doubled: a slip \(zqul\w+\) is there 2 times",
        r"doubled: the host: one POST bowls/…/slips had two different answers",
    ):
        assert re.search(f"^{sentence}$", text, re.MULTILINE), text
    # Nothing of what this server does right is held against it.
    assert verdict.faults.of("repeats") == 0
    assert {one.what for one in verdict.faults.counts if one.name == "told"} == {"tip"}
