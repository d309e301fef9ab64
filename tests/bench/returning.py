"""Everybody comes back after the server was killed.

    python -m tests.bench.returning [--phones 1000] [--rounds 1] [--quick]

kill -9, then the server is started anew on the same port. `at_once`: every phone calls in the instant the port opens,
which is the worst there can be. `by_the_rule`: each calls as PROTOCOL.md tells it to, from the moment it lost the line.
Seconds count from the opening of the port; all resume with what they hold. By the rule, most of the time is what a
phone waits before it calls; `p95_of_a_call` is what the server takes to answer one.
"""

import heapq
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from tests.bench import report
from tests.bench.installation import installation
from tests.bench.phones import Phone, Phones
from tests.bench.running import ROOT
from tests.servers.daphne import Process

LONGEST_SECONDS, FIRST_SECONDS = 8.0, 0.25
PATIENCE_SECONDS = 60


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    if options.quick:
        options.phones, options.rounds = 50, 1
    found: dict[str, list[dict[str, float]]] = {"at_once": [], "by_the_rule": []}
    with installation() as running:
        running.seed(options.phones)
        phones = Phones(running.port, reduces=True)
        crowd = running.crowd()
        phones.arrive(crowd)
        for _round in range(options.rounds):
            for way, come_back in (("at_once", at_once), ("by_the_rule", by_the_rule)):
                phones.rest(1)
                found[way].append(after_a_kill(running.server.processes[0], phones, crowd, come_back))
        phones.leave()
    rows: list[report.Row] = []
    for way, runs in found.items():
        middle = {name: round(statistics.median(run[name] for run in runs), 2) for name in runs[0]}
        rows.append({"phones": options.phones, "way": way, **middle, "worst_seconds": worst(runs)})
    report.write("returning", rows)


def worst(runs: list[dict[str, float]]) -> float:
    return round(max(run["all_live_seconds"] for run in runs), 2)


ComeBack = Callable[[Phones, list[Phone], Callable[[], None]], None]


def after_a_kill(process: Process, phones: Phones, crowd: list[Phone], come_back: ComeBack) -> dict[str, float]:
    refused = phones.refused.total()
    process.kill()
    killed = time.perf_counter()
    command = [sys.executable, "-m", "apps.live.server", "--port", str(process.port)]
    with process.log.open("a") as log:
        process.process = subprocess.Popen(command, cwd=ROOT, env=process.environment, stdout=log, stderr=log)
    opened: list[float] = []

    def look() -> None:
        if not opened and is_open(process.port):
            opened.append(time.perf_counter())

    come_back(phones, crowd, look)
    took = time.perf_counter() - opened[0]
    assert all(phone.state == "live" for phone in crowd)
    seconds = sorted(phones.came)
    return {
        "refusals": phones.refused.total() - refused,
        "port_open_after_seconds": opened[0] - killed,
        "all_live_seconds": took,
        "p95_of_a_call_seconds": seconds[int(len(seconds) * 0.95)],
    }


def is_open(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def at_once(phones: Phones, crowd: list[Phone], look: Callable[[], None]) -> None:
    while any(phone.state == "live" for phone in crowd):
        phones.turn(0.05)
    while not is_open(phones.port):
        time.sleep(0.005)
    look()
    phones.arrive(crowd, at_once=len(crowd))


def by_the_rule(phones: Phones, crowd: list[Phone], look: Callable[[], None]) -> None:
    """Calls again after `random(0, min(8 s, 0.25 s * 2 ** n))` for the n-th time in a row."""
    tries = dict.fromkeys(crowd, 0)
    due: list[tuple[float, int, Phone]] = []
    phones.came, phones.lost = [], []
    end = time.monotonic() + PATIENCE_SECONDS
    while len(phones.came) < len(crowd):
        phones.turn(0.01)
        look()
        lost, phones.lost = phones.lost, []
        for phone in lost:
            pause = random.uniform(0, min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** tries[phone]))
            heapq.heappush(due, (time.monotonic() + pause, id(phone), phone))
            tries[phone] += 1
        while due and due[0][0] <= time.monotonic():
            phones.call(heapq.heappop(due)[2])
        if time.monotonic() > end:
            raise SystemExit(f"{len(crowd) - len(phones.came)} phones are not back")


if __name__ == "__main__":
    main()
