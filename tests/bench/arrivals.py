"""What a phone costs that comes, comes back, or just sits there.

    python -m tests.bench.arrivals [--phones 1000] [--rounds 1] [--quick]

First everybody comes with nothing in hand and gets whole snapshots; `kib_a_phone` is what each then adds to the
server's resident memory. Then all hang up and come back, having missed one change or none. `cpu_ms_a_phone` is of the
server, the websocket's handshake included; 200 phones at a time are on their way in.
"""

import http.client
import statistics
import time
from collections.abc import Callable

from tests.bench import report
from tests.bench.phones import Phone, Phones
from tests.bench.running import Hall, cpu_ns, hall, resident_kib

REQUESTS = 100


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    if options.quick:
        options.phones, options.rounds = 50, 1
    rounds = []
    for _round in range(options.rounds):
        with hall(options.phones + 1) as running:
            rounds.append(come_and_go(running, options.phones))
    rows: list[report.Row] = []
    for rows_of_one in zip(*rounds, strict=True):
        middle = {
            name: round(statistics.median(row[name] for row in rows_of_one), 3)
            for name in rows_of_one[0]
            if name != "what"
        }
        rows.append({"what": rows_of_one[0]["what"], "phones": options.phones, **middle})
    report.write("arrivals", rows)


def come_and_go(running: Hall, count: int) -> list[dict]:
    phones = Phones(running.port, reduces=True)
    crowd = [Phone(running.paths[0], cookie) for cookie in running.cookies[:count]]
    phones.arrive([Phone(running.paths[0], running.cookies[count])])
    phones.rest(0.5)
    before = resident_kib(running.pid)
    rows = [came(running, phones, crowd, "all of it (snapshot)")]
    phones.rest(1)
    rows[0]["kib_a_phone"] = (resident_kib(running.pid) - before) / count
    for what, misses in (("one change missed (resume)", 1), ("nothing missed", 0)):
        for phone in crowd:
            phones.hang_up(phone)
        for _miss in range(misses):
            running.begin("all")
            running.answer()
        phones.rest(2)
        rows.append(came(running, phones, crowd, what))
    assert not phones.refused, phones.refused
    assert not phones.lost
    rows.append(asked_over_http(running))
    return rows


def came(running: Hall, phones: Phones, crowd: list[Phone], what: str) -> dict:
    heard = sum(phone.bytes for phone in crowd)
    begun, cpu = time.perf_counter(), cpu_ns(running.pid)
    seconds = phones.arrive(crowd)
    took = time.perf_counter() - begun
    return {
        "what": what,
        "all_in_seconds": took,
        "p95_ms": 1000 * seconds[int(len(seconds) * 0.95)],
        "cpu_ms_a_phone": (cpu_ns(running.pid) - cpu) / 1e6 / len(crowd),
        "bytes_a_phone": (sum(phone.bytes for phone in crowd) - heard) / len(crowd),
    }


def asked_over_http(running: Hall) -> dict:
    """The same documents by `GET snapshot/`, one request after the other."""
    line = http.client.HTTPConnection("127.0.0.1", running.port)
    path = f"/api/v1/events/{running.paths[0].split('/')[2]}/snapshot/?as=phone"
    ask: Callable[[], bytes] = lambda: (  # noqa: E731
        line.request("GET", path, headers={"Cookie": running.cookies[0]}),
        line.getresponse().read(),
    )[1]
    size = len(ask())
    begun, cpu, times = time.perf_counter(), cpu_ns(running.pid), []
    for _request in range(REQUESTS):
        before = time.perf_counter()
        ask()
        times.append(time.perf_counter() - before)
    took, cpu = time.perf_counter() - begun, cpu_ns(running.pid) - cpu
    return {
        "what": f"{REQUESTS} times over HTTP",
        "all_in_seconds": took,
        "p95_ms": 1000 * sorted(times)[int(REQUESTS * 0.95)],
        "cpu_ms_a_phone": cpu / 1e6 / REQUESTS,
        "bytes_a_phone": size,
    }


if __name__ == "__main__":
    main()
