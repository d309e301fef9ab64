"""Processes of the benches: started, fed by lines, measured from outside, ended."""

import json
import os
import pathlib
import resource
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ROOT = pathlib.Path(__file__).parents[2]


def raise_file_limit() -> int:
    """As many open files as the machine allows, for us and all we start: one a socket."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def start(command: list[str]) -> subprocess.Popen[bytes]:
    raise_file_limit()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def cpu_ns(pid: int) -> int:
    """Nanoseconds on a CPU of all threads, ended ones included: the clock that `clock_getcpuclockid` names (Linux)."""
    return time.clock_gettime_ns(~pid << 3 | 2)


def resident_kib(pid: int) -> float:
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024


class Hall:
    """A running `tests.bench.hall`: where to connect, and a line in for each thing it is to do."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.told: dict[str, Any] = self.answer()
        self.port: int = self.told["port"]
        self.paths: list[str] = self.told["paths"]
        self.hello: str = self.told["hello"]
        self.cookies = pathlib.Path(self.told["cookies"]).read_text().splitlines()

    @property
    def pid(self) -> int:
        return self.process.pid

    def begin(self, what: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{what}\n".encode())
        self.process.stdin.flush()

    def has_answered(self) -> bool:
        return bool(select.select([self.process.stdout], [], [], 0)[0])

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the hall ended")
        return json.loads(line)


@contextmanager
def hall(attendees: int, *more: str) -> Iterator[Hall]:
    process = start([sys.executable, "-m", "tests.bench.hall", str(attendees), *more])
    try:
        yield Hall(process)
    finally:
        stop(process)
