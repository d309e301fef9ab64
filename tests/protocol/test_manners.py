"""Bad frames, wrong doors and crowds: a clear refusal and a close code, no traceback, and nobody else disturbed."""

import asyncio
import json
import socket
from contextlib import AsyncExitStack

import pytest
from websockets.exceptions import InvalidStatus

from .client import Phone
from .running import Running

HELLO = {"type": "hello", "as": "phone", "token": "attendee/ada"}
NOT_A_HELLO = [
    "",
    "{",
    "null",
    "[]",
    '"hello"',
    "{}",
    '{"type":1}',
    '{"type":["hello"]}',
    '{"type":"hallo"}',
    '{"type":"ack","received":0}',
    '{"type":"hello"}',
    '{"type":"hello","as":"fridge"}',
    '{"type":"hello","as":"phone","token":7}',
    '{"type":"hello","as":"phone","streams":[]}',
    '{"type":"hello","as":"phone","streams":{"everything":{"epoch":"","since":0}}}',
    '{"type":"hello","as":"phone","streams":{"public":{"epoch":"","since":-1}}}',
    '{"type":"hello","as":"phone","streams":{"public":{"epoch":"","since":1.5}}}',
    '{"type":"hello","as":"phone","streams":{"public":{"epoch":"","since":true}}}',
    '{"type":"hello","as":"phone","streams":{"public":{"epoch":"","since":1e400}}}',
    '{"type":"hello","as":"phone","streams":{"public":{"epoch":"","since":99999999999999999999}}}',
    '{"type":"hello","as":"phone","streams":{"public":{"epoch":"\\u0000","since":0}}}',
    '{"type":"hello","as":"phone","streams":{"public":{"epoch":"x","since":0,"more":1}}}',
    '{"type":"hello","as":"phone","more":1}',
    '{"type":"hello","as":"phone","token":"\\ud800"}',
    json.dumps(HELLO | {"token": "x" * 501}),
    json.dumps(HELLO) + " " * 5000,
    "[" * 4000,
    b"\x00\xff",
    json.dumps(HELLO).encode(),
]
NOT_ALLOWED_LATER = [
    json.dumps(HELLO),
    '{"type":"ack"}',
    '{"type":"ack","received":100000}',
    '{"type":"ack","received":"1"}',
    '{"type":"ping"}',
    '{"type":"ping","t":"now"}',
    '{"type":"ping","t":NaN}',
    '{"type":"clap","times":1000}',
    b"clap",
]


@pytest.mark.parametrize("frame", NOT_A_HELLO)
async def test_anything_but_a_hello_is_refused(site: Running, code: str, frame: str | bytes) -> None:
    async with site.open(code) as websocket:
        await websocket.send(frame)
        phone = Phone(websocket)
        assert await phone.closed() == 4001
    assert [(frame["type"], frame["code"]) for frame in phone.frames] == [("refused", "bad_frame")]


@pytest.mark.parametrize("frame", NOT_ALLOWED_LATER)
async def test_a_bad_frame_after_hello_closes_that_socket_alone(site: Running, code: str, frame: str | bytes) -> None:
    async with site.phone("attendee/ada", code) as ada, site.phone("attendee/ben", code) as ben:
        await ada.socket.send(frame)
        assert await ada.closed() == 4001
        await site.publish("segment.entered", {f"{code}/public": {"now": {}}})
        await ben.until_version("public", 1)
    assert ada.frames[-1]["code"] == "bad_frame"


async def test_a_frame_far_too_large_is_cut_off(site: Running, code: str) -> None:
    async with site.phone("attendee/ada", code) as ada, site.phone("attendee/ben", code) as ben:
        await ada.socket.send("x" * 20_000)
        assert await ada.closed() == 1009
        await ben.say({"type": "ping", "t": 1})
        await ben.until("pong")


async def test_bytes_that_are_not_text_are_cut_off(site: Running, code: str) -> None:
    async with site.phone("attendee/ada", code) as ada:
        ada.socket.transport.write(b"\x81\x82\0\0\0\0\xc3\x28")
        assert await ada.closed() == 1007


async def test_a_flood_is_cut_off(site: Running, code: str) -> None:
    async with site.phone("attendee/ada", code) as ada:
        for _clap in range(400):
            await ada.socket.send('{"type":"clap"}')
        assert await ada.closed() == 4001


