"""Requests at a steady rate, whatever the server makes of them.

    python -m tests.bench.requests PORT COOKIES RATE SECONDS PATH...

One after the other of the paths, each time with the next line of the file of cookies, on kept connections. Prints
JSON: `rate` is of answers a second while it lasts, delays count from the instant at which a request was due.
"""

import asyncio
import contextlib
import json
import sys
import time
from collections import Counter
from pathlib import Path

from tests.bench.asking import answer
from tests.bench.phones import spread

CONNECTIONS = 32
# What is due at the end and not answered yet may take so long.
LATE_SECONDS = 20


async def main(port: int, cookies: list[str], rate: float, seconds: float, paths: list[str]) -> dict[str, object]:
    due: asyncio.Queue[tuple[float, str, str]] = asyncio.Queue()
    delays: list[float] = []
    statuses: Counter[int] = Counter()

    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            at, path, cookie = await due.get()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
            status, _fields, _content = await answer(reader)
            delays.append(1000 * (time.perf_counter() - at))
            statuses[status] += 1
            due.task_done()

    workers = [asyncio.create_task(work()) for _connection in range(CONNECTIONS)]
    begun = time.perf_counter()
    for number in range(int(rate * seconds)):
        at = begun + number / rate
        await asyncio.sleep(max(0, at - time.perf_counter()))
        due.put_nowait((at, paths[number % len(paths)], cookies[number % len(cookies)]))
    answered, took = len(delays), time.perf_counter() - begun
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(due.join(), LATE_SECONDS)
    for worker in workers:
        if worker.done():
            worker.result()  # raises what ended it
        worker.cancel()
    failed = sum(times for status, times in statuses.items() if status >= 400)
    return {"rate": round(answered / took), "failed": failed, **spread(delays)}


if __name__ == "__main__":
    port, file, rate, seconds, *paths = sys.argv[1:]
    cookies = Path(file).read_text().splitlines()
    print(json.dumps(asyncio.run(main(int(port), cookies, float(rate), float(seconds), paths))))
