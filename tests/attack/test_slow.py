"""Slow and greedy connections to the embedded server: cut off, and nobody else notices."""

import asyncio
import json
import select
import socket
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from tests.protocol.client import Phone
from tests.protocol.running import Running
from tests.servers.people import Evening

# The server of the tests' site, with a second instead of half a minute.
IMPATIENT = [
    "-c",
    "import daphne.server, django; django.setup()\n"
    "from apps.live.door import http; http.ARRIVE_SECONDS = 1\n"
    "from apps.live.server import main; main(['--application', 'tests.protocol.site:application', '--fd', '{fd}'])",
]


def line(evening: Evening) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(evening.ada.base.rpartition(":")[2])), timeout=60)


def everything(connection: socket.socket) -> bytes:
    heard = b""
    try:
        while more := connection.recv(65536):
            heard += more
    except ConnectionError:
        pass
    return heard


@pytest.mark.parametrize("head", ["Content-Length: 70000", "Content-Length: 200000000"])
def test_a_body_beyond_the_cap_is_refused_before_it_is_read(evening: Evening, head: str) -> None:
    with line(evening) as connection:
        connection.sendall(f"POST /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n\r\n".encode())
        answer = everything(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "too_large"
    assert evening.ada.ask("GET", "me/").status_code == 200


async def test_a_hundred_heads_that_never_end_disturb_nobody(evening: Evening) -> None:
    slow = [line(evening) for _ in range(100)]
    for number, connection in enumerate(slow):
        connection.sendall(f"GET /{number} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ".encode())
    async with evening.ada.listen() as ada:
        version = ada.streams["public"].version
        await asyncio.to_thread(evening.hana.press, "start")
        await ada.until_version("public", version + 1)
    assert evening.ben.ask("GET", "me/").status_code == 200
    for connection in slow:
        connection.close()


def test_a_head_that_trickles_in_is_cut_off(tmp_path: Path) -> None:
    """Every byte in time, and yet the whole never comes."""
    running = Running({"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "REDIS_URL": ""}, IMPATIENT)
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        with suppress(ConnectionError):
            while not select.select([connection], [], [], 0.2)[0]:
                connection.sendall(b"x")
        answer = everything(connection)
    assert answer == b"" or answer.startswith((b"HTTP/1.1 408 ", b"HTTP/1.1 400 "))
    assert "Traceback" not in running.stop()


@pytest.mark.slow
async def test_a_thousand_sockets_of_one_device_are_sixteen(evening: Evening) -> None:
    ada = evening.ada

    async def stay() -> str:
        async with connect(ada.address, open_timeout=None, ping_interval=None, **ada.handshake) as websocket:
            phone = Phone(websocket)
            await phone.hello("")
            return f"{await phone.closed()} {phone.frames[-1]['code']}"

    async with evening.ben.listen() as ben:
        crowd = [asyncio.create_task(stay()) for _ in range(1000)]
        async with asyncio.timeout(300):
            while sum(one.done() for one in crowd) < 1000 - 16:
                await asyncio.sleep(0.1)
            version = ben.streams["public"].version
            await asyncio.to_thread(evening.hana.press, "start")
            await ben.until_version("public", version + 1)
        told = Counter(one.result() for one in crowd if one.done())
        assert told == {"4003 too_many_screens": 1000 - 16}
        for one in crowd:
            one.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
