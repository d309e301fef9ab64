"""What a phone hears, and how it catches up."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from .client import Held, Phone
from .running import Running


async def test_a_hello_is_answered_with_snapshots_and_a_heartbeat(site: Running, code: str) -> None:
    await site.publish("event.loaded", {f"{code}/public": {"now": {"step": 1}}, f"{code}/crew": {"timeline": {}}})
    async with site.phone("attendee/ada", code) as ada:
        snapshot, heartbeat = ada.frames
    assert snapshot["documents"] == {"now": {"step": 1}}
    assert (snapshot["stream"], snapshot["version"]) == ("public", 1)
    assert heartbeat["heads"] == {"public": 1, "me": 0}


async def test_news_arrive_as_changes_in_order(site: Running, code: str) -> None:
    await site.publish("event.loaded", {f"{code}/public": {"now": {"step": 0}, "event": {"title": "Social"}}})
    async with site.phone("attendee/ada", code) as ada:
        for step in range(1, 30):
            await site.publish("segment.entered", {f"{code}/public": {"now": {"step": step}}})
        assert await ada.until_version("public", 30) == {"now": {"step": 29}, "event": {"title": "Social"}}
    assert set(ada.said) == {"applied"}
    assert {tuple(frame["because"]) for frame in ada.of("changes")} == {("segment.entered",)}


async def test_several_documents_of_one_version_arrive_together(site: Running, code: str) -> None:
    await site.publish("bowl.filled", {f"{code}/public": {"bowl/1": {"slips": 2}, "bowl/2": {"slips": 0}}})
    async with site.phone("attendee/ada", code) as ada:
        await site.publish("slip.moved", {f"{code}/public": {"bowl/1": {"slips": 1}, "bowl/2": {"slips": 1}}})
        change = await ada.until("changes")
    assert change["documents"] == {"bowl/1": {"slips": 1}, "bowl/2": {"slips": 1}}
    assert (change["since"], change["version"]) == (1, 2)


async def test_a_removed_document_is_null_and_gone_from_the_next_snapshot(site: Running, code: str) -> None:
    await site.publish("tip.approved", {f"{code}/public": {"tips/1": {"text": "a"}, "tips/2": {"text": "b"}}})
    async with site.phone("attendee/ada", code) as ada:
        await site.publish("tip.taken_down", {f"{code}/public": {"tips/1": None}})
        change = await ada.until("changes")
    async with site.phone("attendee/ben", code) as ben:
        pass
    assert change["documents"] == {"tips/1": None}
    assert ada.streams["public"].documents == ben.streams["public"].documents == {"tips/2": {"text": "b"}}


@pytest.mark.parametrize("missed", [0, 1, 5, 100])
async def test_who_was_away_gets_only_what_was_missed(site: Running, code: str, missed: int) -> None:
    """100 is more than the ring keeps: then storage says it, in one frame."""
    await site.publish("event.loaded", {f"{code}/public": {"event": {"title": "Social"}, "now": {"step": -1}}})
    async with site.phone("attendee/ada", code) as ada:
        pass
    async with site.phone("attendee/ben", code) as ben:
        for step in range(missed):
            await site.publish("segment.entered", {f"{code}/public": {"now": {"step": step}}})
            await ben.until_version("public", step + 2)
    async with site.phone("attendee/ada", code, ada.streams) as again:
        pass
    assert again.of("snapshot") == []
    assert len(again.of("changes")) == (1 if missed == 100 else missed)
    assert again.streams["public"] == ben.streams["public"]
    assert "event" not in {key for frame in again.of("changes") for key in frame["documents"]}


@pytest.mark.parametrize("epoch", ["", "another"])
async def test_another_epoch_gets_a_snapshot(site: Running, code: str, epoch: str) -> None:
    await site.publish("event.loaded", {f"{code}/public": {"now": {"step": 1}}})
    stale = {"public": Held(epoch, 77, {"now": {"step": 50}, "gone": {}})}
    async with site.phone("attendee/ada", code, stale) as ada:
        pass
    assert ada.streams["public"].documents == {"now": {"step": 1}}
    assert ada.streams["public"].version == 1


async def test_a_client_from_the_future_gets_a_snapshot(site: Running, code: str) -> None:
    """A database that was restored from a copy is behind its phones."""
    await site.publish("event.loaded", {f"{code}/public": {"now": {"step": 1}}})
    async with site.phone("attendee/ada", code) as ada:
        pass
    ada.streams["public"].version = 1000
    ada.streams["public"].documents["now"] = {"step": 999}
    async with site.phone("attendee/ada", code, ada.streams) as again:
        pass
    assert again.streams["public"].documents == {"now": {"step": 1}}


async def test_a_rebuild_reaches_open_sockets_as_snapshots(site: Running, code: str) -> None:
    await site.publish("event.loaded", {f"{code}/public": {"now": {"step": 1}, "stale": {}}})
    async with site.phone("attendee/ada", code) as ada:
        epoch = ada.streams["public"].epoch
        await site.ask("/rebuild", code)
        await ada.until("snapshot")
        assert ada.streams["public"].documents == {"now": {"rebuilt": True}}
        assert ada.streams["public"].epoch != epoch
        await site.publish("segment.entered", {f"{code}/public": {"now": {"step": 2}}})
        await ada.until_version("public", 3)
    assert ada.streams["public"].documents == {"now": {"step": 2}}


async def test_a_closed_stream_closes_its_sockets_and_no_others(site: Running, code: str) -> None:
    await site.publish("attendee.joined", {f"{code}/attendee/ada": {"attendee": {"name": "Ada"}}})
    async with site.phone("attendee/ada", code) as ada, site.phone("attendee/ben", code) as ben:
        await site.ask("/close", [f"{code}/attendee/ada"])
        assert await ada.closed() == 4003
        assert ada.frames[-1]["type"] == "refused"
        assert ada.frames[-1]["code"] == "not_here"
        await site.publish("segment.entered", {f"{code}/public": {"now": {"step": 1}}})
        await ben.until_version("public", 1)
    async with site.open(code) as websocket:
        again = Phone(websocket, ada.streams)
        await again.hello("attendee/ada")
        assert await again.closed() == 4003
    assert [frame["type"] for frame in again.frames] == ["refused"]


async def test_nobody_hears_what_is_not_theirs(site: Running, code: str) -> None:
    """Zoe is at another event, Ben is another attendee, and neither is crew; all of them are connected."""
    async with (
        site.phone("member/hana", code) as hana,
        site.phone("attendee/ada", code) as ada,
        site.phone("attendee/ben", code) as ben,
        site.phone("attendee/ada", f"{code}-OTHER") as zoe,
    ):
        canary = "canary-5b1d"
        changes = {
            f"{code}/crew": {"queue/1": {"text": canary}},
            f"{code}/attendee/ada": {"group": {"with": canary}},
            f"{code}/public": {"now": {"step": 1}},
            f"{code}-OTHER/public": {"now": {"step": 1}},
        }
        await site.publish("tip.written", changes)
        for phone in (hana, ada, ben, zoe):
            await phone.until_version("public", 1)
        await hana.until_version("crew", 1)
        await ada.until_version("me", 1)
        for phone in (ben, zoe):
            await phone.say({"type": "ping", "t": 1})
            await phone.until("pong")
    assert canary in str(hana.frames)
    assert canary in str(ada.frames)
    assert canary not in str(ben.frames) + str(zoe.frames)
    assert set(zoe.streams) == {"public"}
    assert {alias for beat in ben.of("heartbeat") for alias in beat["heads"]} == {"public", "me"}


async def test_values_reach_everybody_and_come_with_a_hello(site: Running, code: str) -> None:
    async with site.phone("attendee/ada", code) as ada:
        await site.ask("/present", {code: 7})
        assert (await ada.until("values", values={"present": 7}))["values"] == {"present": 7}
        async with site.phone("member/hana", code) as hana:
            assert (await hana.until("values"))["values"] == {"present": 7}


async def test_claps_are_counted(site: Running, code: str) -> None:
    async with site.phone("attendee/ada", code) as ada, site.phone("attendee/ben", code) as ben:
        for phone in (ada, ada, ben):
            await phone.say({"type": "clap"})
        while ben.values.get("claps") != 3:
            await ben.until("values")


async def test_a_ping_is_answered_with_its_own_number(site: Running, code: str) -> None:
    async with site.phone("attendee/ada", code) as ada:
        await ada.say({"type": "ping", "t": 123.4})
        pong = await ada.until("pong")
    assert pong["t"] == 123.4
    assert pong["at"].endswith("Z")


async def test_who_is_heard_from_is_told_to_the_apps_and_ticks_run(site: Running, code: str) -> None:
    async with site.phone("attendee/ada", code):
        while f"{code}/attendee/ada" not in (found := await site.metrics())["heard"] or code not in found["ticked"]:
            await asyncio.sleep(0.1)


async def test_personal_messages_each_reach_one(site: Running, code: str) -> None:
    names = [f"a{number}" for number in range(60)]
    async with AsyncExitStack() as opened:
        phones = [await opened.enter_async_context(site.phone(f"attendee/{name}", code)) for name in names]
        await site.publish("round.opened", {f"{code}/attendee/{name}": {"group": {"name": name}} for name in names})
        for name, phone in zip(names, phones, strict=True):
            assert await phone.until_version("me", 1) == {"group": {"name": name}}


async def test_a_screen_that_ends_late_takes_no_stream_of_its_owner_along(site: Running, code: str) -> None:
    """Closed by the server but not gone yet, it still holds a channel that was dropped and made anew meanwhile."""

    async def until_sockets(number: int) -> None:
        while (await site.metrics())["sockets"] > number:
            await asyncio.sleep(0.02)

    async with site.phone("attendee/ada", code) as first:
        async with site.phone("attendee/ada", code):
            there = (await site.metrics())["sockets"]
            closes = (await site.metrics())["closes"].get("4001", 0)
            first.socket.transport.pause_reading()
            await first.socket.send("nonsense")
            while (await site.metrics())["closes"].get("4001", 0) == closes:
                await asyncio.sleep(0.02)
        await until_sockets(there - 1)
        async with site.phone("attendee/ada", code) as latest:
            first.socket.transport.abort()
            await until_sockets(there - 1)
            await site.publish("group.drawn", {f"{code}/attendee/ada": {"group": {"sign": "owl"}}})
            async with asyncio.timeout(20):
                assert await latest.until_version("me", 1) == {"group": {"sign": "owl"}}
