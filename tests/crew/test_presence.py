"""Who of the crew is here: a console open at any process, told to the crew alone, and gone with the last tab."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from apps.crew import presence
from apps.crew.models import Console
from apps.events import actions
from apps.live import streams
from tests.events.conftest import Clock, Social
from tests.protocol.client import Phone
from tests.servers.people import Evening

from .test_on_a_server import signed_in, tab_of


def stream(member: object) -> str:
    return streams.member("BCDFG", member.public_id)


@pytest.mark.django_db
def test_whoever_has_a_console_open_is_here(social: Social, elsewhere: Social, moment: Clock) -> None:
    hana, mo = social.hana.public_id, social.mo.public_id
    others = [streams.attendee("BCDFG", social.ada.public_id), "BCDFG/stage/0h2k4m6p8r0t", "BCDFG/member/nobody"]
    for _twice in range(2):
        presence.note_heard([stream(social.hana), stream(social.mo), *others])
    assert presence.here(["BCDFG", "ZZZZZ"]) == {"BCDFG": sorted([hana, mo]), "ZZZZZ": []}
    presence.note_left([stream(social.mo), *others])
    assert presence.here(["BCDFG"]) == {"BCDFG": [hana]}
    # The process ended without a word, or its laptop fell asleep.
    moment.advance(seconds=26)
    assert presence.here(["BCDFG"]) == {"BCDFG": []}
    presence.note_heard([stream(social.mo)])
    assert list(Console.objects.values_list("member__public_id", flat=True)) == [mo]


@pytest.mark.django_db
def test_one_of_two_processes_is_left(social: Social, monkeypatch: pytest.MonkeyPatch) -> None:
    for process in ("one", "two"):
        monkeypatch.setattr(presence, "this_process", process)
        presence.note_heard([stream(social.mo)])
    presence.note_left([stream(social.mo)])
    assert presence.here(["BCDFG"]) == {"BCDFG": [social.mo.public_id]}
    monkeypatch.setattr(presence, "this_process", "one")
    presence.note_left([stream(social.mo)])
    assert presence.here(["BCDFG"]) == {"BCDFG": []}


@pytest.mark.django_db
def test_whoever_is_crew_no_more_is_not_here(social: Social) -> None:
    presence.note_heard([stream(social.hana), stream(social.mo)])
    actions.revoke(social.mo)
    assert presence.here(["BCDFG"]) == {"BCDFG": [social.hana.public_id]}
    presence.note_heard([stream(social.mo)])
    actions.erase_event(social.event)
    presence.note_heard([stream(social.hana)])
    assert not Console.objects.exists()


async def told(tab: Phone, *members: str) -> None:
    """Wait until this console says that these are here, and nobody else."""
    async with asyncio.timeout(30):
        while tab.values.get("here") != sorted(members):
            await tab.next()


async def test_live_and_to_the_crew_alone(evening: Evening) -> None:
    hana, mo, server = evening.hana, evening.mo, evening.server
    max_ = signed_in(evening, "Max")
    ids = {one["name"]: one["id"] for one in hana.ask("GET", "crew/").json()["members"]}
    async with AsyncExitStack() as stack:
        console, ada, zoe = [await stack.enter_async_context(one.listen()) for one in (hana, evening.ada, evening.zoe)]
        await told(console, ids["Hana"])
        async with tab_of(mo, server.other).listen() as far:
            async with mo.listen():
                for tab in (console, far):
                    await told(tab, ids["Hana"], ids["Mo"])
            before = len(console.frames)
            # One of two tabs is closed: he is here still, whichever process the other one is at. Max comes after that.
            async with max_.listen():
                await told(console, *ids.values())
            heard = [frame["values"]["here"] for frame in console.frames[before:] if "here" in frame.get("values", {})]
            assert all(ids["Mo"] in here for here in heard)
            await told(console, ids["Hana"], ids["Mo"])
        await told(console, ids["Hana"])
        for outsider in (ada, zoe):
            while "present" not in outsider.values:
                await outsider.next()
            await outsider.say({"type": "ping", "t": 2})
            await outsider.until("pong", t=2)
            assert "here" not in outsider.values
    max_.client.close()
