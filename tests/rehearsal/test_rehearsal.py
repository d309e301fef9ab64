"""The founding event with thirty simulated people, on each set-up."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from apps.rehearsal.evening import Rehearsal
from apps.rehearsal.marks import MARK
from apps.rehearsal.report import report
from tests.servers import people
from tests.servers.daphne import PATIENCE_SECONDS, Server
from tests.servers.people import Evening
from tests.site.test_traces import kept_by


async def test_thirty_people_come_through_the_founding_event(evening: Evening) -> None:
    before = events_of(evening)
    address = evening.server.manage(("sign_in_link", evening.code, "Hana"))[0].strip()
    verdict = await Rehearsal(evening.server.base + address, people=30, speed=600).run()
    text = report(verdict, 30, 600)
    assert text.splitlines()[-1] == "0 lost, 0 doubled, 0 leaked, 0 errors, 0 avoidable repeats", text
    counts = verdict.counts
    assert (counts["rounds"], counts["draws"] > 2, counts["stories"] > 0, counts["keepsakes"] > 20) == (
        5,
        True,
        True,
        True,
    )
    assert counts["forbidden calls"] > 0
    assert verdict.delays.keys() >= {
        "a move",
        "a round, to all",
        "one's own group",
        "a name called",
        "a tip on the wall",
    }
    wait_until_nothing_is_left(evening.server)
    # The copies are gone, the event itself was not touched.
    assert events_of(evening) == before


def events_of(evening: Evening) -> set[str]:
    return {one["code"] for one in evening.hana.client.get("/api/v1/events/").json()["events"]}


def wait_until_nothing_is_left(server: Server) -> None:
    """No byte that is kept has a mark: neither files nor rows nor what SQLite has not written over."""
    until = time.monotonic() + PATIENCE_SECONDS
    while left := {mark for kept in kept_by(server) for mark in re.findall(MARK.pattern.encode(), kept)}:
        assert time.monotonic() < until, f"still there: {sorted(left)}"
        time.sleep(0.2)


@pytest.mark.looks
async def test_a_broken_server_is_found_out_and_each_fault_named(new_server: Callable[..., Any]) -> None:
    with new_server({"ASGI_APPLICATION": "tests.rehearsal.broken:application"}) as server:
        begun = people.evening(server)
        address = server.manage(("sign_in_link", begun.code, "Hana"))[0].strip()
        verdict = await Rehearsal(server.base + address, people=14, speed=1500).run()
        begun.close()
    text = report(verdict, 14, 1500)
    assert not verdict.is_good
    for sentence in (
        r"lost: a message of the stream public never came to .+ \(it held version \d+, \d+ was told\)",
        r"leaked: a tip \(zqul\w+\) was told to .+ in a frame of type changes",
        r"doubled: a slip \(zqul\w+\) is there 2 times",
        r"doubled: the host: one POST bowls/…/slips had two different answers",
    ):
        assert re.search(f"^{sentence}$", text, re.MULTILINE), text
    # Nothing of what this server does right is held against it.
    assert verdict.repeats == []
    told = [fault for fault in verdict.leaked if " was told to " in fault]
    assert [fault for fault in told if not fault.startswith("a tip ")] == []
