"""Lost hints, ended processes, another server, two processes: latency may suffer, what is heard may not."""

import asyncio
import signal
from contextlib import AsyncExitStack, contextmanager

import pytest
from redis import Redis

from apps.live import hints
from tests.servers.redis import redis

from . import storage
from .client import Phone
from .running import PLAIN, Running


@contextmanager
def process(environment: dict[str, str], command: list[str] | None = None, **more: str):
    """A process of its own on the same storage; it must end without a traceback."""
    running = Running(environment | more, command)
    try:
        yield running
    finally:
        log = running.stop(signal.SIGKILL if running.process.poll() is None else signal.SIGCONT)
    assert "Traceback" not in log, log


async def test_without_any_hint_the_hub_looks_by_itself(environment: dict[str, str], code: str) -> None:
    with process(environment, SILENT="1", DROP_HINTS="1") as deaf:
        async with deaf.phone("attendee/ada", code) as ada:
            for step in range(3):
                await deaf.publish("segment.entered", {f"{code}/public": {"now": {"step": step}}})
            await ada.until_version("public", 3)
            assert ada.streams["public"].documents == {"now": {"step": 2}}
            await deaf.ask("/close", [f"{code}/attendee/ada"])
            assert await ada.closed() == 4003


async def test_two_processes_hear_each_other(environment: dict[str, str], site: Running, code: str) -> None:
    with process(environment) as other:
        async with site.phone("attendee/ada", code) as ada, other.phone("attendee/ben", code) as ben:
            for step in range(20):
                writer = (site, other)[step % 2]
                await writer.publish("segment.entered", {f"{code}/public": {f"k{step}": {"step": step}}})
            for phone in (ada, ben):
                assert len(await phone.until_version("public", 20)) == 20
                assert set(phone.said) == {"applied"}
            await ada.say({"type": "clap"})
            if environment["REDIS_URL"]:
                values: dict[str, int] = {}
                # Whatever else changed in the same half second comes in the same frame.
                while "claps" not in values:
                    values = (await ben.until("values"))["values"]
                assert values["claps"] == 1
            await site.ask("/close", [f"{code}/attendee/ben"])
            assert await ben.closed() == 4003


async def test_hints_alone_carry_news_between_processes(code: str) -> None:
    """With looking switched off, Redis is the only way; the phone's own process is told without it."""
    with storage.sqlite() as found, redis() as kept:
        environment = found | {"REDIS_URL": kept.url, "NEVER_LOOK": "1"}
        with process(environment) as one, process(environment) as other:
            async with one.phone("attendee/ada", code) as ada, other.phone("attendee/ben", code) as ben:
                with Redis.from_url(kept.url) as asking:
                    while asking.pubsub_numsub(hints.CHANNEL)[0][1] < 2:
                        await asyncio.sleep(0.02)
                for writer in (one, other, one):
                    await writer.publish("segment.entered", {f"{code}/public": {"now": {}}})
                for phone in (ada, ben):
                    await phone.until_version("public", 3)
                await one.ask("/close", [f"{code}/attendee/ben"])
                assert await ben.closed() == 4003


async def test_a_phone_moves_from_one_process_to_another(environment: dict[str, str], site: Running, code: str) -> None:
    with process(environment) as other:
        async with site.phone("attendee/ada", code) as ada, other.phone("attendee/ben", code):
            await site.publish("segment.entered", {f"{code}/public": {"now": {"step": 1}}})
            await ada.until_version("public", 1)
        async with other.phone("attendee/ada", code, ada.streams) as again:
            await site.publish("segment.entered", {f"{code}/public": {"now": {"step": 2}}})
            assert await again.until_version("public", 2) == {"now": {"step": 2}}
    assert "resync" not in again.said


async def test_redis_may_come_and_go(code: str) -> None:
    with storage.sqlite() as found, redis() as kept:
        environment = found | {"REDIS_URL": kept.url}
        with process(environment) as one, process(environment) as other:
            async with one.phone("attendee/ada", code) as ada, other.phone("attendee/ben", code) as ben:
                kept.kill()
                await other.publish("segment.entered", {f"{code}/public": {"now": {"step": 1}}})
                await ada.until_version("public", 1)
                kept.start()
                # Claps travel by hints alone: once they arrive, the processes hear each other again.
                while not ada.values.get("claps"):
                    await ben.say({"type": "clap"})
                    await asyncio.sleep(0.2)
                    await ada.say({"type": "ping", "t": 1})
                    await ada.until("pong")


