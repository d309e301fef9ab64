"""`manage.py rehearse` as a process: to its end at somebody's server, and stopped by a signal on the way."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import people
from tests.servers.daphne import PATIENCE_SECONDS, ROOT, Server
from tests.servers.people import Evening

from .test_rehearsal import LONG_SECONDS, begin, codes_of_copies, own, seen_of, wait_for

__all__ = ["own"]
SHORT = "tests/rehearsal/short.toml"
STOPPED = "\nThe rehearsal was stopped before its end: there is no verdict.\n"


@pytest.fixture
def evening(own: Server) -> Iterator[Evening]:
    begun = people.evening(own, SHORT)
    yield begun
    begun.close()


def rehearse(*options: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "rehearse", "--people", "4", *options]
    environment = os.environ | {"TMPDIR": str(folder)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)  # type: ignore[call-overload]


def children_of(process: subprocess.Popen[str]) -> list[int]:
    listed = subprocess.run(["ps", "--ppid", str(process.pid), "-o", "pid="], capture_output=True, text=True)
    return [int(pid) for pid in listed.stdout.split()]


def address_for(evening: Evening) -> str:
    link = evening.server.manage(("sign_in_link", evening.code, "Hana"))[0].strip()
    return evening.server.base + link


def wait_until(process: subprocess.Popen[str], says: str) -> None:
    assert process.stdout
    for line in process.stdout:
        if re.search(says, line):
            return
    raise AssertionError(process.communicate())


def test_at_a_running_server_it_comes_to_its_end_and_leaves_nothing(evening: Evening, tmp_path: Path) -> None:
    before = seen_of(evening)
    process = rehearse("--at", address_for(evening), "--speed", "600", folder=tmp_path)
    wait_until(process, "before the start")
    assert len(codes_of_copies(evening.server)) == 2
    said, complained = process.communicate(timeout=LONG_SECONDS)
    assert (process.returncode, complained) == (0, "")
    assert "0 lost, 0 doubled, 0 leaked, 0 errors, 0 avoidable repeats" in said
    assert codes_of_copies(evening.server) == set()
    assert seen_of(evening) == before


def test_stopped_at_a_running_server_it_says_so_and_leaves_nothing(evening: Evening, tmp_path: Path) -> None:
    process = rehearse("--at", address_for(evening), "--speed", "30", folder=tmp_path)
    wait_until(process, "before the start")
    assert len(codes_of_copies(evening.server)) == 2
    for _twice in range(2):
        # Whoever presses again in impatience does not disturb the tidying.
        process.send_signal(signal.SIGTERM)
    _said, complained = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, complained) == (128 + signal.SIGTERM, STOPPED)
    assert codes_of_copies(evening.server) == set()


@pytest.mark.looks
@pytest.mark.parametrize("is_begun", [False, True], ids=["before its server is there", "in the middle of it"])
def test_stopped_it_takes_its_own_server_along(is_begun: bool, tmp_path: Path) -> None:
    process = rehearse("--programme", SHORT, "--speed", "30", folder=tmp_path)
    if is_begun:
        wait_until(process, "before the start")
    until = time.monotonic() + LONG_SECONDS
    while not (children := children_of(process)):
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _said, complained = process.communicate(timeout=LONG_SECONDS)
    assert (process.returncode, complained) == (128 + signal.SIGINT, STOPPED)
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
    assert list(tmp_path.iterdir()) == []


def test_its_process_alone_may_be_killed(evening: Evening) -> None:
    """Of one that was asked for in the browser: the server that began it goes on, and tidies up."""
    begin(evening, people=4, speed=60)
    wait_for(evening, lambda now: now["counts"].get("here", 0) > 1)
    ident = evening.hana.ask("GET", "rehearsal/").json()["rehearsal"]["id"]
    assert len(codes_of_copies(evening.server)) == 2
    listed = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True).stdout.splitlines()
    (pid,) = [int(line.split()[0]) for line in listed if f"apps.rehearsal {ident} " in line]
    os.kill(pid, signal.SIGKILL)
    wait_for(evening, lambda now: now["state"] == "cut_off")
    until = time.monotonic() + PATIENCE_SECONDS
    while codes_of_copies(evening.server):
        assert time.monotonic() < until
        time.sleep(0.2)
    assert [one.process.poll() for one in evening.server.processes] == [None] * len(evening.server.processes)
    assert evening.hana.ask("DELETE", "rehearsal/").status_code == 204