async def test_a_stranger_is_refused_with_a_sentence(site: Running, code: str) -> None:
    async with site.open(code) as websocket:
        stranger = Phone(websocket)
        await stranger.hello("wrong")
        assert await stranger.closed() == 4003
    assert stranger.frames == [{"type": "refused", "code": "not_here", "message": "There is no such event."}]


@pytest.mark.parametrize(
    "origin",
    [
        "http://testserver.evil.example",
        "http://evil.example",
        "https://testserver",
        "http://testserver:81",
        "http://sub.testserver",
        "null",
        "http://testserver@evil.example",
        "ftp://testserver",
    ],
)
async def test_other_origins_do_not_get_in(site: Running, code: str, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with site.open(code, origin=origin):
            pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("path", ["/", "/live/", "/live/A/B/", "/ws", "/live//"])
async def test_a_websocket_to_nowhere_is_turned_away(site: Running, path: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with site.open("", path=path):
            pass
    assert refused.value.response.status_code == 403


async def test_the_quietest_of_too_many_screens_goes(site: Running, code: str) -> None:
    async with AsyncExitStack() as opened:
        first = await opened.enter_async_context(site.phone("attendee/ada", code))
        for _screen in range(16):
            latest = await opened.enter_async_context(site.phone("attendee/ada", code))
        assert await first.closed() == 4003
        assert first.frames[-1]["code"] == "too_many_screens"
        await site.publish("segment.entered", {f"{code}/public": {"now": {}}})
        await latest.until_version("public", 1)


@pytest.mark.parametrize(("size", "least", "most"), [(20, 400, 440), (2000, 50, 350)])
async def test_a_reader_that_stops_is_closed_and_the_others_are_not_held_up(
    site: Running, code: str, size: int, least: int, most: int
) -> None:
    """Small frames fit into the kernel's buffers and are counted; large ones wait in the process and are measured."""
    async with (
        site.phone("attendee/ada", code, max_queue=(2, 1)) as ada,
        site.phone("attendee/ben", code) as ben,
        site.phone("attendee/cy", code) as cy,
    ):
        before = await site.metrics()
        for number in range(500):
            await site.publish("tip.written", {f"{code}/public": {f"tips/{number % 8}": {"text": "x" * size}}})
            for phone in (ben, cy):
                await phone.until_version("public", number + 1)
                if number % 32 == 31:
                    await phone.say({"type": "ack", "received": len(phone.frames)})
        after = await site.metrics()
        assert await ada.closed() in (4008, 1006)
        for phone in (ben, cy):
            await phone.say({"type": "ping", "t": 1})
            await phone.until("pong")
    assert set(ben.said) == set(cy.said) == {"applied"}
    assert after["closes"].get("4008", 0) == before["closes"].get("4008", 0) + 1
    assert least <= len(ada.frames) <= most


async def test_a_reader_that_was_closed_resumes_where_it_was(site: Running, code: str) -> None:
    async with site.phone("attendee/ada", code, max_queue=(2, 1)) as ada:
        for number in range(500):
            await site.publish("tip.written", {f"{code}/public": {f"tips/{number % 8}": {"number": number}}})
        assert await ada.closed() == 4008
    async with site.phone("attendee/ada", code, ada.streams) as again, site.phone("attendee/ben", code) as ben:
        pass
    assert again.streams == ben.streams


async def raw(site: Running, sent: bytes) -> bytes:
    def talk() -> bytes:
        with socket.create_connection(("127.0.0.1", site.port)) as line:
            line.settimeout(20)
            try:
                line.sendall(sent)
                answer = b""
                while more := line.recv(65536):
                    answer += more
            except ConnectionError:
                pass
            return answer

    return await asyncio.to_thread(talk)


async def test_a_body_that_says_it_is_too_large_is_not_read(site: Running) -> None:
    head = b"POST /publish HTTP/1.1\r\nHost: x\r\nContent-Length: 200000000\r\n\r\n"
    answer = await raw(site, head + b"x" * 100)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "too_large"


async def test_a_body_that_turns_out_too_large_is_cut_off(site: Running) -> None:
    chunk = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
    head = b"POST /publish HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert (await raw(site, head + chunk * 12)).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 120 + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
async def test_a_bad_head_is_refused(site: Running, head: bytes) -> None:
    answer = await raw(site, head)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    assert (await site.metrics())["hellos"] >= 0