async def test_sigterm_says_goodbye_with_different_waits(environment: dict[str, str], code: str) -> None:
    with process(environment) as leaving:
        async with AsyncExitStack() as opened:
            named = ("ada", "ben", "cy", "dan", "eve", "fay")
            phones = [await opened.enter_async_context(leaving.phone(f"attendee/{name}", code)) for name in named]
            slow = asyncio.create_task(leaving.ask("/slow"))
            while (await leaving.metrics())["slow"] == 0:
                await asyncio.sleep(0.01)
            leaving.process.send_signal(signal.SIGTERM)
            assert {await phone.closed() for phone in phones} == {1012}
            assert await slow == "done"
        # In hundredths of a second: two of six may well be alike.
        waits = {phone.frames[-1]["after_seconds"] for phone in phones}
        assert len(waits) > 1
        assert all(0 <= wait <= 8 for wait in waits)
        assert await asyncio.to_thread(leaving.process.wait, 20) == 0


async def test_a_killed_process_loses_nothing_committed(environment: dict[str, str], code: str) -> None:
    with process(environment) as first:
        async with first.phone("attendee/ada", code) as ada:
            await first.publish("segment.entered", {f"{code}/public": {"now": {"step": 1}}})
            await ada.until_version("public", 1)
            await first.publish("segment.entered", {f"{code}/public": {"now": {"step": 2}}})
            first.process.kill()
            await ada.closed()
    with process(environment) as second:
        async with second.phone("attendee/ada", code, ada.streams) as again:
            assert await again.until_version("public", 2) == {"now": {"step": 2}}


async def test_another_server_without_the_door_serves_the_same(environment: dict[str, str], code: str) -> None:
    with process(environment, PLAIN) as plain:
        async with plain.phone("attendee/ada", code) as ada, plain.phone("member/hana", code) as hana:
            for step in range(50):
                await plain.publish("segment.entered", {f"{code}/public": {f"k{step}": {"text": "ä" * 500}}})
            for phone in (ada, hana):
                assert len(await phone.until_version("public", 50)) == 50
            await hana.say({"type": "ping", "t": 2})
            await hana.until("pong")
            await hana.socket.send("nonsense")
            assert await hana.closed() == 4001
            await plain.ask("/close", [f"{code}/attendee/ada"])
            assert await ada.closed() == 4003
        assert (await plain.metrics())["direct"] == 0


async def test_a_reader_that_stops_is_closed_without_the_door_too(environment: dict[str, str], code: str) -> None:
    with process(environment, PLAIN) as plain:
        async with (
            plain.phone("attendee/ada", code, max_queue=(2, 1)) as ada,
            plain.phone("attendee/ben", code) as ben,
        ):
            for number in range(500):
                await plain.publish("tip.written", {f"{code}/public": {"tip": {"number": number}}})
                await ben.until_version("public", number + 1)
                if number % 32 == 31:
                    await ben.say({"type": "ack", "received": len(ben.frames)})
            assert await ada.closed() == 4008
            await ben.say({"type": "ping", "t": 1})
            await ben.until("pong")


async def test_a_large_snapshot_goes_through_to_a_slow_reader(site: Running, code: str) -> None:
    """Its first answer may be larger than what may wait later on: closing it would only make it ask again."""
    for batch in range(30):
        documents = {f"attendees/{batch}-{number}": {"name": "x" * 1000} for number in range(50)}
        await site.publish("attendees.loaded", {f"{code}/public": documents})
    # A second stream, whose snapshot waits behind the first one's: both are the first answer.
    await site.publish("attendee.joined", {f"{code}/attendee/ada": {"attendee": {"name": "Ada"}}})
    async with site.open(code, max_queue=(1, 1), max_size=None) as websocket:
        phone = Phone(websocket)
        await phone.hello("attendee/ada")
        for step in range(20):
            await site.publish("segment.entered", {f"{code}/public": {"now": {"step": step}}})
        assert len(await phone.until_version("public", 50)) == 1501
    assert phone.said[:2] == ["applied", "applied"]
    assert phone.streams["me"].documents == {"attendee": {"name": "Ada"}}


@pytest.mark.parametrize("number", [40])
async def test_hellos_at_once_while_versions_move(site: Running, code: str, number: int) -> None:
    """Between "up to date" and "listening" nothing slips through: nobody is ever asked to resync."""
    await site.publish("event.loaded", {f"{code}/public": {"event": {}}})

    async def come(turn: int) -> Phone:
        await asyncio.sleep(turn * 0.003)
        async with site.phone(f"attendee/a{turn}", code) as phone:
            await phone.until_version("public", number + 1)
            return phone

    async with asyncio.TaskGroup() as group:
        phones = [group.create_task(come(turn)) for turn in range(number)]
        for step in range(number):
            await site.publish("segment.entered", {f"{code}/public": {f"k{step % 5}": {"step": step}}})
    held = [task.result() for task in phones]
    assert {"resync"} & {said for phone in held for said in phone.said} == set()
    assert len({str(sorted(phone.streams["public"].documents.items())) for phone in held}) == 1
