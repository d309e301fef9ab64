"""PROTOCOL.md is held to account: by the code that parses and writes frames, and by running servers."""

import asyncio
import json
import signal

import pytest

from apps.live import sockets, upward
from tests.servers.people import Evening

from . import page
from .client import Held, Phone, reduce
from .running import Running
from .test_losses import process


def test_every_frame_of_a_client_is_shown_and_accepted() -> None:
    parsed = [upward.parse(json.dumps(example)) for example in page.frames("client")]
    assert {type(upward_frame) for upward_frame in parsed} == {upward.Hello, upward.Ack, upward.Ping, upward.Clap}
    assert {example["type"] for example in page.frames("client")} == set(upward.KINDS)


def test_every_field_of_a_client_is_checked() -> None:
    """Each example with one field less or one of another type is refused, but for the optional ones."""
    optional = {("hello", "streams"), ("hello", "token")}
    for example in page.frames("client"):
        for name in example:
            broken = [example | {name: ["odd"]}, example | {"additional": 1}]
            if (example["type"], name) not in optional:
                broken.append({key: value for key, value in example.items() if key != name})
            for bad in broken:
                with pytest.raises(upward.BadFrame):
                    upward.parse(json.dumps(bad))


def test_the_rule_for_changes_works_on_the_examples() -> None:
    held = Held()
    by_type = {example["type"]: example for example in page.frames("server")}
    assert [reduce(held, by_type[kind]) for kind in ("snapshot", "changes", "changes")] == [
        "applied",
        "applied",
        "dropped",
    ]
    assert (held.version, held.documents) == (13, {"now": {"state": "live"}})
    assert reduce(held, by_type["changes"] | {"since": 15, "version": 16}) == "resync"


def test_the_limits_and_codes_on_the_page_are_those_of_the_code() -> None:
    text = page.PAGE.read_text()
    for number in (sockets.BAD_FRAME, sockets.NO_RIGHT, sockets.TOO_SLOW, sockets.RESTART):
        assert f"\n| {number} |" in text
    assert f"more than {sockets.MOST_OWED_FRAMES} frames" in text
    assert f"{sockets.MOST_WAITING_BYTES // 1024} KB waiting" in text
    assert f"longer than {upward.MOST_CHARACTERS} characters" in text


async def test_a_real_server_says_every_frame_on_the_page_and_no_other(
    environment: dict[str, str], site: Running, code: str
) -> None:
    heard: list[dict] = []
    await site.publish("event.loaded", {f"{code}/public": {"now": {"step": 0}}})
    with process(environment) as leaving:
        async with site.phone("attendee/ada", code) as ada, leaving.phone("attendee/ben", code) as ben:
            await site.publish("segment.entered", {f"{code}/public": {"now": {"step": 1}}})
            await ada.until("changes")
            await ada.say({"type": "ping", "t": 1})
            await ada.until("pong")
            await ada.say({"type": "clap"})
            await ada.until("values")
            await site.ask("/close", [f"{code}/attendee/ada"])
            await ada.closed()
            leaving.process.send_signal(signal.SIGTERM)
            await ben.closed()
            heard = ada.frames + ben.frames
            await asyncio.to_thread(leaving.process.wait, 20)
    examples = {example["type"]: example for example in page.frames("server")}
    assert {frame["type"] for frame in heard} == set(examples)
    assert [line for frame in heard for line in page.differences(examples[frame["type"]], frame)] == []


async def test_the_documents_of_an_evening_are_those_on_the_page(evening: Evening) -> None:
    examples = page.all_documents()
    async with evening.hana.listen() as hana, evening.ada.listen() as ada:
        for verb in ("start", "next", "pause"):
            await asyncio.to_thread(evening.hana.press, verb)
        await until_step(hana, 3)
        await until_step(ada, 3)
    found = {
        (alias, page.kind_of(key)): document
        for phone in (hana, ada)
        for alias, held in phone.streams.items()
        for key, document in held.documents.items()
    }
    assert set(found) <= set(examples)
    assert set(page.documents()) <= set(found)
    assert [line for at, document in found.items() for line in page.differences(examples[at], document, at[1])] == []


async def until_step(phone: Phone, step: int) -> None:
    while phone.streams["public"].documents["now"]["step"] < step:
        await phone.next()


async def test_a_page_that_was_served_with_its_documents_misses_nothing(evening: Evening) -> None:
    """The snapshot over HTTP and the hello speak of the same versions."""
    served = evening.ada.ask("GET", "snapshot/?as=phone").json()["streams"]
    streams = {alias: Held(one["epoch"], one["version"], one["documents"]) for alias, one in served.items()}
    await asyncio.to_thread(evening.hana.press, "start")
    async with evening.ada.listen() as fresh, evening.ada.listen(streams=streams) as resumed:
        await until_step(fresh, 1)
        await until_step(resumed, 1)
    assert resumed.of("snapshot") == []
    assert resumed.streams == fresh.streams
