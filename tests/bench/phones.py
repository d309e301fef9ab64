"""Many phones in one process: raw websockets in one epoll loop, each keeping the promises of PROTOCOL.md.

They answer pings, acknowledge every 32 frames, and, where asked to, hold documents as a phone's reducer does. All times
are CLOCK_MONOTONIC in nanoseconds.
"""

import contextlib
import heapq
import json
import random
import re
import select
import socket
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from tests.bench.fanout.crowd import frame_up, handshake
from tests.protocol.client import Held, reduce

STAMP = re.compile(rb'"bench_ns":\s*(\d+)')
ACK_FRAMES = 32
ACK_SECONDS = 5
ACK_LOOK_SECONDS = 0.05
TEXT, CLOSE, PING = 1, 8, 9
PATIENCE_SECONDS = 60.0
SLOWEST_A_SECOND = 50
NOW = time.monotonic_ns


class Phone:
    """One screen. `state` is closed, calling, upgrading, greeting or live."""

    __slots__ = (
        "acked",
        "as_",
        "began",
        "bytes",
        "cookie",
        "held",
        "owes",
        "path",
        "received",
        "rest",
        "socket",
        "state",
        "token",
        "window",
    )

    def __init__(self, path: str, cookie: str = "", as_: str = "phone", token: str = "") -> None:
        self.path, self.cookie, self.as_, self.token = path, cookie, as_, token
        self.held: dict[str, Held] = {}
        self.state = "closed"
        self.began = 0
        self.window = 0  # of TCP, in bytes, where it is not the machine's own
        self.bytes = 0  # heard, ever
        self.owes = False  # whether an acknowledgement is due at its own moment
        self.reset()

    def reset(self) -> None:
        self.rest, self.received, self.acked = b"", 0, 0

    def hello(self) -> bytes:
        streams = {alias: held.cursor for alias, held in self.held.items()}
        told = {"type": "hello", "as": self.as_, "streams": streams} | ({"token": self.token} if self.token else {})
        return frame_up(json.dumps(told))

    def frames(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """(opcode, body) of the whole frames that have come; a server's are never masked."""
        data = self.rest + data if self.rest else data
        at, end = 0, len(data)
        while end - at >= 2:
            size, start = data[at + 1], at + 2
            if size >= 126:
                start += 2 if size == 126 else 8
                if end < start:
                    break
                size = int.from_bytes(data[at + 2 : start])
            if end < start + size:
                break
            yield data[at] & 15, data[start : start + size]
            at = start + size
        self.rest = data[at:]


class Phones:
    """All of one process. `refused` counts by code whoever was turned away; `lost` has those whose line broke."""

    def __init__(self, port: int, *, reduces: bool = False) -> None:
        self.port = port
        self.reduces = reduces
        self.poll = select.epoll()
        self.by_fd: dict[int, Phone] = {}
        self.refused: Counter[str] = Counter()
        self.lost: list[Phone] = []
        self.silent: set[Phone] = set()
        self.delays: defaultdict[int, list[float]] = defaultdict(list)  # stamp -> ms, in the order of arrival
        self.marker = b""
        self.marked: dict[Phone, int] = {}
        self.came: list[float] = []
        self.chance = random.Random(1)
        self.acks: list[tuple[float, int, Phone]] = []

    # Coming and going

    def arrive(self, phones: Sequence[Phone], at_once: int = 200) -> list[float]:
        """Bring them in, so many at a time; seconds from each one's call to its first heartbeat, sorted."""
        self.came = []
        waiting = list(reversed(phones))
        under_way: set[Phone] = set()
        end = time.monotonic() + PATIENCE_SECONDS + len(phones) / SLOWEST_A_SECOND
        while waiting or under_way:
            while waiting and len(under_way) < at_once:
                under_way.add(phone := waiting.pop())
                self.call(phone)
            self.turn(0.5)
            under_way = {phone for phone in under_way if phone.state not in ("live", "closed")}
            if time.monotonic() > end:
                raise SystemExit(f"{len(under_way)} phones did not get in: {Counter(one.state for one in under_way)}")
        return sorted(self.came)

    def call(self, phone: Phone) -> None:
        phone.reset()
        phone.socket = socket.socket()
        phone.socket.setblocking(False)
        phone.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if phone.window:
            phone.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, phone.window)
        phone.state, phone.began = "calling", NOW()
        self.by_fd[phone.socket.fileno()] = phone
        self.poll.register(phone.socket, select.EPOLLOUT)
        try:
            phone.socket.connect(("127.0.0.1", self.port))
        except BlockingIOError:
            pass
        except OSError:
            self.lose(phone)

    def lose(self, phone: Phone) -> None:
        if phone.state != "closed":
            self.lost.append(phone)
            self.hang_up(phone)

    def hang_up(self, phone: Phone) -> None:
        del self.by_fd[phone.socket.fileno()]
        phone.socket.close()
        phone.state = "closed"

    def leave(self) -> None:
        for phone in list(self.by_fd.values()):
            self.hang_up(phone)

    def put_down(self, phone: Phone) -> None:
        """Stay connected and read nothing more, as a phone in a lift."""
        self.poll.unregister(phone.socket)
        self.silent.add(phone)

    # Hearing

    def turn(self, seconds: float) -> None:
        """Take what has come, waiting at most so long."""
        for fd, event in self.poll.poll(min(seconds, ACK_LOOK_SECONDS)):
            phone = self.by_fd.get(fd)
            if phone is None:
                continue
            try:
                if phone.state == "calling" and event & select.EPOLLOUT:
                    phone.socket.sendall(handshake(self.port, phone.path, phone.cookie))
                    phone.state = "upgrading"
                    self.poll.modify(fd, select.EPOLLIN)
                else:
                    self.take(phone, phone.socket.recv(1 << 18))
            except BlockingIOError:
                continue
            except OSError:
                self.lose(phone)
        self.acknowledge()

    def take(self, phone: Phone, data: bytes) -> None:
        if not data:
            self.lose(phone)
            return
        if phone.state == "upgrading":
            head, end, rest = (phone.rest + data).partition(b"\r\n\r\n")
            if not end:
                phone.rest = head
                return
            phone.rest = b""
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self.refuse(phone, head.split(b"\r\n", 1)[0].decode())
                return
            phone.socket.sendall(phone.hello())
            phone.state, data = "greeting", rest
        phone.bytes += len(data)
        for opcode, body in phone.frames(data):
            if opcode == TEXT:
                self.hear(phone, body)
            elif opcode == PING:
                phone.socket.send(b"\x8a" + bytes([0x80 | len(body)]) + b"\x00\x00\x00\x00" + body)
            elif opcode == CLOSE:
                self.refuse(phone, str(int.from_bytes(body[:2])))
            if phone.state == "closed":
                return

    def hear(self, phone: Phone, body: bytes) -> None:
        phone.received += 1
        if self.reduces and body.startswith((b'{"type":"changes"', b'{"type":"snapshot"')):
            frame = json.loads(body)
            reduce(phone.held.setdefault(frame["stream"], Held()), frame)
        if b'"bench_ns"' in body and body.startswith(b'{"type":"changes"'):
            arrived = NOW()
            for stamp in STAMP.findall(body):
                self.delays[int(stamp)].append((arrived - int(stamp)) / 1e6)
        if self.marker and self.marker in body:
            self.marked.setdefault(phone, NOW())
        if phone.state == "greeting" and body.startswith(b'{"type":"heartbeat"'):
            phone.state = "live"
            self.came.append((NOW() - phone.began) / 1e9)
        elif body.startswith((b'{"type":"refused"', b'{"type":"goodbye"')):
            self.refuse(phone, json.loads(body)["code"])
        elif phone.received - phone.acked >= ACK_FRAMES:
            self.ack(phone)
        elif not phone.owes and phone.state == "live":
            phone.owes = True
            at = time.monotonic() + ACK_SECONDS * (1 + self.chance.random())
            heapq.heappush(self.acks, (at, id(phone), phone))

    def refuse(self, phone: Phone, code: str) -> None:
        self.refused[code] += 1
        self.hang_up(phone)

    def acknowledge(self) -> None:
        now = time.monotonic()
        while self.acks and self.acks[0][0] < now:
            phone = heapq.heappop(self.acks)[2]
            phone.owes = False
            if phone.state == "live" and phone.received > phone.acked and phone not in self.silent:
                self.ack(phone)

    def ack(self, phone: Phone) -> None:
        phone.acked = phone.received
        with contextlib.suppress(OSError):
            phone.socket.send(frame_up(f'{{"type":"ack","received":{phone.received}}}'))

    # Waiting

    def rest(self, seconds: float) -> None:
        """Read and answer whatever comes."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.turn(left)

    def until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not done():
            self.turn(0.5)
            if time.monotonic() > end:
                raise SystemExit("what was awaited did not come")

    def heard(self, stamps: Sequence[int], each: int) -> list[list[float]]:
        """Wait until each of these instants has been heard by so many; their delays in ms, sorted, by stamp."""
        self.until(lambda: all(len(self.delays[stamp]) >= each for stamp in stamps))
        return [sorted(self.delays.pop(stamp)) for stamp in stamps]

    def mark(self, marker: bytes, send: Callable[[], object], among: int) -> tuple[int, dict[Phone, int]]:
        """Do something, and wait until so many phones have heard a frame with these bytes.

        When it was begun, and when each phone had taken the frame in.
        """
        self.marker, self.marked = marker, {}
        begun = NOW()
        send()
        self.until(lambda: len(self.marked) >= among)
        self.marker = b""
        return begun, self.marked


def spread(figures: Sequence[float], places: int = 1) -> dict[str, float]:
    """p50, p99 and max."""
    found = sorted(figures)
    return {
        "p50_ms": round(found[len(found) // 2], places),
        "p99_ms": round(found[min(len(found) - 1, int(len(found) * 0.99))], places),
        "max_ms": round(found[-1], places),
    }
