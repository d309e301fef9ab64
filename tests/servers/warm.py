"""Servers that start in a blink: each is forked from a process that has loaded everything and served nobody.

`python -m tests.servers.warm FD` is that process. Each message on its socket is an environment, with a bound socket and
a line of the child's own, on which its process id is told at once and its exit status when it has ended.
"""

import contextlib
import importlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import traceback
from pathlib import Path
from typing import IO

from tests.servers.daphne import PATIENCE_SECONDS, ROOT, STARTING_SECONDS, Process, Server

# Everything but the event loop, which must be the child's own.
LOADED = (
    "socialhub.asgi",
    "socialhub.urls",
    "twisted.internet.asyncioreactor",
    "twisted.web.http",
    "autobahn.websocket.protocol",
)
# A server that is sent this dies at its next passing there, as by kill -9.
DIES_AT = {signal.SIGUSR1: "published", signal.SIGUSR2: "committed"}


class Forked:
    """What `subprocess.Popen` offers, of somebody else's child."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        # The first one waits until everything is loaded.
        line.settimeout(STARTING_SECONDS)
        self.pid = int(line.recv(64))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        with contextlib.suppress(TimeoutError, subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            self.line.settimeout(timeout or 0.001)
            try:
                self.returncode = int(self.line.recv(64))
            except TimeoutError:
                raise subprocess.TimeoutExpired("a server", timeout or 0) from None
            self.line.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class WarmProcess(Process):
    def __init__(self, environment: dict[str, str], log: Path, nursery: socket.socket) -> None:
        self.nursery = nursery
        super().__init__(environment, log)

    def launch(self, listening: socket.socket, log: IO[str]) -> Forked:  # type: ignore[override]
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            socket.send_fds(
                self.nursery, [json.dumps(self.environment).encode()], [listening.fileno(), theirs.fileno()]
            )
            return Forked(ours)


class WarmServer(Server):
    def __init__(self, folder: Path, environment: dict[str, str], processes: int) -> None:
        self.nursery: socket.socket | None = None
        super().__init__(folder, environment, processes)

    def new_process(self) -> Process:
        if self.nursery is None:
            self.nursery, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            command = [sys.executable, "-m", "tests.servers.warm", str(theirs.fileno())]
            with theirs, self.log_file.open("a") as log:
                self.parent = subprocess.Popen(
                    command, cwd=ROOT, env=self.environment, pass_fds=[theirs.fileno()], stdout=log, stderr=log
                )
        return WarmProcess(self.environment, self.log_file, self.nursery)

    def stop(self) -> None:
        super().stop()
        if self.nursery:
            self.nursery.close()
            self.parent.wait(PATIENCE_SECONDS)


def wait_for_orders(orders: socket.socket) -> None:
    """Fork until nobody is there to ask for more. A child in between waits for each server and tells how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, descriptors, *_ = socket.recv_fds(orders, 1 << 16, 2)
        if not message:
            return
        if os.fork() == 0:
            orders.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            with socket.socket(fileno=descriptors[1]) as line:
                watch(json.loads(message), descriptors[0], line)
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)


def watch(environment: dict[str, str], listening: int, line: socket.socket) -> None:
    pid = os.fork()
    if pid == 0:
        line.close()
        serve_as(environment, listening)
    os.close(listening)
    line.send(str(pid).encode())
    _pid, status = os.waitpid(pid, 0)
    with contextlib.suppress(OSError):
        line.send(str(os.waitstatus_to_exitcode(status)).encode())


def serve_as(environment: dict[str, str], listening: int) -> None:
    """Becomes a server, with what a process of its own would have read or drawn at its start."""
    from apps.live import failpoints, hints, server

    status = 1
    try:
        os.environ.update(environment)
        importlib.reload(failpoints)
        hints.this_process = secrets.token_hex(4)
        for number, place in DIES_AT.items():
            signal.signal(number, lambda _number, _frame, place=place: failpoints.asked.update({place: "1"}))
        server.main(["--fd", str(listening)])
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    import django

    django.setup()
    for module in LOADED:
        importlib.import_module(module)
    assert "twisted.internet.reactor" not in sys.modules
    wait_for_orders(socket.socket(fileno=int(sys.argv[1])))
