"""A thousand people with the invitation, behind one address.

    python -m tests.bench.joining [--phones 1000] [--over 0,20] [--quick]

Each opens the page, joins by name, and opens the socket; times are from the first connection to the first heartbeat. In
the first storm all come in the same instant, which no hall does. In the others they come spread over so many seconds,
and load the files that the page's head names as well.
"""

import asyncio
import json
import random
import re
import secrets
import time
from collections import Counter

from tests.bench import report
from tests.bench.asking import answer
from tests.bench.fanout.crowd import frame_up, handshake
from tests.bench.installation import Installation, installation
from tests.bench.phones import spread
from tests.bench.running import cpu_ns

FILE = re.compile(rb'<(?:link|script)[^>]* (?:href|src)="(/static/[^"]+)"')
HEADERS = "Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nAccept-Encoding: br\r\n"


class Refused(Exception):
    """The server said no, or something is not as it should be."""


class Newcomer:
    def __init__(self, running: Installation, number: int, takes_files: bool) -> None:
        self.port, self.code, self.number, self.takes_files = running.port, running.code, number, takes_files
        self.headers = HEADERS.format(port=self.port)

    async def come(self) -> float:
        """Seconds until live; raises Refused."""
        begun = time.perf_counter()
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        page = await self.ask("GET", f"/{self.code}/")
        if self.takes_files:
            for path in dict.fromkeys(FILE.findall(page)):
                await self.ask("GET", path.decode())
        await self.ask("POST", f"/api/v1/events/{self.code}/attendees/", {"name": f"Ada {self.number}"})
        self.writer.close()
        await self.listen()
        return time.perf_counter() - begun

    async def ask(self, method: str, path: str, body: object = None) -> bytes:
        text = json.dumps(body).encode() if body else b""
        head = f"{method} {path} HTTP/1.1\r\n{self.headers}"
        if body:
            head += f"Content-Type: application/json\r\nIdempotency-Key: {secrets.token_urlsafe(24)}\r\n"
        self.writer.write(f"{head}Content-Length: {len(text)}\r\n\r\n".encode() + text)
        status, fields, content = await answer(self.reader)
        for name, value in fields:
            if name == "set-cookie" and value.startswith("device="):
                self.cookie = value.partition(";")[0]
                self.headers += f"Cookie: {self.cookie}\r\n"
        if status >= 300:
            raise Refused(f"{method} {path} {status} {content[:120]!r}")
        return content

    async def listen(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(handshake(self.port, f"/live/{self.code}/", self.cookie))
        head = await self.reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head:
            raise Refused(head.split(b"\r\n")[0].decode())
        self.writer.write(frame_up('{"type":"hello","as":"phone","streams":{}}'))
        heard = b""
        while b'"heartbeat"' not in heard:
            piece = await self.reader.read(1 << 16)
            if not piece or b'"refused"' in piece or b'"goodbye"' in piece:
                raise Refused(f"socket {piece[-120:]!r}")
            heard += piece


async def storm(running: Installation, count: int, over: float, takes_files: bool) -> report.Row:
    refused: Counter[str] = Counter()
    seconds: list[float] = []
    newcomers = [Newcomer(running, number, takes_files) for number in range(count)]

    async def come(one: Newcomer) -> None:
        await asyncio.sleep(random.uniform(0, over))
        try:
            seconds.append(await one.come())
        except (Refused, OSError, asyncio.IncompleteReadError) as no:
            refused[str(no)] += 1

    begun, cpu = time.perf_counter(), cpu_ns(running.pid)
    await asyncio.gather(*(come(one) for one in newcomers))
    took, cpu = time.perf_counter() - begun, cpu_ns(running.pid) - cpu
    for why, times in refused.most_common(3):
        print(f"refused {times} times: {why}")
    found = sorted(1000 * one for one in seconds)
    for one in newcomers:
        one.writer.close()
    return {
        "phones": count,
        "over_seconds": over,
        "files": "yes" if takes_files else "no",
        "refusals": refused.total(),
        **spread(found, 0),
        "p95_ms": round(found[int(len(found) * 0.95)]),
        "all_in_seconds": round(took, 1),
        "cpu_ms_a_phone": round(cpu / 1e6 / count, 1),
    }


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--over", default="0,20", help="seconds over which they come, a storm for each")
    options = parser.parse_args()
    if options.quick:
        options.phones, options.over = 30, "0,2"
    storms = [(float(over), place > 0) for place, over in enumerate(options.over.split(","))]
    rows = []
    for over, takes_files in storms:
        with installation() as running:
            asyncio.run(storm(running, 1, 0, takes_files))
            rows.append(asyncio.run(storm(running, options.phones, over, takes_files)))
    report.write("joining", rows)


if __name__ == "__main__":
    main()
