"""One opponent, one size: CPU of the server process and the delays at the sockets."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.fanout.crowd import connect, frame_up
from tests.bench.fanout.opponents import Opponent
from tests.bench.running import cpu_ns, resident_kib, start, stop

WARM_UP = 2


@dataclass(frozen=True)
class Figures:
    """Milliseconds, medians over the broadcasts of one run; `kib` is what one socket adds to the resident memory."""

    cpu: float
    p50: float
    p99: float
    max: float
    kib: float

    def __str__(self) -> str:
        return f"cpu {self.cpu:8.1f} ms  p50 {self.p50:8.1f}  p99 {self.p99:8.1f}  {self.kib:5.1f} KiB a socket"


def measure(opponent: Opponent, count: int, broadcasts: int, ways: Sequence[str]) -> dict[str, Figures]:
    """Figures for each of the ways: `all` get one message, or `each` one of their own."""
    server = start([*opponent.command, *([str(count)] if opponent.takes_count else [])])
    assert server.stdout
    try:
        first = server.stdout.readline()
        told = json.loads(first) if first.startswith(b"{") else {"port": int(first)}
        path, hello = told.get("path", opponent.path), told.get("hello", opponent.hello)
        await_first(told, path, hello)
        before = resident_kib(server.pid)
        command = [sys.executable, "-m", "tests.bench.fanout.crowd", str(told["port"])]
        command += [path, str(count), "--hello", hello]
        command += ["--cookies", told["cookies"]] if "cookies" in told else []
        crowd = start(command)
        try:
            assert crowd.stdout
            if crowd.stdout.readline() != b"ready\n":
                raise SystemExit(f"{opponent.name}: the crowd of {count} did not get in")
            kib = (resident_kib(server.pid) - before) / count
            times = min(broadcasts, opponent.most)
            found = {}
            for way in ways:
                lines = [send(way, server, crowd) for _number in range(WARM_UP + times)][WARM_UP:]
                middle = {
                    name: statistics.median(line[name] for line in lines) for name in ("cpu", "p50", "p99", "max")
                }
                found[way] = Figures(**middle, kib=kib)
            return found
        finally:
            stop(crowd)
    finally:
        stop(server)


def await_first(told: dict[str, Any], path: str, hello: str) -> None:
    """One phone that comes and goes: what the server loads and makes for the first is not what each one costs."""
    cookies = Path(told["cookies"]).read_text().splitlines() if "cookies" in told else []
    [first] = connect(told["port"], path, 1, cookies, frame_up(hello) if hello else b"")
    time.sleep(0.3)
    first.close()
    time.sleep(0.1)


def send(way: str, server: subprocess.Popen[bytes], crowd: subprocess.Popen[bytes]) -> dict[str, float]:
    assert server.stdin
    assert crowd.stdout
    cpu_before = cpu_ns(server.pid)
    server.stdin.write(f"{way}\n".encode())
    server.stdin.flush()
    line: dict[str, float] = json.loads(crowd.stdout.readline())
    time.sleep(0.05)  # what the server still does after the last byte belongs to the broadcast
    line["cpu"] = (cpu_ns(server.pid) - cpu_before) / 1e6
    return line
