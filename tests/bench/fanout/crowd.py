"""The load client: N raw websockets in one epoll loop, doing as little as can be done a socket.

    python -m tests.bench.fanout.crowd PORT PATH COUNT [--hello JSON] [--cookies FILE]

It connects, prints `ready`, and then a JSON line for each broadcast: milliseconds from the instant named inside the
frame (`"bench_ns":<CLOCK_MONOTONIC in ns>`) to the read that completed it, as p50, p99 and max over the sockets.
Its own limit is what it shows against the bare loop.
"""

import argparse
import base64
import json
import os
import pathlib
import re
import select
import socket
import struct
import sys
import time

STAMP = re.compile(rb'"bench_ns":\s*(\d+)')
SETTLE_SECONDS = 1.0
AT_ONCE = 200  # handshakes in flight: more only measures the listen backlog


def frame_up(text: str) -> bytes:
    """A masked client text frame (RFC 6455); the mask is zero, which is allowed and costs nothing to apply."""
    body = text.encode()
    length = bytes([0x80 | len(body)]) if len(body) < 126 else bytes([0xFE]) + struct.pack("!H", len(body))
    return b"\x81" + length + b"\x00\x00\x00\x00" + body


def handshake(port: int, path: str, cookie: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        f"Origin: http://127.0.0.1:{port}",
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def connect(port: int, path: str, count: int, cookies: list[str], hello: bytes) -> list[socket.socket]:
    """Open websockets, not blocking any more; those that wait for the others are read and answer pings."""
    sockets: list[socket.socket] = []
    by_fd: dict[int, socket.socket] = {}
    poll = select.epoll()
    while len(sockets) < count:
        batch = []
        for _number in range(min(AT_ONCE, count - len(sockets))):
            one = socket.create_connection(("127.0.0.1", port), timeout=60)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            cookie = cookies[len(sockets) + len(batch)] if cookies else ""
            one.sendall(handshake(port, path, cookie))
            batch.append(one)
        for one in batch:
            answer = b""
            while b"\r\n\r\n" not in answer:
                piece = one.recv(4096)
                if not piece:
                    raise SystemExit(f"closed during the handshake: {answer[:200]!r}")
                answer += piece
            if b" 101 " not in answer.split(b"\r\n", 1)[0]:
                raise SystemExit(f"no websocket: {answer[:200]!r}")
            if hello:
                one.sendall(hello)
            one.setblocking(False)
            by_fd[one.fileno()] = one
            poll.register(one, select.EPOLLIN)
        sockets += batch
        if len(sockets) < count:
            settle(poll, by_fd, 0.001)
    poll.close()
    return sockets


def read(one: socket.socket) -> bytes:
    """What has come, pings answered and left out."""
    data = one.recv(1 << 18)
    if not data:
        raise SystemExit("a socket was closed")
    return without_pings(one, data) if b"\x89" in data else data


def without_pings(one: socket.socket, data: bytes) -> bytes:
    at, rest = 0, b""
    while at + 2 <= len(data) and data[at] in (0x81, 0x89):
        size, start = data[at + 1], at + 2
        if size >= 126:
            start += 2 if size == 126 else 8
            size = int.from_bytes(data[at + 2 : start])
        if data[at] == 0x89:
            one.send(b"\x8a" + bytes([0x80 | size]) + b"\x00\x00\x00\x00" + data[start : start + size])
        else:
            rest += data[at : start + size]
        at = start + size
    return rest + data[at:]


def settle(poll: select.epoll, by_fd: dict[int, socket.socket], seconds: float) -> None:
    """Read and forget snapshots and first heartbeats."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        for fd, _event in poll.poll(left):
            read(by_fd[fd])


def listen(by_fd: dict[int, socket.socket], poll: select.epoll) -> None:
    count = len(by_fd)
    delays: dict[int, dict[int, float]] = {}
    tails: dict[int, bytes] = {}
    while True:
        for fd, _event in poll.poll():
            data = read(by_fd[fd])
            arrived = time.monotonic_ns()
            if fd in tails:
                data = tails.pop(fd) + data
            # A stamp counts once the frame's end, a closing brace, has been read.
            if data and not data.endswith((b"}", b"]")):
                tails[fd] = data
                continue
            for stamp in STAMP.findall(data):
                sent = int(stamp)
                delays.setdefault(sent, {})[fd] = (arrived - sent) / 1e6
        for sent in [sent for sent, heard in delays.items() if len(heard) == count]:
            figures = sorted(delays.pop(sent).values())
            line = {"p50": figures[count // 2], "p99": figures[min(count - 1, int(count * 0.99))], "max": figures[-1]}
            print(json.dumps(line), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("count", type=int)
    parser.add_argument("--hello", default="")
    parser.add_argument("--cookies", type=pathlib.Path, help="a file with one Cookie header a socket")
    options = parser.parse_args()
    hello = frame_up(options.hello) if options.hello else b""
    cookies = options.cookies.read_text().splitlines() if options.cookies else []
    sockets = connect(options.port, options.path, options.count, cookies, hello)
    by_fd = {one.fileno(): one for one in sockets}
    poll = select.epoll()
    for fd in by_fd:
        poll.register(fd, select.EPOLLIN)
    settle(poll, by_fd, SETTLE_SECONDS)
    print("ready", flush=True)
    try:
        listen(by_fd, poll)
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
